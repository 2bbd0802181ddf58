import type { Plan } from "../plan/plan";
import { type IngressPath, type TrafficPath, trafficPathOf } from "../traffic/traffic-path";
import {
  clientsLines,
  destinationLines,
  gatewayLines,
  loadBalancerLines,
  protectionText,
  routeText,
} from "../traffic/traffic-text";
import type { TrafficNamespace } from "../traffic/namespaces";
import { escapeMermaid } from "./mermaid-text";

/** The ways of requests as a Mermaid flowchart: one lane for each load balancer. */
export function trafficText(plan: Pick<Plan, "mesh" | "resources">): string {
  const path = trafficPathOf(plan);
  const lanes = path.ingresses.flatMap((ingress, index) => laneOf(ingress, path, `i${index}`));
  const open = path.ingresses.flatMap(({ clients }, index) =>
    clients.flatMap((one, client) => (one.open ? [`i${index}c${client}`] : [])),
  );
  const lines = [
    "flowchart LR",
    ...(path.ingresses.length === 0 ? [box("none", ["no ingress: no load balancer leads into the mesh"])] : []),
    ...lanes,
    ...withoutRoutes(path),
    ...(open.length === 0 ? [] : ["  classDef open stroke:#d1242f,stroke-width:3px", `  class ${open.join(",")} open`]),
  ];
  return `${lines.join("\n")}\n`;
}

function laneOf(ingress: IngressPath, path: TrafficPath, id: string): readonly string[] {
  const { clients, hosts } = ingress;
  const whom = clients.length === 0 ? [["whom its security groups let in"]] : clients.map(clientsLines);
  const names = hosts.map(({ name, record }) => (record ? `${name} (DNS record)` : name));
  return [
    `  subgraph ${id}["${escapeMermaid(ingress.name)}"]`,
    "    direction LR",
    ...whom.map((lines, index) => `  ${box(`${id}c${index}`, lines)}`),
    `  ${box(`${id}n`, names.length === 0 ? ["every host"] : names)}`,
    `  ${box(`${id}b`, loadBalancerLines(ingress))}`,
    `  ${box(`${id}g`, gatewayLines(ingress))}`,
    ...whom.map((_, index) => `    ${id}c${index} --> ${id}n`),
    `    ${id}n --> ${id}b --> ${id}g`,
    ...routeLines(ingress, path, id),
    "  end",
  ];
}

/** One box for each destination, however many routes lead there. */
function routeLines({ routes }: IngressPath, { namespaceOf }: TrafficPath, id: string): readonly string[] {
  const boxes = new Map<string, string>();
  const lines: string[] = [];
  const boxFor = (label: readonly string[]) => {
    const key = label.join("\n");
    const known = boxes.get(key) ?? `${id}d${boxes.size}`;
    if (!boxes.has(key)) lines.push(`  ${box(known, label)}`);
    boxes.set(key, known);
    return known;
  };
  for (const route of routes) {
    const labels = route.destinations.map((one) => destinationLines(one, namespaceOf(one.namespace)));
    for (const label of labels.length === 0 ? [["answered by the gateway"]] : labels)
      lines.push(`    ${id}g -->|"${escapeMermaid(routeText(route))}"| ${boxFor(label)}`);
  }
  return lines;
}

function withoutRoutes({ withoutRoutes: namespaces }: TrafficPath): readonly string[] {
  if (namespaces.length === 0) return [];
  const groups = groupsOf(namespaces).map(([protection, names]) => [shortList(names), protection]);
  return [
    '  subgraph rest["namespaces without routes"]',
    ...groups.map((lines, index) => `  ${box(`r${index}`, lines)}`),
    "  end",
  ];
}

/** Names of namespaces by how their pods take requests. */
export function groupsOf(namespaces: readonly TrafficNamespace[]): readonly (readonly [string, readonly string[]])[] {
  const groups = new Map<string, readonly string[]>();
  for (const one of namespaces) {
    const protection = protectionText(one, ...(one.waypoint === undefined ? [] : [`waypoint ${one.waypoint}`]));
    groups.set(protection, [...(groups.get(protection) ?? []), one.name]);
  }
  return [...groups];
}

const listed = 6;

/** The names where they are few, else the first and the last of them and their number. */
function shortList(names: readonly string[]): string {
  if (names.length <= listed) return names.join(", ");
  const [first = "", last = ""] = [names.at(0), names.at(-1)];
  return `${names.length} namespaces: ${first} … ${last}`;
}

function box(id: string, lines: readonly string[]): string {
  return `  ${id}["${lines.map(escapeMermaid).join("<br/>")}"]`;
}
