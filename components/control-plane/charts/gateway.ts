import { present } from "../../inputs/present";
import { valueAt } from "../../inputs/path";
import { logicalNames } from "../../logical-names";
import { placement } from "../../inputs/kubernetes/placement";
import { gracePeriod } from "../../inputs/kubernetes/grace-period";
import type { Tree } from "../../plan/input-value";
import type { ReleasePlan } from "../../plan/release";
import type { GatewaySettings } from "../../plan/gateway-settings";
import type { ControlPlaneSettings, RevisionSettings } from "../../plan/settings";
import { isTree, mergeLayers, scales } from "./values/chart-values";
import { mergeProxyConfig } from "./proxy-config";
import { gatewayRollout } from "./rollout";
import { spread } from "./spread";

/**
 * The values that the chart requires, and the user may not change.
 *
 * No Service before an ingress' pods: the one that carries the load balancer belongs to Pulumi, which then waits for its address on the way
 * up and for its end on the way down. A Service inside a release cannot be waited for again once an uninstall timed out.
 */
export function gatewayRequirements(gateway: GatewaySettings, main: RevisionSettings): Tree {
  return present({
    service: { type: gateway.service === "ours" ? "None" : "ClusterIP" },
    labels: { ...gateway.labels, ...gateway.selector },
    networkGateway: gateway.network,
    revision: main.revision === "" ? undefined : main.revision,
    terminationGracePeriodSeconds: gracePeriod(gateway.drainSeconds),
  });
}

/** Plans gateway pods installed by the gateway chart. */
export function planGatewayRelease(
  settings: ControlPlaneSettings,
  gateway: GatewaySettings,
  after: readonly string[],
): ReleasePlan {
  return {
    name: logicalNames.gateway(gateway.name),
    after,
    releaseName: gateway.name,
    chart: "gateway",
    version: settings.main.version,
    repository: settings.repository,
    namespace: gateway.namespace,
    ...(valueAt(gateway.resources, ["limits", "cpu"]) === null ? { nullValues: true } : {}),
    values: mergeLayers(
      gatewayDefaults(gateway, settings.main, settings.values.gateway),
      settings.values.gateway,
      podAnnotations(gateway, settings.values.gateway),
      gatewayRequirements(gateway, settings.main),
    ),
    replaceOnChanges: deploymentSelector,
  };
}

/**
 * The labels by which the chart's Deployment selects its pods. Kubernetes refuses to change them.
 * Source: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates
 */
const deploymentSelector = ["values.labels.app", "values.labels.istio"];

/** The user's annotations win, but the one that configures the proxy carries what both ask. */
function podAnnotations({ annotations }: GatewaySettings, user: Tree): Tree {
  const merged = mergeProxyConfig(annotations, user["podAnnotations"]);
  return Object.keys(merged).length === 0 ? {} : { podAnnotations: merged };
}

/** The service account of the gateway's pods, as the chart names it. Source: the chart's templates/_helpers.tpl */
export function gatewayServiceAccount({ values }: ControlPlaneSettings, gateway: GatewaySettings): string {
  const { serviceAccount } = values.gateway;
  const [name, create] = isTree(serviceAccount) ? [serviceAccount["name"], serviceAccount["create"]] : [];
  if (typeof name === "string" && name !== "") return name;
  return create === false ? "default" : gateway.name;
}

function gatewayDefaults(gateway: GatewaySettings, main: RevisionSettings, user: Tree): Tree {
  return present({
    ...replicas(gateway, user),
    // The chart renders it only above one replica; with one it would block every drain of the node.
    podDisruptionBudget: atLeast(gateway, user) > 1 ? { minAvailable: 1 } : undefined,
    strategy: gatewayRollout,
    resources: gateway.resources,
    ...placement(gateway),
    topologySpreadConstraints: spread(gateway.selector),
    podAnnotations: { ...controlPlaneAnnotation(main), ...gateway.annotations },
  });
}

/**
 * Names the control plane that injects the proxy, so that the pods restart when it changes.
 *
 * The proxy's image is filled in when a pod is made: without a change of its own the Deployment would keep the old one.
 */
function controlPlaneAnnotation({ version, revision }: RevisionSettings): Tree {
  return { "istio-eks/control-plane": revision === "" ? version : `${version} (${revision})` };
}

/** An autoscaler between the limits, or a fixed number; which of the two the user's own values decide first. */
function replicas(gateway: GatewaySettings, user: Tree): Tree {
  const { minReplicas, maxReplicas } = gateway;
  return scaled(gateway, user)
    ? { autoscaling: { enabled: true, minReplicas, maxReplicas } }
    : { autoscaling: { enabled: false }, replicaCount: minReplicas };
}

function scaled({ minReplicas, maxReplicas }: GatewaySettings, user: Tree): boolean {
  return scales(valueAt(user, ["autoscaling", "enabled"]), minReplicas !== maxReplicas);
}

/** How many pods there are at the least, with the user's own values in the place of ours. */
function atLeast(gateway: GatewaySettings, user: Tree): number {
  const written = valueAt(user, scaled(gateway, user) ? ["autoscaling", "minReplicas"] : ["replicaCount"]);
  return typeof written === "number" ? written : gateway.minReplicas;
}
