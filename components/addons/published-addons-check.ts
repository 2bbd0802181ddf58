import { problemIf } from "../inputs/problem";
import type { IngressSettings, RouteSettings } from "../plan/ingress-settings";
import type { Problem } from "../plan/problem";
import type { MeshSettings } from "../plan/settings";
import { Scheme } from "../plan/enums";
import { ingressPath } from "../ingress/resolve-ingresses-args";

/**
 * Add-ons show everything about a mesh, and half of them authenticate nobody. Routes may lead to them
 * by a name of their own; in public only encrypted, and only for addresses that were named. Ingresses that share a
 * gateway share its routes.
 */
export function checkPublishedAddons(settings: MeshSettings): readonly Problem[] {
  const { ingresses, gateways } = settings;
  return [
    ...ingresses.flatMap((ingress) => checkHosts(settings, ingress)),
    ...gateways.flatMap(({ name }) => {
      const served = ingresses.filter(({ gateway }) => gateway === name);
      const names = served.flatMap((one) => publishedBy(settings, one)).flatMap(({ addons }) => addons);
      return names.length === 0 ? [] : served.flatMap((one) => checkIngress(one, [...new Set(names)].join(", ")));
    }),
  ];
}

/** Where people reach an add-on; undefined if no route leads there. */
export function publishedUrl(settings: MeshSettings, addon: string): string | undefined {
  for (const ingress of settings.ingresses) {
    const found = publishedBy(settings, ingress).find(({ addons }) => addons.includes(addon));
    if (found !== undefined) return `${isEncrypted(ingress) ? "https" : "http"}://${found.host}`;
  }
  return undefined;
}

interface Published {
  readonly host: string;
  readonly addons: readonly string[];
}

/** The routes of an ingress that lead to add-ons. */
function publishedBy(settings: MeshSettings, { routes }: IngressSettings): readonly Published[] {
  return routes
    .map((route) => ({ host: route.host, addons: addonsBehind(settings, route) }))
    .filter(({ addons }) => addons.length > 0);
}

function addonsBehind({ addons, controlPlane }: MeshSettings, { destinations }: RouteSettings): readonly string[] {
  const services = Object.entries(addons).flatMap(([name, addon]) => (addon === undefined ? [] : [name]));
  return destinations
    .filter(({ service, namespace }) => namespace === controlPlane.namespace && services.includes(service))
    .map(({ service }) => service);
}

function checkHosts(settings: MeshSettings, ingress: IngressSettings): readonly Problem[] {
  return publishedBy(settings, ingress).flatMap(({ host, addons }) =>
    problemIf(host.startsWith("*"), `${ingressPath(ingress.name)}.routes`, {
      given: host,
      allowed: `a host of its own for ${addons.join(", ")}: on every host it would lie open beside everything else`,
      suggestion: "write a host such as grafana.example.com, and add it to hostnames",
    }),
  );
}

const everybody = ["0.0.0.0/0", "::/0"];

function checkIngress(ingress: IngressSettings, visible: string): readonly Problem[] {
  const cidrs = ingress.clients.flatMap((client) => ("cidr" in client ? [client.cidr] : []));
  if (ingress.scheme !== Scheme.InternetFacing) return [];
  const path = ingressPath(ingress.name);
  return [
    ...problemIf(!isEncrypted(ingress), `${path}.tls`, {
      given: undefined,
      allowed: `TLS, where ${visible} is published on the internet`,
      suggestion: "add tls, or publish it with scheme: internal",
    }),
    ...problemIf(isEncrypted(ingress) && !ingress.tls.redirectHttp, `${path}.tls.redirectHttp`, {
      given: false,
      allowed: `nothing but TLS, where ${visible} is published on the internet`,
      suggestion: "remove it, or publish it with scheme: internal",
    }),
    ...problemIf(
      cidrs.some((cidr) => everybody.includes(cidr)),
      `${path}.allowedCidrs`,
      {
        given: cidrs,
        allowed: `the addresses of those who may see ${visible}`,
        suggestion: "name them, or publish it with scheme: internal",
      },
    ),
  ];
}

function isEncrypted({ tls }: IngressSettings): boolean {
  return tls.certificate !== undefined || tls.secretName !== undefined;
}
