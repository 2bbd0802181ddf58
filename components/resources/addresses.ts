import { Service } from "@pulumi/kubernetes/core/v1/service";
import { Ingress } from "@pulumi/kubernetes/networking/v1/ingress";
import * as pulumi from "@pulumi/pulumi";
import type { NodePortQuestion, NodePorts } from "../plan/facts";
import type { Leaf } from "../plan/leaf";
import type { Made } from "./made";

interface WithStatus {
  readonly loadBalancer?: { readonly ingress?: readonly { readonly hostname?: string }[] };
}

/** Reads each load balancer's hostname from the status of the object that carries it, by ingress. */
export function hostnamesOf(made: Made, carriers: Readonly<Record<string, string>>): Readonly<Record<string, Leaf>> {
  return Object.fromEntries(Object.entries(carriers).map(([ingress, name]) => [ingress, hostnameOf(made, name)]));
}

function hostnameOf(made: Made, name: string): Leaf {
  const carrier = made.find(name);
  if (!Service.isInstance(carrier) && !Ingress.isInstance(carrier)) {
    throw new Error(`istio-eks: "${name}" carries no load balancer; this is a mistake in istio-eks`);
  }
  const status: pulumi.Output<WithStatus> = carrier.status;
  return status.apply((known) => firstHostname(known, name));
}

function firstHostname({ loadBalancer }: WithStatus, name: string): string {
  const hostname = loadBalancer?.ingress?.[0]?.hostname;
  return hostname === undefined ? missing(`the load balancer of "${name}" has no hostname`) : hostname;
}

/** Reads the node ports that Kubernetes picked: by ingress whose Service it is, then by the name of the port. */
export function nodePortsOf(
  made: Made,
  questions: Readonly<Record<string, NodePortQuestion>>,
): Readonly<Record<string, NodePorts>> {
  return Object.fromEntries(Object.entries(questions).map(([ingress, question]) => [ingress, answer(made, question)]));
}

function answer(made: Made, { service: name, ports }: NodePortQuestion): NodePorts {
  const service = made.find(name);
  if (!Service.isInstance(service))
    throw new Error(`istio-eks: "${name}" is no Service; this is a mistake in istio-eks`);
  return Object.fromEntries(ports.map((port) => [port, service.spec.ports.apply((all) => nodePort(all, port))]));
}

function nodePort(ports: readonly { readonly name?: string; readonly nodePort?: number }[], name: string): number {
  const found = ports.find((port) => port.name === name)?.nodePort;
  return found === undefined ? missing(`Kubernetes picked no node port for ${name}`) : found;
}

/**
 * In a preview the provider answers with the object as it was written, or as a dry run of the API server leaves it:
 * what the cluster or AWS will fill in is not there yet, and so unknown.
 */
function missing<Value>(message: string): Value {
  if (pulumi.runtime.isDryRun()) return pulumi.unknown as unknown as Value;
  throw new Error(`istio-eks: ${message}`);
}
