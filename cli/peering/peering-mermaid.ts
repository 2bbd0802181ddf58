import { invariant } from "../../components/inputs/invariant";
import { escapeMermaid } from "../formats/mermaid-text";
import { gatewayLines, loadBalancerLines } from "../traffic/traffic-text";
import { type LinkedCluster, linksOf, type PeeringLinks } from "./peering-links";
import type { PeeringPlan } from "./peering-plan";

/** The clusters as a Mermaid flowchart: a lane for each, requests as lines and what istiod reads as dotted ones. */
export function peeringMermaid(plan: PeeringPlan): string {
  const found = linksOf(plan);
  const ids = new Map(found.clusters.map(({ name }, index) => [name, `c${index}`]));
  const idOf = (name: string) => invariant(ids.get(name), `the lane of ${name}`);
  const lines = [
    "flowchart LR",
    ...found.clusters.flatMap((cluster) => laneOf(cluster, idOf(cluster.name))),
    ...found.links.flatMap((link) => {
      const [reader, peer] = [idOf(link.reader), idOf(link.peer)];
      return [
        requestLine(found, { reader, peer, link }),
        `  ${reader}i -. "${escapeMermaid(`reads by ${link.objects.join(", ")}`)}" .-> ${peer}a`,
      ];
    }),
  ];
  return `${lines.join("\n")}\n`;
}

function laneOf({ name, membership, eastWest }: LinkedCluster, id: string): readonly string[] {
  const { clusterName, mode, network } = membership;
  const title = [`${name}: ${clusterName}`, `mode ${mode}, network ${network}`];
  return [
    `  subgraph ${id}["${label(title)}"]`,
    `    ${id}a["API server"]`,
    `    ${id}i["istiod"]`,
    `    ${id}p["pods"]`,
    ...(eastWest === undefined
      ? []
      : [
          `    ${id}b["${label(loadBalancerLines(eastWest))}"]`,
          `    ${id}g["${label(gatewayLines(eastWest).slice(0, 2))}"]`,
          `    ${id}b --> ${id}g --> ${id}p`,
        ]),
    "  end",
  ];
}

interface DrawnLink {
  readonly reader: string;
  readonly peer: string;
  readonly link: PeeringLinks["links"][number];
}

/** By which way requests go, and who of that side is let in. */
function requestLine({ clusters }: PeeringLinks, { reader, peer, link }: DrawnLink): string {
  const to = clusters.find(({ name }) => name === link.peer);
  const gateway = link.byGateway ? to?.eastWest : undefined;
  const whom = gateway === undefined ? to?.direct : gateway.clients.map((one) => one.peer);
  const text = whom === undefined || whom.length === 0 ? "directly" : `from ${whom.join(", ")}`;
  return `  ${reader}p -- "${escapeMermaid(text)}" --> ${peer}${gateway === undefined ? "p" : "b"}`;
}

function label(lines: readonly string[]): string {
  return lines.map(escapeMermaid).join("<br/>");
}
