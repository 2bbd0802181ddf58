import semver from "semver";
import { minorOf } from "../../../components/control-plane/charts/versions";
import type { MeshSettings } from "../../../components/plan/settings";
import { findingsOf, type Details, type Finding, type Subject } from "../finding";
import { type KubernetesObject, ownersOf } from "../kubernetes-object";
import { needsGatewayApi } from "../../../components/control-plane/gateway-api/gateway-api-args";
import { type Situation, whenKnown } from "../situation";

const group = "gateway.networking.k8s.io";
/** Under this name the mesh applies its definitions; what it owns it may change. */
const ours = ["istio-eks", "kube-apiserver"];

export const gatewayApi = {
  name: "gateway-api",
  title: "Definitions of the Gateway API",
  how: `kubectl get crd -o yaml --show-managed-fields, those of ${group}`,
  kinds: {
    missing: {
      level: "problem",
      what: "They are not there, and gatewayApi.crds: external leaves them to someone else.",
      suggestion: "Install {wanted}, or remove gatewayApi.crds.",
    },
    "other-owner": {
      level: "problem",
      what: "{owners} keeps them at {given}, and the mesh would bring {wanted}: pulumi up would stop at a conflict.",
      suggestion: "Write gatewayApi.crds: external, or let that owner go.",
    },
    older: {
      level: "warning",
      what: "They are at {given}, kept by {owners}; Istio {istio} reads {wanted} and misses some kinds.",
      suggestion: "Have them brought to {wanted}.",
    },
    newer: {
      level: "warning",
      what: "They are at {given}, kept by {owners}; Istio {istio} reads {wanted} and may silently ignore newer parts.",
      suggestion: "Have them brought to {wanted}, or choose a newer istio.version.",
    },
    coming: { level: "ok", what: "The mesh brings {wanted}." },
    fits: { level: "ok", what: "They are at {given}, kept by {owners}." },
  },
} as const satisfies Subject;

const finding = findingsOf(gatewayApi);
const where = `definitions of ${group}`;

/** Are the definitions there in the version that istiod reads, and whose are they? */
export function checkGatewayApi({ settings, facts }: Situation): readonly Finding[] {
  if (!needsGatewayApi(settings) && settings.crds === undefined) return [];
  return whenKnown({ finding, where }, { all: facts.kubernetes.definitions }, ({ all }) => {
    const there = all.filter(({ metadata: { name } }) => name.endsWith(`.${group}`));
    const details = { wanted: wantedBy(settings), istio: versionOf(settings) };
    if (there.length > 0) return [checkThere(there, settings, details)];
    return [finding(settings.crds === undefined ? "missing" : "coming", where, details)];
  });
}

function checkThere(there: readonly KubernetesObject[], settings: MeshSettings, details: Details): Finding {
  const versions = there.flatMap(({ metadata }) => metadata.annotations?.[`${group}/bundle-version`] ?? []);
  const given = versions.length === 0 ? "an unknown version" : [...new Set(versions)].join(" and ");
  const owners = [...new Set(there.flatMap(ownersOf))].filter((owner) => !ours.includes(owner));
  const shown = { ...details, given, owners: owners.length > 0 ? owners.join(", ") : "the mesh" };
  const wanted = String(details["wanted"]);
  if (given === wanted) return finding("fits", where, shown);
  if (settings.crds !== undefined) return finding(owners.length > 0 ? "other-owner" : "coming", where, shown);
  const [is, should] = [semver.coerce(given), semver.coerce(wanted)];
  return finding(is !== null && should !== null && semver.gt(is, should) ? "newer" : "older", where, shown);
}

/** The newest istiod decides. */
function versionOf({ controlPlane: { main, canary } }: MeshSettings): string {
  return (canary ?? main).version;
}

/** The release in the manifest's address, else the one that this minor of Istio reads. */
function wantedBy(settings: MeshSettings): string {
  const written = /v\d+\.\d+\.\d+/.exec(settings.crds?.manifest ?? "")?.[0];
  return written ?? String(minorOf(versionOf(settings))?.gatewayApi);
}
