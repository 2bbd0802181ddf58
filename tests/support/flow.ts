/** How a request of a client travels, read from what a plan makes: nothing here is drawn that the plan does not say. */
import type { Plan } from "../../cli/plan/plan";

type Inputs = Readonly<Record<string, unknown>>;

/** A step of a request, and the ports and words on the way there. */
interface Hop {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Whether it carries requests; else it only makes them possible. */
  readonly request: boolean;
}

/** One row of the table of security group rules. */
interface Rule {
  readonly who: string;
  readonly port: string;
  readonly whom: string;
}

const service = "service.beta.kubernetes.io/aws-load-balancer-";
const ingress = "alb.ingress.kubernetes.io/";

/** The flow of a plan with one ingress as a Mermaid flowchart. */
export function flowPicture(plan: Plan): string {
  const boxes = boxesOf(plan);
  const ids = new Map(Object.keys(boxes).map((name) => [name, name]));
  const hops = hopsOf(plan).filter(({ from, to }) => ids.has(from) && ids.has(to));
  return `${[
    "flowchart LR",
    ...Object.entries(boxes).map(([name, lines]) => `  ${name}["${lines.map(escaped).join("<br/>")}"]`),
    ...hops.map(({ from, to, label, request }) => `  ${from} ${request ? "-->" : "-.->"}|"${escaped(label)}"| ${to}`),
  ].join("\n")}\n`;
}

/** The rules of security groups that a plan makes, as a table. */
export function ruleTable(plan: Plan): string {
  const rows = rulesOf(plan).map(({ who, port, whom }) => `| ${who} | ${port} | ${whom} |`);
  return `${["| from | TCP | to |", "|---|---|---|", ...new Set(rows)].join("\n")}\n`;
}

function boxesOf(plan: Plan): Readonly<Record<string, readonly string[]>> {
  const alb = find(plan, "Ingress");
  const { annotations } = metadata(alb === undefined ? required(plan, "Service") : alb);
  const scheme = String(annotations[alb === undefined ? `${service}scheme` : `${ingress}scheme`]);
  const sidecar = isSidecar(plan);
  return {
    client: ["client"],
    balancer: [
      alb === undefined ? "Network Load Balancer" : "Application Load Balancer",
      scheme,
      ...tlsAt(annotations),
    ],
    ...(throughNodes(plan) ? { node: ["any node", "node port of the Service"] } : {}),
    gateway: ["gateway pod", ...gatewayListeners(plan)],
    pod: [
      "pod of an application",
      sidecar ? "sidecar, then the application" : "ztunnel in the pod's network, then the application",
    ],
    istiod: ["istiod"],
  };
}

/** Whether the load balancer's targets are the nodes and not the gateway's pods. */
function throughNodes(plan: Plan): boolean {
  const alb = find(plan, "Ingress");
  const { annotations } = metadata(alb === undefined ? required(plan, "Service") : alb);
  return [annotations[`${service}nlb-target-type`], annotations[`${ingress}target-type`]].includes("instance");
}

/** Whether the namespaces' label asks for sidecars. */
function isSidecar(plan: Plan): boolean {
  const { labels } = metadata(required(plan, "NamespacePatch"));
  return labels["istio.io/dataplane-mode"] === undefined;
}

function tlsAt(annotations: Readonly<Record<string, string>>): readonly string[] {
  const ends =
    annotations[`${service}ssl-cert`] !== undefined || annotations[`${ingress}certificate-arn`] !== undefined;
  return ends ? ["the client's TLS ends here"] : [];
}

function gatewayListeners(plan: Plan): readonly string[] {
  const spec = required(plan, "Gateway")["spec"] as {
    readonly servers?: readonly { readonly port: { readonly number: number; readonly protocol: string } }[];
    readonly listeners?: readonly { readonly port: number; readonly protocol: string }[];
  };
  const ports = [
    ...(spec.servers === undefined ? [] : spec.servers.map(({ port }) => `${port.protocol} on ${port.number}`)),
    ...(spec.listeners === undefined ? [] : spec.listeners.map(({ port, protocol }) => `${protocol} on ${port}`)),
  ];
  return [`listens for ${[...new Set(ports)].join(" and ")}`];
}

function hopsOf(plan: Plan): readonly Hop[] {
  const spec = required(plan, "Service")["spec"] as {
    readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort: number }[];
  };
  const inbound = rulesOf(plan).filter(({ whom }) => whom === "load balancer");
  const traffic = spec.ports.filter(({ name }) => name !== "status-port");
  const ports = traffic.map(({ port, targetPort }) => (port === targetPort ? `${port}` : `${port} to ${targetPort}`));
  const viaNode = throughNodes(plan);
  const healthy = `health check: ${healthCheckOf(plan)}`;
  const request = (from: string, to: string, label: string): Hop => ({ from, to, label, request: true });
  const beside = (from: string, to: string, label: string): Hop => ({ from, to, label, request: false });
  const toPod = isSidecar(plan) ? "mTLS on the application's own port" : "mTLS on 15008 (HBONE)";
  return [
    request("client", "balancer", `${inbound.map(({ port }) => port).join(", ")} from ${inbound[0]?.who ?? "nobody"}`),
    ...(viaNode
      ? [
          request("balancer", "node", "the node port"),
          request("node", "gateway", ports.join(", ")),
          beside("balancer", "node", healthy),
        ]
      : [request("balancer", "gateway", ports.join(", ")), beside("balancer", "gateway", healthy)]),
    request("gateway", "pod", toPod),
    beside("gateway", "istiod", "15012: configuration, certificates"),
    beside("pod", "istiod", isSidecar(plan) ? "15012" : "15012, from the node's ztunnel"),
  ];
}

function healthCheckOf(plan: Plan): string {
  const alb = find(plan, "Ingress");
  const { annotations } = metadata(alb === undefined ? required(plan, "Service") : alb);
  const prefix = alb === undefined ? `${service}healthcheck-` : `${ingress}healthcheck-`;
  const [protocol, port, path] = ["protocol", "port", "path"].map((key) => String(annotations[`${prefix}${key}`]));
  const where = port === "status-port" ? "node port of 15021" : port;
  return `${String(protocol).toUpperCase()} ${String(path)} on ${String(where)}`;
}

function rulesOf(plan: Plan): readonly Rule[] {
  const group = plan.resources.find(({ type }) => type.endsWith(":SecurityGroup"));
  const whose = (id: unknown) => (String(id) === `<${String(group?.name)}.id>` ? "load balancer" : "nodes");
  return plan.resources.flatMap(({ type, inputs }) => {
    const direction = /securityGroup(Ingress|Egress)Rule:/.exec(type)?.[1];
    if (direction === undefined) return [];
    const { cidrIpv4, fromPort, referencedSecurityGroupId, securityGroupId } = inputs as Inputs;
    const port = String(fromPort).replace(/^<.*\[([\w-]+)\]\.nodePort>$/, "node port of `$1`");
    const peer = cidrIpv4 === undefined ? whose(referencedSecurityGroupId) : String(cidrIpv4);
    const own = whose(securityGroupId);
    // Each connection has two: out of one group and into the other.
    return [direction === "Ingress" ? { who: peer, port, whom: own } : { who: own, port, whom: peer }];
  });
}

function find(plan: Plan, kind: string): Inputs | undefined {
  return plan.resources.find(({ type }) => type.endsWith(`:${kind}`))?.inputs as Inputs | undefined;
}

function required(plan: Plan, kind: string): Inputs {
  const found = plan.resources.filter(({ type }) => type.startsWith("kubernetes:") && type.endsWith(`:${kind}`));
  const [first] = found.map(({ inputs }) => inputs as Inputs);
  if (first === undefined) throw new Error(`the plan makes no ${kind}, of which the picture tells`);
  return first;
}

interface Metadata {
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

function metadata(inputs: Inputs): Metadata {
  return { annotations: {}, labels: {}, ...(inputs["metadata"] as Partial<Metadata>) };
}

function escaped(text: string): string {
  return text.replaceAll('"', "#quot;");
}
