import { at, type KubernetesObject, numberAt } from "../../check/kubernetes-object";
import { replicas } from "../control-plane/control-plane-args";
import { gatewayNameLabel, selectorOf } from "./entry-points";
import type { InstalledRelease } from "../inventory";
import { compact, isTree, type Tree } from "../trees";

const defaultDrain = 60;
/** What the mesh adds to the drain of a gateway for its pods' grace period. */
const margin = 30;
/** Limits of the gateway chart's own. Source: istio/istio manifests/charts/gateway/values.yaml */
const chartResources = { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "2000m", memory: "1024Mi" } };

export interface GatewayContext {
  /** Name of the ingress that the gateway is behind. */
  readonly name: string;
  readonly release: InstalledRelease | undefined;
  /** Delay of deregistration of the target groups, if one is set. */
  readonly drainSeconds: number | undefined;
  readonly namespace: KubernetesObject | undefined;
}

/** How the gateway's pods run: what their release says, else the chart's defaults. */
export function gatewayArgs(service: KubernetesObject, context: GatewayContext): Tree {
  const { metadata } = service;
  const { release } = context;
  return compact({
    namespace: metadata.namespace === "istio-ingress" ? undefined : metadata.namespace,
    namespaceLabels: labelsOf(context.namespace),
    labels: labelArgs(selectorOf(service), context),
    drainSeconds: drainOf(context),
    ...(release === undefined ? {} : podArgs(release.values)),
  });
}

/** Labels that would be removed from a namespace which the mesh takes over, if nothing said them. */
export function labelsOf(namespace: KubernetesObject | undefined): Tree {
  const labels = Object.entries(namespace?.metadata.labels ?? {});
  return Object.fromEntries(labels.filter(([key]) => !/^(kubernetes\.io|istio\.io)\/|^istio-injection$/.test(key)));
}

function podArgs(values: Tree): Tree {
  const scaling = isTree(values["autoscaling"]) ? values["autoscaling"] : {};
  const keys = { enabled: "enabled", least: "minReplicas", most: "maxReplicas" };
  return {
    ...replicas({ replicaCount: values["replicaCount"], ...scaling }, keys),
    resources: resourcesOf(values["resources"]),
    nodeSelector: values["nodeSelector"],
    tolerations: values["tolerations"],
    affinity: values["affinity"],
  };
}

/** A limit that is null is one that is taken out of the chart's. */
function resourcesOf(given: unknown): Tree {
  const configured = (kind: "requests" | "limits") => {
    const own = at(given, kind);
    return { ...chartResources[kind], ...(isTree(own) ? own : {}) };
  };
  const limits: Tree = configured("limits");
  const cpu = limits["cpu"] === null ? "none" : limits["cpu"];
  return { requests: configured("requests"), limits: { ...limits, cpu } };
}

function labelArgs(selector: Readonly<Record<string, string>>, { name, release }: GatewayContext): Tree {
  if (selector[gatewayNameLabel] !== undefined) return {};
  const own: Tree = { app: name, istio: name.replace(/^istio-/, "") };
  const written = isTree(release?.values["labels"]) ? release.values["labels"] : {};
  const all = { ...written, ...selector };
  return Object.fromEntries(Object.entries(all).filter(([key, value]) => own[key] !== value));
}

function drainOf({ drainSeconds, release }: GatewayContext): number | undefined {
  const grace = numberAt(release?.values, "terminationGracePeriodSeconds");
  const found = drainSeconds ?? (grace > margin ? grace - margin : defaultDrain);
  return found === defaultDrain ? undefined : found;
}
