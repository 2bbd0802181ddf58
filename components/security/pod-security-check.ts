import { flattened } from "../control-plane/charts/values/flattened-values";
import { valueAt } from "../inputs/path";
import { problem } from "../inputs/problem";
import { modes } from "../control-plane/modes";
import type { Problem } from "../plan/problem";
import type { MeshSettings } from "../plan/settings";
import { Dataplane } from "../plan/enums";
import { eastWestGateway } from "../multi-cluster/multi-cluster-plan";
import { installs } from "../control-plane/control-planes";

/** The label by which Kubernetes refuses pods. Source: https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
const enforce = "pod-security.kubernetes.io/enforce";

type Labels = Readonly<Record<string, string>>;

function isStrict({ [enforce]: level }: Labels): boolean {
  return level === "baseline" || level === "restricted";
}

/** A label that stands somewhere in the arguments. */
interface Labelled {
  readonly path: string;
  readonly labels: Labels;
}

function pathOf({ path }: Labelled): string {
  return `${path}["${enforce}"]`;
}

/** Finds Pod Security levels that would have Kubernetes refuse pods of the mesh, or with its sidecars. */
export function checkPodSecurity(settings: MeshSettings): readonly Problem[] {
  if (!installs(settings)) return [];
  const { mode, controlPlane } = settings;
  const agents = modes[mode].cniRequirements(controlPlane) !== undefined;
  const system = { path: "istio.namespaceLabels", labels: controlPlane.namespaceLabels };
  const [places, complaint] = agents ? [[system], ofAgents] : [sidecarNamespaces(settings), ofSidecars];
  return places
    .filter(({ labels }) => isStrict(labels))
    .map((one) => problem(pathOf(one), { given: one.labels[enforce], ...complaint }));
}

const ofAgents = {
  allowed: '"privileged" in the namespace of the agents of cni and ztunnel, which need host paths and capabilities',
  suggestion: "remove it; the mesh sets it",
};

const ofSidecars = {
  allowed:
    '"privileged" with sidecars and no CNI agent: the init container that redirects traffic needs NET_ADMIN and NET_RAW',
  suggestion: "write istio.sidecarCni: true, with which no pod needs such a container",
};

function sidecarNamespaces({ namespaces }: MeshSettings): readonly Labelled[] {
  return namespaces
    .filter(({ dataplane }) => dataplane === Dataplane.Sidecar)
    .map(({ name, labels }) => ({ path: `namespaces.${name}.labels`, labels }));
}

/** `restricted` also wants a seccomp profile, which Istio's containers have only if the values set it. */
export function warnOfPodSecurity(settings: MeshSettings): readonly string[] {
  if (!installs(settings)) return [];
  const { namespaces, controlPlane, multiCluster } = settings;
  const gateways = [...settings.gateways, ...eastWestGateway(multiCluster)];
  const istiod = flattened(controlPlane.values.istiod, "pilot");
  const unset = (path: readonly string[]) => valueAt(istiod, [...path, "type"]) === undefined;
  const waypoints = namespaces.filter(({ waypoint }) => waypoint !== undefined);
  const createdByIstiod = [
    ...waypoints.map(({ name, labels }) => ({ path: `namespaces.${name}.labels`, labels })),
    ...gateways.filter(({ createdBy }) => createdBy === "istiod").map(gatewayLabels),
  ];
  const ofChart = gateways.filter(({ createdBy }) => createdBy === "chart").map(gatewayLabels);
  const system = { path: "istio.namespaceLabels", labels: controlPlane.namespaceLabels };
  return [
    ...(unset(["seccompProfile"]) ? warnings([system], "pods of istiod", "istio.values.istiod.seccompProfile") : []),
    ...(unset(["global", "proxy", "seccompProfile"])
      ? warnings(sidecarNamespaces(settings), "injected containers", "istio.values.istiod.global.proxy.seccompProfile")
      : []),
    ...(unset(["gateways", "seccompProfile"])
      ? warnings(
          createdByIstiod,
          "gateways and waypoints that istiod makes",
          "istio.values.istiod.gateways.seccompProfile",
        )
      : []),
    ...(valueAt(controlPlane.values.gateway, ["securityContext", "seccompProfile"]) === undefined
      ? warnings(ofChart, "pods of the gateway chart", "istio.values.gateway.securityContext.seccompProfile")
      : []),
  ];
}

function gatewayLabels({ name, namespaceLabels }: MeshSettings["gateways"][number]): Labelled {
  return { path: `gateway.namespaceLabels of "${name}"`, labels: namespaceLabels };
}

function warnings(all: readonly Labelled[], what: string, member: string): readonly string[] {
  return all
    .filter(({ labels }) => labels[enforce] === "restricted")
    .map(
      (one) =>
        `${pathOf(one)}: "restricted" refuses pods without a seccomp profile, and ${what} have none by themselves: ` +
        `set ${member} to { type: "RuntimeDefault" }${member.endsWith("proxy.seccompProfile") ? ", or the profile of your pods" : ""}.`,
    );
}
