import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as pulumi from "@pulumi/pulumi";
import type { RemoteGatewayPlan } from "../plan/multi-cluster";
import { backgroundDeletion } from "./objects";
import type { ResourceRegistry } from "./resource-registry";

/** Creates the objects by which istiod knows the gateways of other networks. */
export function makeRemoteGateways(registry: ResourceRegistry, plans: readonly RemoteGatewayPlan[]): void {
  for (const plan of plans) {
    registry.add(plan.name, makeRemoteGateway(registry.nameOf(plan.name), plan, registry.optionsInCluster(plan)));
  }
}

/** Creates one of them. Of the kubeconfig it takes what is not secret. */
export function makeRemoteGateway(
  name: string,
  plan: RemoteGatewayPlan,
  options: pulumi.CustomResourceOptions,
): CustomResource {
  const { objectName, namespace, annotations, gatewayOf, labelsOf, specOf } = plan;
  const gateway = pulumi.unsecret(pulumi.output(plan.kubeconfig)).apply(gatewayOf);
  const metadata = {
    name: objectName,
    namespace,
    labels: labelsOf(gateway.apply(({ network }) => network)),
    annotations: { ...annotations, ...backgroundDeletion },
  };
  const spec = specOf(gateway.apply(({ address }) => address));
  const args = { apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway", metadata, spec };
  return new CustomResource(name, args, options);
}
