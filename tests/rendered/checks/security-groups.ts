import { type Finding, findingIf } from "../finding";
import { type KubernetesObject, annotationsOf, namespaceOf, ofKind, titleOf } from "../mesh/kubernetes-object";
import type { RenderedMesh } from "../mesh/rendered-mesh";
import { at, listAt, textAt } from "../tree";
import { backendsOf } from "./ports";

const check = "security group";

const nlb = "service.beta.kubernetes.io/aws-load-balancer-";
const alb = "alb.ingress.kubernetes.io/";

/** One rule of a security group as the plan has it. */
interface Rule {
  readonly group: string;
  readonly outwards: boolean;
  readonly port: string;
  /** The group at the other end; empty: an address range. */
  readonly peer: string;
}

/** Finds ways between clients, load balancers and pods that are closed, or open for nothing. */
export function findWrongRules(mesh: RenderedMesh): readonly Finding[] {
  const rules = rulesOf(mesh);
  return [...ofKind(mesh.own, "Service"), ...ofKind(mesh.own, "Ingress")].flatMap((carrier) => {
    const group = annotationsOf(carrier)[groupKey(carrier)];
    if (group === undefined) return [];
    return [...wrongClients(carrier, group, rules), ...wrongTargets(mesh, carrier, { group, rules })];
  });
}

function groupKey(carrier: KubernetesObject): string {
  return isIngress(carrier) ? `${alb}security-groups` : `${nlb}security-groups`;
}

function isIngress({ body }: KubernetesObject): boolean {
  return textAt(body, "kind") === "Ingress";
}

function rulesOf({ plan }: RenderedMesh): readonly Rule[] {
  return plan.resources.flatMap(({ type, inputs }) => {
    const direction = /^aws:vpc\/securityGroup(Ingress|Egress)Rule:/.exec(type)?.[1];
    if (direction === undefined) return [];
    return [
      {
        group: textAt(inputs, "securityGroupId"),
        outwards: direction === "Egress",
        port: portRange(textAt(inputs, "fromPort"), textAt(inputs, "toPort")),
        peer: textAt(inputs, "referencedSecurityGroupId"),
      },
    ];
  });
}

function portRange(from: string, to: string): string {
  return from === to ? from : `${from}-${to}`;
}

/** Clients come in on the listeners and nowhere else. */
function wrongClients(carrier: KubernetesObject, group: string, rules: readonly Rule[]): readonly Finding[] {
  const open = rules.filter((rule) => rule.group === group && !rule.outwards && rule.peer === "");
  return compare(titleOf(carrier), "clients come in on", {
    found: open.map(({ port }) => port),
    wanted: listeners(carrier),
  });
}

function listeners(carrier: KubernetesObject): readonly string[] {
  if (isIngress(carrier)) {
    const ports = JSON.parse(annotationsOf(carrier)[`${alb}listen-ports`] ?? "[]") as Record<string, number>[];
    return ports.flatMap((port) => Object.values(port).map(String));
  }
  // Instance targets need the status port's node port, and every port of the Service is a listener: clients stay out.
  return listAt(carrier.body, "spec", "ports")
    .filter((port) => textAt(port, "name") !== "status-port")
    .map((port) => textAt(port, "port"));
}

interface Way {
  readonly group: string;
  readonly rules: readonly Rule[];
}

/** From the load balancer's group into each group of nodes, and out of it: the targets' ports and no others. */
function wrongTargets(mesh: RenderedMesh, carrier: KubernetesObject, { group, rules }: Way): readonly Finding[] {
  const wanted = targets(mesh, carrier);
  const nodes = [...new Set(rules.filter((rule) => rule.group === group && rule.outwards).map(({ peer }) => peer))];
  return [
    ...findingIf(nodes.length === 0, check, { where: titleOf(carrier), message: "nothing lets it out to the pods" }),
    ...nodes.flatMap((node) => {
      const ports = (one: string, other: string, outwards: boolean) =>
        rules
          .filter((rule) => rule.group === one && rule.peer === other && rule.outwards === outwards)
          .map(({ port }) => port);
      return [
        ...compare(titleOf(carrier), `leaves to ${node} on`, { found: ports(group, node, true), wanted }),
        ...compare(titleOf(carrier), `enters ${node} on`, { found: ports(node, group, false), wanted }),
      ];
    }),
  ];
}

function targets({ own }: RenderedMesh, carrier: KubernetesObject): readonly string[] {
  if (!isIngress(carrier)) {
    const byNode = annotationsOf(carrier)[`${nlb}nlb-target-type`] === "instance";
    const health = annotationsOf(carrier)[`${nlb}healthcheck-port`] ?? "";
    return byNode ? nodePorts(carrier) : [...new Set([...targetPorts(carrier), health])];
  }
  const services = ofKind(own, "Service").filter(
    (service) => namespaceOf(service) === namespaceOf(carrier) && backendsOf(carrier).includes(nameOf(service)),
  );
  const asked = [...backendPorts(carrier), annotationsOf(carrier)[`${alb}healthcheck-port`] ?? ""];
  return services.flatMap((service) => nodePorts(service, asked));
}

function nameOf({ body }: KubernetesObject): string {
  return textAt(body, "metadata", "name");
}

function backendPorts({ body }: KubernetesObject): readonly string[] {
  const paths = listAt(body, "spec", "rules").flatMap((rule) => listAt(rule, "http", "paths"));
  return [at(body, "spec", "defaultBackend"), ...paths.map((path) => at(path, "backend"))].map((backend) =>
    textAt(backend, "service", "port", "name"),
  );
}

function targetPorts({ body }: KubernetesObject): readonly string[] {
  return listAt(body, "spec", "ports").map((port) => textAt(port, "targetPort"));
}

/** Kubernetes picks node ports when it makes the Service; until then a plan names where each will be. */
function nodePorts({ origin, body }: KubernetesObject, named?: readonly string[]): readonly string[] {
  return listAt(body, "spec", "ports")
    .map((port) => textAt(port, "name"))
    .filter((name) => named === undefined || named.includes(name))
    .map((name) => `<${origin}.spec.ports[${name}].nodePort>`);
}

function compare(
  where: string,
  what: string,
  ports: { readonly found: readonly string[]; readonly wanted: readonly string[] },
) {
  const [found, wanted] = [sorted(ports.found), sorted(ports.wanted)];
  return findingIf(found !== wanted, check, { where, message: `${what} ${found || "nothing"}; it needs ${wanted}` });
}

function sorted(ports: readonly string[]): string {
  return [...new Set(ports)].sort().join(", ");
}
