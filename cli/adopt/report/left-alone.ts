import { type KubernetesObject, textAt } from "../../check/kubernetes-object";
import { addonNotes } from "../mesh/addon-notes";
import type { Imported } from "../takeover/import-file";
import { gatewayNameLabel, selectorOf } from "../ingresses/entry-points";
import type { KnownInventory, MeshArgsFound } from "../mesh/mesh-args";
import type { Note } from "./note";

/** What of the mesh stays with whoever keeps it: parts that adopt does not take over, and objects that are not imported. */
export function leftAloneNotes(
  known: KnownInventory,
  found: MeshArgsFound,
  imports: readonly Imported[],
): readonly Note[] {
  const imported = imports.map((one) => one.found);
  const rest = (objects: readonly KubernetesObject[]) => objects.filter((object) => !imported.includes(object));
  return [
    ...clusterNotes(known, found),
    ...addonNotes(known, found.planes.main.namespace, imports),
    ...egressNotes(rest(known.services)),
    ...gatewayNotes(rest(known.gateways), found),
    ...Object.entries({ PeerAuthentication: known.peerAuthentications, ...known.configuration })
      .filter(([kind]) => kind !== "NetworkPolicy")
      .flatMap(([kind, objects]) => objectsNote(kind, rest(objects))),
  ];
}

const networkLabel = "topology.istio.io/network";

/** Other clusters of the same mesh. */
function clusterNotes(
  { namespaces, services }: KnownInventory,
  { planes, istiodValues }: MeshArgsFound,
): readonly Note[] {
  const network = namespaces.find(({ metadata }) => metadata.name === planes.main.namespace)?.metadata.labels?.[
    networkLabel
  ];
  const signs = [
    ...["meshID", "network"].map((key) => [`values.global.${key}`, textAt(istiodValues, "global", key)] as const),
    ["values.global.multiCluster.clusterName", textAt(istiodValues, "global", "multiCluster", "clusterName")] as const,
    [`label ${networkLabel}`, network ?? ""] as const,
    ...services
      .filter((service) => selectorOf(service)["istio"] === "eastwestgateway")
      .map(({ metadata }) => ["Service", `${metadata.name} in ${String(metadata.namespace)}`] as const),
  ].filter(([, text]) => text !== "");
  if (signs.length === 0) return [];
  const found = signs.map(([name, text]) => `${name} ${text}`).join("; ");
  return [
    {
      ...{ kind: "left", subject: "Other clusters of the mesh" },
      text: `There are signs of them: ${found}. The values and the label stay; the east-west gateway and the remote Secrets stay with who made them.`,
      suggestion:
        "Keep them until the mesh is adopted in every cluster; then write multiCluster with the same meshId, clusterName and network, as in docs/how-to/multi-cluster.md.",
    },
  ];
}

/** Gateways through which traffic leaves. */
function egressNotes(services: readonly KubernetesObject[]): readonly Note[] {
  return services
    .filter((service) => ["egressgateway", "egress"].includes(String(selectorOf(service)["istio"])))
    .map(({ metadata }): Note => ({
      ...{ kind: "left", subject: `Egress gateway ${metadata.name} in ${String(metadata.namespace)}` },
      text: "It stays with who made it, with the routes that lead there.",
      suggestion: "The mesh's own, egress.gateway, is a second one: write egress.hosts, then remove the first.",
    }));
}

/** Gateways of Istio that serve the pods of an ingress beside the mesh's own. */
function gatewayNotes(gateways: readonly KubernetesObject[], { ingresses }: MeshArgsFound): readonly Note[] {
  return ingresses.flatMap(({ name, entry }) => {
    const labels = selectorOf(entry.service);
    return gateways.flatMap((gateway): readonly Note[] => {
      const selector = selectorOf(gateway);
      const serves = Object.entries(selector).every(([key, value]) => labels[key] === value);
      if (Object.keys(selector).length === 0 || !serves || labels[gatewayNameLabel] !== undefined) return [];
      const subject = `Gateway ${gateway.metadata.name} in ${String(gateway.metadata.namespace)}`;
      return [
        {
          ...{ kind: "left", subject },
          text: `It serves the pods of ${name} and stays as it is, with the VirtualServices that name it. Of one host and port Istio takes the older Gateway.`,
          suggestion: `Let no two of them serve the same host by TLS; later write its hosts in hostnames of ${name}, and its routes in routes.`,
        },
      ];
    });
  });
}

const shown = 10;

function objectsNote(kind: string, objects: readonly KubernetesObject[]): readonly Note[] {
  if (objects.length === 0) return [];
  const names = objects.map(({ metadata }) => [metadata.namespace, metadata.name].join("/"));
  const more = names.length > shown ? ` and ${names.length - shown} more` : "";
  const text = "Not in the stack; Istio reads them as before.";
  return [{ kind: "left", subject: `${kind} ${names.slice(0, shown).join(", ")}${more}`, text }];
}
