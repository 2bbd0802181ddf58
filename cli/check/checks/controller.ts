import semver from "semver";
import { autoModeTagStatement } from "../../../components/ingress/strategies/auto-mode-tags";
import { strategyFor } from "../../../components/ingress/strategies";
import type { MeshSettings } from "../../../components/plan/settings";
import { LoadBalancerController } from "../../../components/plan/enums";
import { findingsOf, type Details, type Finding, type Subject } from "../finding";
import { type KubernetesObject, listAt, numberAt, placeOf, textAt } from "../kubernetes-object";
import { loadBalancersOf } from "../mesh-parts";
import { clusterName, clusterPlace, type Situation, whenKnown } from "../situation";
import { autoModeTags } from "./auto-mode-tags";

/** The oldest that gives a Network Load Balancer security groups; the README names it too. */
const oldest = "2.6.0";
/** The oldest that finds the port of a health check by the name of the Service's port. */
const oldestNamedPort = "2.6.2";
/** Since this version its part of the Gateway API reads definitions of this release. Source: aws/eks-charts#1354 */
const newGatewayApi = { since: "3.5.0", wanted: "1.6.0" };
/** From here on it starts its part of the Gateway API where it finds the definitions of that. */
const gatewayApiSince = "3.2.0";
/** Its own definitions, without which that part stops it. */
export const ownDefinitions = ["loadbalancerconfigurations", "targetgroupconfigurations", "listenerruleconfigurations"];

export const controller = {
  name: "controller",
  title: "The load balancer controller",
  how: "kubectl get deployment -A -l app.kubernetes.io/name=aws-load-balancer-controller",
  kinds: {
    missing: {
      level: "problem",
      what: "There is no AWS Load Balancer Controller, so nothing will make the load balancers.",
      suggestion: "Install it ({oldest} or newer) with its IAM role, as examples/node-groups does.",
    },
    "auto-mode-instead": {
      level: "problem",
      what: "There is no AWS Load Balancer Controller, but EKS Auto Mode is on.",
      suggestion: "Write loadBalancerController: eks-auto-mode, or install the controller.",
    },
    "not-ready": {
      level: "problem",
      what: "None of its pods is ready. Its webhooks then refuse every new Service.",
      suggestion: "kubectl -n {namespace} describe deployment {name}; kubectl -n {namespace} logs deployment/{name}",
    },
    "too-old": {
      level: "problem",
      what: "Version {version} gives Network Load Balancers no security groups.",
      suggestion: "Upgrade it to {oldest} or newer, with its definitions and its IAM policy.",
    },
    "named-port": {
      level: "problem",
      what: "Version {version} cannot look up the port of the health check by its name, as the load balancers of {ingresses} need.",
      suggestion: "Upgrade it to {oldestNamedPort} or newer, with its definitions and its IAM policy.",
    },
    "gateway-api-too-old": {
      level: "warning",
      what: "Version {version} wants the Gateway API's definitions at {wanted} or newer, and they are, or will be, at {given}. Its own part of the Gateway API does not work with these.",
      suggestion:
        "Nothing, if you use that part nowhere. Else install {wanted} or newer yourself and write gatewayApi.crds: external.",
    },
    "version-unclear": {
      level: "unknown",
      what: 'Its image "{image}" has no version.',
      suggestion: "Make sure that it is {oldest} or newer.",
    },
    "other-cluster": {
      level: "problem",
      what: "It works for a cluster called {given}.",
      suggestion: "Set its --cluster-name to {cluster}: it finds subnets and security groups by that name.",
    },
    blind: {
      level: "problem",
      what: "It watches only namespace {given}, and load balancers are wanted in {namespaces}.",
      suggestion: "Remove its --watch-namespace.",
    },
    "definitions-missing": {
      level: "problem",
      what: "The Gateway API's definitions are, or will be, there, and its own are not: {missing}. At its next start it stops.",
      suggestion:
        "Helm does not upgrade them: kubectl apply --server-side -f https://raw.githubusercontent.com/kubernetes-sigs/aws-load-balancer-controller/v{version}/config/crd/gateway/gateway-crds.yaml",
    },
    "auto-mode-off": {
      level: "problem",
      what: "EKS Auto Mode is off in this cluster, so nothing will make the load balancers.",
      suggestion: "Remove loadBalancerController from the stack file and install the controller, or turn Auto Mode on.",
    },
    "auto-mode-tags": {
      level: "unknown",
      what: "annotations tag the load balancers of {ingresses}, and whether the cluster's IAM role lets EKS Auto Mode do that was not looked at. If it does not, no load balancer is made.",
      suggestion: "Make sure that the role's policies have this statement: {statement}",
    },
    "auto-mode-no-tags": {
      level: "warning",
      what: "EKS Auto Mode may not tag load balancers with tags of your own, so tags are left off those of {ingresses}.",
      suggestion:
        "To have them, add this statement to the cluster's IAM role, then write the tags in annotations: {statement}",
    },
    "auto-mode-on": { level: "ok", what: "EKS Auto Mode makes the load balancers." },
    ready: { level: "ok", what: "Version {version}, {ready} pods ready." },
  },
} as const satisfies Subject;

const finding = findingsOf(controller);

/** Will anything turn Services and Ingresses into load balancers? */
export function checkController(situation: Situation): readonly Finding[] {
  const { settings, facts } = situation;
  if (loadBalancersOf(settings).length === 0) return [];
  const where = clusterPlace(settings);
  if (settings.controller === LoadBalancerController.EksAutoMode) {
    return whenKnown({ finding, where }, { eks: facts.aws.cluster }, ({ eks }) =>
      eks === undefined
        ? []
        : [finding(eks.autoMode ? "auto-mode-on" : "auto-mode-off", where), ...checkTags(situation, where)],
    );
  }
  const { controllers, definitions } = facts.kubernetes;
  return whenKnown({ finding, where }, { controllers, definitions }, ({ controllers: found, definitions: all }) => {
    if (found.length > 0) return found.flatMap((deployment) => checkDeployment(deployment, settings, all));
    const { cluster } = facts.aws;
    const autoMode = cluster.known && cluster.answer?.autoMode === true;
    return [finding(autoMode ? "auto-mode-instead" : "missing", where, { oldest })];
  });
}

function checkTags(situation: Situation, where: string): readonly Finding[] {
  const statement = JSON.stringify(autoModeTagStatement);
  const { unproven, leftOff } = autoModeTags(situation);
  return [
    ...(unproven.length > 0 ? [finding("auto-mode-tags", where, { ingresses: unproven.join(", "), statement })] : []),
    ...(leftOff.length > 0 ? [finding("auto-mode-no-tags", where, { ingresses: leftOff.join(", "), statement })] : []),
  ];
}

function checkDeployment(
  deployment: KubernetesObject,
  settings: MeshSettings,
  definitions: readonly KubernetesObject[],
): readonly Finding[] {
  const where = placeOf({ ...deployment, kind: "Deployment" });
  const { name, namespace = "" } = deployment.metadata;
  const image = textAt(deployment, "spec", "template", "spec", "containers", 0, "image");
  const version = semver.coerce(/:v?([^:@]+)(@|$)/.exec(image)?.[1])?.version;
  const ready = numberAt(deployment, "status", "readyReplicas");
  const details: Details = { name, namespace, image, oldest, ready, version: version ?? "?" };
  const bad = [
    ...(ready === 0 ? [finding("not-ready", where, details)] : []),
    ...(version === undefined ? [finding("version-unclear", where, details)] : []),
    ...(version !== undefined && semver.lt(version, oldest) ? [finding("too-old", where, details)] : []),
    ...checkNamedPorts(version, settings, where),
    ...checkFlags(deployment, settings, where),
    ...checkDefinitions({ deployment, version, where }, settings, definitions),
  ];
  return bad.length > 0 ? bad : [finding("ready", where, details)];
}

/** A health check behind node ports names the port, since nobody knows its number beforehand. */
function checkNamedPorts(version: string | undefined, { ingresses }: MeshSettings, where: string): readonly Finding[] {
  if (version === undefined || semver.lt(version, oldest) || semver.gte(version, oldestNamedPort)) return [];
  const named = ingresses.filter((one) => strategyFor(one).targetRoute === "node-ports").map(({ name }) => name);
  if (named.length === 0) return [];
  return [finding("named-port", where, { version, oldestNamedPort, ingresses: named.join(", ") })];
}

/** The value of a flag of its container. */
function flag(deployment: KubernetesObject, name: string): string {
  const flags = listAt(deployment, "spec", "template", "spec", "containers", 0, "args").map(String);
  const mark = `--${name}=`;
  return (flags.find((one) => one.startsWith(mark)) ?? mark).slice(mark.length);
}

function checkFlags(deployment: KubernetesObject, settings: MeshSettings, where: string): readonly Finding[] {
  const cluster = clusterName(settings);
  const works = flag(deployment, "cluster-name");
  const watched = flag(deployment, "watch-namespace");
  const wanted = loadBalancersOf(settings).map(({ namespace }) => namespace);
  const unseen = [...new Set(wanted)].filter((namespace) => watched !== "" && namespace !== watched);
  return [
    ...(cluster !== undefined && works !== "" && works !== cluster
      ? [finding("other-cluster", where, { given: works, cluster })]
      : []),
    ...(unseen.length > 0 ? [finding("blind", where, { given: watched, namespaces: unseen.join(", ") })] : []),
  ];
}

interface Found {
  readonly deployment: KubernetesObject;
  readonly version: string | undefined;
  readonly where: string;
}

function checkDefinitions(
  { deployment, version, where }: Found,
  { crds }: MeshSettings,
  definitions: readonly KubernetesObject[],
): readonly Finding[] {
  if (version === undefined || semver.lt(version, gatewayApiSince)) return [];
  if (flag(deployment, "feature-gates").includes("ALBGatewayAPI=false")) return [];
  const names = definitions.map(({ metadata: { name } }) => name);
  const coming = crds !== undefined || names.includes("gateways.gateway.networking.k8s.io");
  const missing = ownDefinitions.map((plural) => `${plural}.gateway.k8s.aws`).filter((name) => !names.includes(name));
  if (!coming) return [];
  return [
    ...(missing.length > 0 ? [finding("definitions-missing", where, { missing: missing.join(", "), version })] : []),
    ...checkBundle(version, bundleOf(crds, definitions), where),
  ];
}

/** Release of the Gateway API's definitions: the one that the mesh brings, else the one that is there. */
function bundleOf(crds: MeshSettings["crds"], definitions: readonly KubernetesObject[]): string | undefined {
  const there = definitions.flatMap(
    ({ metadata: { annotations } }) => annotations?.["gateway.networking.k8s.io/bundle-version"] ?? [],
  );
  return semver.coerce(crds === undefined ? there[0] : /v\d+\.\d+\.\d+/.exec(crds.manifest)?.[0])?.version;
}

function checkBundle(version: string, given: string | undefined, where: string): readonly Finding[] {
  const { since, wanted } = newGatewayApi;
  if (given === undefined || semver.lt(version, since) || semver.gte(given, wanted)) return [];
  return [finding("gateway-api-too-old", where, { version, given, wanted })];
}
