import pc from "picocolors";
import { describeResource } from "../plan/describe";
import { treeText } from "../formats/tree";
import { loadBalancerText } from "../traffic/load-balancer";
import { gatewayLines } from "../traffic/traffic-text";
import { wrap } from "../wrap";
import { type Link, type LinkedCluster, linksOf } from "./peering-links";
import type { PeeringPlan } from "./peering-plan";

export interface PeeringTextOptions {
  readonly colours: boolean;
  readonly width: number;
  readonly all: boolean;
}

/** The plan for people: how the clusters reach each other, then what is created for each. */
export function peeringText(plan: PeeringPlan, options: PeeringTextOptions): string {
  const { colours, width } = options;
  const paint = pc.createColors(colours);
  const { meshId, clusters, links } = linksOf(plan);
  const rows = clusters.flatMap((cluster) => {
    const last = cluster === clusters.at(-1);
    const lines = clusterLines(cluster, links);
    const bar = last ? "   " : "│  ";
    return [
      `${last ? "└─" : "├─"} ${paint.bold(cluster.name)}: ${titleOf(cluster)}`,
      ...lines.flatMap((line, place) => branch(line, { bar, end: place === lines.length - 1, width })),
    ];
  });
  const shown = plan.peering.map((node) => `  ${node.name}  ${describeResource(node).detail}`);
  return [
    ...wrap(`Mesh "${meshId}" over ${clusters.length} clusters, each with an istiod of its own:`, width),
    ...rows,
    "",
    ...plan.clusters.map((cluster) => treeText(cluster.plan, options)),
    ...(shown.length === 0 ? [] : ["MeshPeering, after all of these meshes:", ...shown, ""]),
  ].join("\n");
}

function branch(
  line: string,
  { bar, end, width }: { readonly bar: string; readonly end: boolean; readonly width: number },
): readonly string[] {
  return wrap(line, width - 6).map((text, index) => {
    const mark = end ? "└─ " : "├─ ";
    return `${bar}${index === 0 ? mark : end ? "   " : "│  "}${text}`;
  });
}

function titleOf({ membership: { clusterName, mode, network } }: LinkedCluster): string {
  return `${clusterName}, mode ${mode}, network ${network}`;
}

function clusterLines(cluster: LinkedCluster, links: readonly Link[]): readonly string[] {
  const own = links.filter(({ reader }) => reader === cluster.name);
  return [
    ...entranceLines(cluster),
    ...own.map(
      ({ peer, byGateway, objects }) =>
        `reads ${peer} by ${objects.join(" and ")}; requests go ${byGateway ? `to its east-west load balancer` : "to its pods directly"}`,
    ),
    ...(own.length === 0 ? ["reads no other cluster: its requests stay here"] : []),
  ];
}

/** Who may come in, and where. */
function entranceLines({ eastWest, direct }: LinkedCluster): readonly string[] {
  const whom = eastWest?.clients.map(({ peer }) => peer).join(", ");
  return [
    ...(eastWest === undefined
      ? []
      : [
          `${loadBalancerText(eastWest.loadBalancer)} lets in ${String(whom)} to ${gatewayLines(eastWest).slice(0, 2).join(", ")}`,
        ]),
    ...(direct.length === 0 ? [] : [`rules of its nodes let in ${direct.join(", ")} to its pods`]),
  ];
}
