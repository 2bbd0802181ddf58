import { type Finding, findingIf } from "../finding";
import { type MeshWorkloads, gatewayWorkloads } from "../mesh/mesh-workloads";
import {
  type KubernetesObject,
  annotationsOf,
  containersOf,
  namespaceOf,
  ofKind,
  podLabels,
  titleOf,
} from "../mesh/kubernetes-object";
import type { RenderedMesh } from "../mesh/rendered-mesh";
import { hasLabels } from "../mesh/selector";
import { type Block, at, labelsAt, listAt, textAt } from "../tree";

const check = "port";

/** Finds ports that lead nowhere, from the Service to what the gateway's pods really open. */
export function findWrongPorts(mesh: RenderedMesh, meshWorkloads: MeshWorkloads): readonly Finding[] {
  const gateways = gatewayWorkloads(mesh, meshWorkloads);
  return ofKind(mesh.own, "Service").flatMap((service) => {
    const selector = labelsAt(service.body, "spec", "selector");
    const pods = gateways.filter(
      (workload) => namespaceOf(workload) === namespaceOf(service) && hasLabels(podLabels(workload), selector),
    );
    // Without a probe the proxy is not in the pod yet: a control plane elsewhere will put it there.
    return pods
      .filter((workload) => probeOf(workload) !== undefined)
      .flatMap((workload) => [...wrongTargets(mesh, service, workload), ...wrongHealthCheck(mesh, service, workload)]);
  });
}

/** Ports on which the pods of a gateway answer: those of the containers, of the probe, and of the listeners they serve. */
export function openPorts(mesh: RenderedMesh, workload: KubernetesObject): ReadonlySet<number> {
  const containers = containersOf(workload).flatMap((container) => [
    ...listAt(container, "ports").map((port) => Number(at(port, "containerPort"))),
    Number(at(container, "readinessProbe", "httpGet", "port")),
  ]);
  return new Set([...containers, ...serverPorts(mesh, workload)].filter((port) => !Number.isNaN(port)));
}

function serverPorts({ own }: RenderedMesh, workload: KubernetesObject): readonly number[] {
  const labels = podLabels(workload);
  const classic = ofKind(own, "Gateway", "networking.istio.io").filter(({ body }) =>
    hasLabels(labels, labelsAt(body, "spec", "selector")),
  );
  const standard = ofKind(own, "Gateway", "gateway.networking.k8s.io").filter(
    (gateway) =>
      namespaceOf(gateway) === namespaceOf(workload) &&
      textAt(gateway.body, "metadata", "name") === labels["gateway.networking.k8s.io/gateway-name"],
  );
  return [
    ...classic.flatMap(({ body }) => listAt(body, "spec", "servers").map((one) => Number(at(one, "port", "number")))),
    ...standard.flatMap(({ body }) => listAt(body, "spec", "listeners").map((one) => Number(at(one, "port")))),
  ];
}

function wrongTargets(mesh: RenderedMesh, service: KubernetesObject, workload: KubernetesObject) {
  const open = openPorts(mesh, workload);
  return (listAt(service.body, "spec", "ports") as readonly Block[]).flatMap((port) => {
    const target = Number(at(port, "targetPort") ?? at(port, "port"));
    return findingIf(!open.has(target) && !isAnnounced(mesh, service, target), check, {
      where: `${titleOf(service)}, port ${textAt(port, "port")}`,
      message: `leads to port ${target}, and the pods open ${[...open].sort((a, b) => a - b).join(", ")}`,
    });
  });
}

/** An NLB passes 443 through for a Gateway that the user may bring; the plan says so. */
function isAnnounced({ plan }: RenderedMesh, service: KubernetesObject, target: number): boolean {
  const name = textAt(service.body, "metadata", "name");
  const path = name === "istio-ingress" ? "ingress" : `additionalIngresses.${name}`;
  return plan.warnings.some((warning) => warning.startsWith(`${path}: port ${target} is passed through`));
}

const nlbCheck = "service.beta.kubernetes.io/aws-load-balancer-healthcheck";
const albCheck = "alb.ingress.kubernetes.io/healthcheck";

/** The load balancer must ask the very port and path by which Kubernetes knows that a pod is ready. */
function wrongHealthCheck(mesh: RenderedMesh, service: KubernetesObject, workload: KubernetesObject) {
  const probe = probeOf(workload);
  return askers(mesh, service).flatMap(({ object, prefix }) => {
    const annotations = annotationsOf(object);
    const port = targetOf(service, annotations[`${prefix}-port`] ?? "");
    const path = annotations[`${prefix}-path`];
    const byTcp = annotations[`${prefix}-protocol`] === "tcp";
    return [
      ...findingIf(port !== Number(at(probe, "port")), check, {
        where: `${titleOf(object)}, health check`,
        message: `asks port ${String(port)}; the pods say that they are ready on ${textAt(probe, "port")}`,
      }),
      ...findingIf(!byTcp && path !== textAt(probe, "path"), check, {
        where: `${titleOf(object)}, health check`,
        message: `asks ${String(path)}; the pods answer on ${textAt(probe, "path")}`,
      }),
    ];
  });
}

function probeOf(workload: KubernetesObject): unknown {
  return containersOf(workload)
    .map((container) => at(container, "readinessProbe", "httpGet"))
    .find((found) => found !== undefined);
}

/** The objects whose annotations tell a load balancer how to check the pods behind a Service. */
function askers({ own }: RenderedMesh, service: KubernetesObject) {
  const name = textAt(service.body, "metadata", "name");
  const ingresses = ofKind(own, "Ingress").filter(
    (ingress) => namespaceOf(ingress) === namespaceOf(service) && backendsOf(ingress).includes(name),
  );
  const carriesNlb = textAt(service.body, "spec", "type") === "LoadBalancer";
  return [
    ...(carriesNlb ? [{ object: service, prefix: nlbCheck }] : []),
    ...ingresses.map((object) => ({ object, prefix: albCheck })),
  ];
}

/** Names of the Services that an Ingress leads to. */
export function backendsOf({ body }: KubernetesObject): readonly string[] {
  const paths = listAt(body, "spec", "rules").flatMap((rule) => listAt(rule, "http", "paths"));
  const backends = [at(body, "spec", "defaultBackend"), ...paths.map((path) => at(path, "backend"))];
  return backends.map((backend) => textAt(backend, "service", "name")).filter((name) => name !== "");
}

/** A port's number, or the target of the Service's port of that name. */
function targetOf(service: KubernetesObject, port: string): number | undefined {
  if (/^\d+$/.test(port)) return Number(port);
  const named = listAt(service.body, "spec", "ports").find((one) => textAt(one, "name") === port);
  return named === undefined ? undefined : Number(at(named, "targetPort") ?? at(named, "port"));
}
