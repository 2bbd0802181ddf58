import type { StackValidationPolicy } from "@pulumi/policy";
import { parse } from "yaml";
import { istioRelease } from "./istio-release";
import { memberAt, objectName, textAt } from "./members";
import { stackOf } from "./urn";
import { type Violation, violationText } from "./violation";

export interface GatewayReplicasConfig {
  readonly minimum: number;
  readonly stacks: string;
}

/** How many pods a release of the gateway chart runs at the least. The chart's own default is one. */
export function leastOfChart(values: unknown): number {
  const scales = memberAt(values, ["autoscaling", "enabled"]) !== false;
  return numberOr(1, scales ? memberAt(values, ["autoscaling", "minReplicas"]) : memberAt(values, ["replicaCount"]));
}

/** How many pods istiod runs for a Gateway, by the ConfigMap with its parameters; none: one. */
export function leastOfParameters(data: unknown): number {
  const patch = (key: string): unknown => parse(textAt(data, [key]) || "{}");
  const scales = memberAt(patch("horizontalPodAutoscaler"), ["spec", "minReplicas"]);
  return numberOr(numberOr(1, memberAt(patch("deployment"), ["spec", "replicas"])), scales);
}

function numberOr(otherwise: number, value: unknown): number {
  return typeof value === "number" ? value : otherwise;
}

/** Checks the pods of one gateway. */
export function tooFew(name: string, least: number, { minimum }: GatewayReplicasConfig): Violation | undefined {
  if (least >= minimum) return undefined;
  return {
    what: `The gateway ${name} may run with ${least === 1 ? "a single pod" : `${least} pods`}: nobody is served while it restarts.`,
    allowed: `at least ${minimum} pods`,
    suggestion: "raise gateway.minReplicas of the ingress",
  };
}

export const gatewayReplicas: StackValidationPolicy = {
  name: "istio-gateway-replicas",
  description: "Every gateway runs with enough pods that one of them may go.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps: "Raise gateway.minReplicas of the ingress.",
  configSchema: {
    properties: {
      minimum: { type: "integer", minimum: 1, default: 2, description: "Pods that a gateway has at the least." },
      stacks: { type: "string", default: ".*", description: "Regular expression of the stacks in which this holds." },
    },
  },
  validateStack: (stack, report) => {
    const { resources } = stack;
    const config = stack.getConfig<GatewayReplicasConfig>();
    const checked = resources.filter(({ urn }) => new RegExp(config.stacks).test(stackOf(urn)));
    const parameters = new Map(
      checked
        .filter(({ type }) => type === "kubernetes:core/v1:ConfigMap")
        .map(({ props }) => [objectName(props), memberAt(props, ["data"])]),
    );
    for (const { type, urn, props } of checked) {
      const release = istioRelease({ type, urn, props });
      const least =
        release?.chart === "gateway"
          ? leastOfChart(memberAt(props, ["values"]))
          : isGateway(type, props)
            ? leastOfParameters(parameters.get(parametersName(props)))
            : undefined;
      const name = release === undefined ? objectName(props) : `${release.namespace}/${release.name}`;
      const violation = least === undefined ? undefined : tooFew(name, least, config);
      if (violation !== undefined) report(violationText(violation), urn);
    }
  },
};

/** A Gateway of the Gateway API that istiod runs pods for; waypoints have a class of their own. */
function isGateway(type: string, props: unknown): boolean {
  const ours = /^kubernetes:gateway\.networking\.k8s\.io\/v1(beta1)?:Gateway$/.test(type);
  return ours && textAt(props, ["spec", "gatewayClassName"]) === "istio";
}

function parametersName(props: unknown): string {
  const name = textAt(props, ["spec", "infrastructure", "parametersRef", "name"]);
  return `${textAt(props, ["metadata", "namespace"])}/${name}`;
}
