import { textForm, type Form } from "../form";
import { domainName } from "./hostname";

/**
 * Full name of a Service, or another host that the mesh knows. Istio finds providers by it, and does not add to it.
 * Source: https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider
 */
export const serviceHost: Form = textForm(
  "the full name of a Service, such as otel-collector.observability.svc.cluster.local",
  (given) => {
    const bare = given.trim().replace(/^[a-z]+:\/\//, "");
    const port = /:(\d+)\/?$/.exec(bare);
    const host = bare.replace(/[:/].*$/, "");
    if (port !== null) return `write "${host}" here, and port: ${String(port[1])}`;
    if (/^[a-z0-9-]+\.[a-z0-9-]+(\.svc)?$/.test(host)) return `write "${host.replace(/\.svc$/, "")}.svc.cluster.local"`;
    if (!host.includes(".")) return `name its namespace too: ${host}.<namespace>.svc.cluster.local`;
    return domainName.check(given);
  },
);
