import type { Problem } from "../plan/problem";

/** Path of an ingress. */
const ingress = String.raw`(?:ingress|additionalIngresses(?:\.[\w-]+|\["[^"]*"\]))`;

/** Paths of names that the user chose. */
const names = new RegExp(String.raw`^(?:${ingress}|namespaces(?:\.[\w-]+|\["[^"]*"\]))$`);

/** Rules by the place of their problem, and the other places that they look at. */
interface Comparison {
  /** The first group is the block that `$` stands for; `*` stands for every ingress. */
  readonly rule: RegExp;
  readonly looksAt: readonly string[];
}

const compare = (rule: string, ...looksAt: readonly string[]): Comparison => ({
  rule: new RegExp(`^${rule}$`),
  looksAt,
});

/** Rules that compare members. What a rule looks at only at its own place, or below it, need not be here. */
const comparisons: readonly Comparison[] = [
  compare(String.raw`(${ingress})\.dns`, "$.hostnames"),
  compare(String.raw`(${ingress})\.tls`, "$.strategy", "$.alb"),
  compare(String.raw`(${ingress})\.tls\.secretName`, "$.strategy", "$.alb"),
  compare(String.raw`(${ingress})\.tls\.requestCertificate`, "$.hostnames", "$.dns"),
  compare(String.raw`(${ingress})\.allowedCidrs\[.*`, "$.ipAddressType"),
  compare(String.raw`(${ingress})\.subnetIds`, "$.strategy", "cluster.subnetIds"),
  compare(String.raw`(${ingress})\.healthCheck\.timeoutSeconds`, "$.strategy", "$.healthCheck.intervalSeconds"),
  compare(String.raw`(${ingress})\.routes\[.*`, "$.routes", "$.hostnames"),
  compare(String.raw`${ingress}\.routes`, "*.routes", "*.gateway.shareWith"),
  compare(String.raw`(${ingress})\.annotations.*`, "$.strategy", "loadBalancerController"),
  compare(String.raw`(${ingress})\.(?:nlb|alb)`, "$.strategy"),
  compare(String.raw`(${ingress})\.nlb\.terminateTls`, "$.tls"),
  compare(
    String.raw`(${ingress})\.nlb\.eipAllocationIds`,
    ...["$.strategy", "$.scheme", "$.subnetIds", "cluster.subnetIds"],
  ),
  compare(String.raw`(${ingress})\.alb\.backendProtocol`, "$.tls"),
  compare(String.raw`${ingress}\.routing`, "mode", "*.routing", "*.gateway.shareWith"),
  compare(String.raw`${ingress}\.nlb\.proxyProtocol`, "*.nlb", "*.gateway.shareWith"),
  compare(
    String.raw`${ingress}\.gateway\.shareWith`,
    ...["*.strategy", "*.hostnames", "*.tls", "*.nlb", "*.gateway.shareWith"],
  ),
  compare(String.raw`${ingress}\.gateway\.labels.*`, "mode", "*.routing", "*.gateway.labels", "*.gateway.shareWith"),
  compare(String.raw`(.*\.resources)\.requests\..*`, "$.limits"),
  compare(String.raw`istio\.profile`, "mode"),
  compare(String.raw`istio\.sidecarCni`, "mode"),
  compare(String.raw`istio\.(?:canary\.)?revisionTags.*`, "istio.revision", "istio.canary.revision"),
  compare(String.raw`istio\.canary\.version`, "istio.version"),
  compare(
    String.raw`istio\.values\..*`,
    ...["mode", "istio.profile", "istio.revision", "istio.namespace", "istio.sidecarCni", "egress", "*.gateway.labels"],
  ),
  compare(String.raw`telemetry\.tracing`, "addons.jaeger"),
  compare(String.raw`addons\.(?:grafana|kiali)`, "addons.prometheus"),
  compare(String.raw`addons\.(?:prometheus|grafana)\.url`, "addons.kiali", "addons.grafana"),
  compare(String.raw`addons\.jaeger\.retention`, "addons.jaeger.storage"),
  compare(String.raw`telemetry\.tracing\.\w+`, "telemetry.tracing.provider", "telemetry.tracing.service"),
  compare(String.raw`egress\.gateway`, "mode", "istio.profile", "*.gateway.labels"),
  compare(String.raw`egress\.policy`, "istio.profile"),
  compare(String.raw`egress\.hosts.*`, "egress", "istio.profile"),
  compare(String.raw`istio\.meshConfig\..*`, "security", "egress"),
  compare(String.raw`vpcCni`, "loadBalancerController"),
  compare(String.raw`vpcCni\..*`, "vpcCni"),
  compare(String.raw`gatewayApi\..*`, "mode", "istio.profile", "gatewayApi.crds", "*.routing"),
  compare(String.raw`(namespaces[^\]]*\]?)\.dataplane`, "mode"),
  compare(String.raw`(namespaces[^\]]*\]?)\.waypoint`, "mode", "$.dataplane"),
  compare(
    String.raw`(namespaces[^\]]*\]?)\.revision`,
    ...["mode", "$.dataplane", "istio.profile", "istio.revision", "istio.revisionTags", "istio.canary"],
  ),
  compare(String.raw`(namespaces[^\]]*\]?\.plaintextPorts)\..*`, "$"),
  compare(String.raw`(namespaces[^\]]*\]?)\.allowedPeers`, "$.networkPolicies", "security.networkPolicies"),
  compare(String.raw`istio\.meshConfig\.trustDomain`, "security.trustDomain"),
  compare(String.raw`namespaces[^\]]*\]?`, "istio.namespace", "istio.profile", "*.gateway.namespace"),
];

/**
 * Tells problems that rules find from their mere echoes: a rule goes on with a default where a member is wrong in
 * itself, so that what it says of that place, or of what it compares with it, may be about something nobody wrote.
 */
export function isNews(shapeProblems: readonly Problem[]): (found: Problem) => boolean {
  const wrong = shapeProblems.map(({ path }) => path);
  return ({ path }) =>
    !wrong.some((place) => isEcho(path, place) || placesOf(path, place).some((looked) => overlap(looked, place)));
}

/** What is said of a name that the user chose is not about the block below it. */
function isEcho(path: string, wrong: string): boolean {
  return names.test(path) ? within(wrong, path) : overlap(path, wrong);
}

/** What the rule of this problem looks at beside its own place. */
function placesOf(path: string, wrong: string): readonly string[] {
  const [everyIngress = ""] = Array.from(wrong.match(new RegExp(`^${ingress}`)) || []);
  return comparisons.flatMap(({ rule, looksAt }) => {
    const match = rule.exec(path);
    if (match === null) return [];
    return looksAt.map((place) => place.replace("$", String(match[1])).replace("*", everyIngress));
  });
}

function overlap(one: string, other: string): boolean {
  return within(one, other) || within(other, one);
}

/** Whether a place is this block or below it; the empty path is the whole. */
function within(block: string, place: string): boolean {
  return block === "" || place === block || (place.startsWith(block) && /^[.[]/.test(place.slice(block.length)));
}
