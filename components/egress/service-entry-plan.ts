import { hostLabel } from "../inputs/network/hostname";
import { logicalNames } from "../logical-names";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";

/** Hosts outside the mesh that it is to know. */
export interface ServiceEntryRequirement {
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** Name of the waypoint through which they are reached, if there is one. */
  readonly waypoint: string | undefined;
  readonly after: readonly string[];
}

/** The ports on which hosts outside are reached. TLS passes as it is, chosen by the server name that the client sends. */
export const outsidePorts = { http: 80, tls: 443 } as const;

/** Plans a ServiceEntry for each host. */
export function planServiceEntries(requirement: ServiceEntryRequirement): readonly KubernetesObjectPlan[] {
  const { namespace, hosts, waypoint, after } = requirement;
  return hosts.map((host) => ({
    name: logicalNames.serviceEntry(host),
    after,
    apiVersion: "networking.istio.io/v1",
    kind: "ServiceEntry",
    metadata: {
      name: hostLabel("egress", host),
      namespace,
      ...(waypoint === undefined ? {} : { labels: { "istio.io/use-waypoint": waypoint } }),
    },
    body: {
      spec: {
        hosts: [host],
        location: "MESH_EXTERNAL",
        // Nobody can look up a wildcard; the connection then goes on to the address that the client has looked up.
        resolution: host.startsWith("*.") ? "NONE" : "DNS",
        ports: [
          { number: outsidePorts.http, name: "http", protocol: "HTTP" },
          { number: outsidePorts.tls, name: "tls", protocol: "TLS" },
        ],
      },
    },
  }));
}
