import { Service } from "@pulumi/kubernetes/core/v1/service";
import { Ingress } from "@pulumi/kubernetes/networking/v1/ingress";
import * as pulumi from "@pulumi/pulumi";
import type { NodePortQuestion, NodePorts } from "../plan/facts";
import type { InputValue } from "../plan/input-value";
import type { ResourceRegistry } from "./resource-registry";

interface WithStatus {
  readonly loadBalancer?: { readonly ingress?: readonly { readonly hostname?: string }[] };
}

/** Reads each load balancer's hostname from the status of the object that carries it, by ingress. */
export function hostnamesOf(
  registry: ResourceRegistry,
  carriers: Readonly<Record<string, string>>,
): Readonly<Record<string, InputValue>> {
  return Object.fromEntries(Object.entries(carriers).map(([ingress, name]) => [ingress, hostnameOf(registry, name)]));
}

function hostnameOf(registry: ResourceRegistry, name: string): InputValue {
  const carrier = registry.find(name);
  if (!Service.isInstance(carrier) && !Ingress.isInstance(carrier)) {
    throw new Error(`istio-eks: "${name}" carries no load balancer; this is a mistake in istio-eks`);
  }
  const status: pulumi.Output<WithStatus | undefined> = carrier.status;
  return status.apply((known) => {
    const hostname = known?.loadBalancer?.ingress?.[0]?.hostname;
    return hostname === undefined
      ? (missing(`the load balancer of "${name}" has no hostname`, carrier) as string)
      : hostname;
  });
}

/** Reads the node ports that Kubernetes picked: by ingress whose Service it is, then by the name of the port. */
export function nodePortsOf(
  registry: ResourceRegistry,
  questions: Readonly<Record<string, NodePortQuestion>>,
): Readonly<Record<string, NodePorts>> {
  return Object.fromEntries(
    Object.entries(questions).map(([ingress, question]) => [ingress, answer(registry, question)]),
  );
}

function answer(registry: ResourceRegistry, { service: name, ports }: NodePortQuestion): NodePorts {
  const service = registry.find(name);
  if (!Service.isInstance(service))
    throw new Error(`istio-eks: "${name}" is no Service; this is a mistake in istio-eks`);
  const createdPorts: pulumi.Output<readonly ServicePort[] | undefined> = service.spec.ports;
  return Object.fromEntries(
    ports.map((port) => [
      port,
      createdPorts.apply((all = []) => {
        const found = all.find((one) => one.name === port)?.nodePort;
        return found === undefined ? (missing(`Kubernetes picked no node port for ${port}`, service) as number) : found;
      }),
    ]),
  );
}

interface ServicePort {
  readonly name?: string;
  readonly nodePort?: number;
}

/**
 * In a preview the provider answers with the object as it was written, or as a dry run of the API server leaves it:
 * what the cluster or AWS will fill in is not there yet, and so unknown. Otherwise the value is undefined, as absent
 * outputs are in Pulumi, and a warning names it: a real resource that needs it fails with the provider's message, and the
 * mocks of a unit test, which fill in nothing, go on.
 */
function missing(message: string, resource: pulumi.Resource): unknown {
  if (pulumi.runtime.isDryRun()) return pulumi.unknown;
  void pulumi.log.warn(message, resource);
  return undefined;
}
