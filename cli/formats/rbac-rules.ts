/**
 * What acts in the cluster for each part of a plan: Pulumi's provider, Helm, and kubectl on destroy. Kinds of charts were
 * rendered from Istio's charts; the live tier runs whole meshes with these rights and no others.
 */

/** Rights on some resources of an API group. */
export interface Rule {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Names of the objects, if the rights are for those only. */
  readonly names?: readonly string[];
}

/** To make something, wait for it, read it again, change and remove it. */
export const manage = ["create", "delete", "get", "list", "patch", "update", "watch"] as const;
/** To read, and to wait. */
export const read = ["get", "list", "watch"] as const;

const managed = (group: string, ...resources: readonly string[]): Rule => ({ group, resources, verbs: manage });
const seen = (group: string, ...resources: readonly string[]): Rule => ({ group, resources, verbs: read });

/**
 * Kubernetes lets only those make a role who hold every right in it, or may `escalate`; and only those give it who hold
 * them, or may `bind`.
 */
const clusterRoles: readonly Rule[] = [
  {
    group: "rbac.authorization.k8s.io",
    resources: ["clusterroles", "roles"],
    verbs: [...manage, "bind", "escalate"],
  },
  managed("rbac.authorization.k8s.io", "clusterrolebindings", "rolebindings"),
];

const admission = managed(
  "admissionregistration.k8s.io",
  "mutatingwebhookconfigurations",
  "validatingadmissionpolicies",
  "validatingadmissionpolicybindings",
  "validatingwebhookconfigurations",
);
const definitions = managed("apiextensions.k8s.io", "customresourcedefinitions");

/** For every release: Helm keeps what it did in Secrets, and waits for what it makes. */
export const helmRules: readonly Rule[] = [
  managed("", "secrets"),
  seen("", "persistentvolumeclaims", "pods"),
  seen("apps", "daemonsets", "deployments", "replicasets", "statefulsets"),
  seen("batch", "jobs"),
];

const pods = (kind: "daemonsets" | "deployments"): readonly Rule[] => [
  managed("", "configmaps", "resourcequotas", "serviceaccounts", "services"),
  managed("apps", kind),
  managed("networking.k8s.io", "networkpolicies"),
];
const scaled: readonly Rule[] = [
  managed("autoscaling", "horizontalpodautoscalers"),
  managed("policy", "poddisruptionbudgets"),
];

/** What charts of other projects make, or may make by a change of their values. */
const addonRules: readonly Rule[] = [
  managed("", "configmaps", "persistentvolumeclaims", "secrets", "serviceaccounts", "services"),
  managed("apps", "daemonsets", "deployments", "statefulsets"),
  managed("batch", "cronjobs", "jobs"),
  managed("networking.k8s.io", "ingresses", "networkpolicies"),
  ...scaled,
  ...clusterRoles,
];

/** By chart. */
export const chartRules: Readonly<Record<string, readonly Rule[]>> = {
  base: [managed("", "serviceaccounts"), admission, definitions, ...clusterRoles],
  istiod: [...pods("deployments"), ...scaled, admission, ...clusterRoles],
  cni: [...pods("daemonsets"), ...clusterRoles],
  ztunnel: [...pods("daemonsets"), ...clusterRoles],
  gateway: [...pods("deployments"), ...scaled, ...clusterRoles],
  prometheus: addonRules,
  grafana: addonRules,
  "kiali-server": addonRules,
  jaeger: addonRules,
  "opentelemetry-collector": addonRules,
};

/** Besides, where the control plane is elsewhere: where it is, if its address is an IP address. */
export const remoteRules: readonly Rule[] = [managed("discovery.k8s.io", "endpointslices")];

/** The Gateway API's definitions, with the policy that guards them. */
export const bundleRules: readonly Rule[] = [admission, definitions];

/** The command that goes first on destroy: looks everywhere, deletes, and reports what it waits for. */
export const cleanupRules: readonly Rule[] = [
  { group: "", resources: ["services"], verbs: ["delete", ...read] },
  seen("", "events"),
  seen("apps", "deployments"),
  { group: "networking.k8s.io", resources: ["ingresses"], verbs: ["delete", ...read] },
  { group: "gateway.networking.k8s.io", resources: ["gateways"], verbs: ["delete", ...read] },
  { group: "elbv2.k8s.aws", resources: ["targetgroupbindings"], verbs: ["delete", ...read] },
  { group: "eks.amazonaws.com", resources: ["targetgroupbindings"], verbs: ["delete", ...read] },
];
