import { at, type KubernetesObject, numberAt, placeOf } from "../kubernetes-object";
import { changesOf, changeText } from "../drift/field-changes";
import type { ReleaseFacts } from "../facts";
import { findingsOf, type Details, type Finding, type Subject } from "../finding";
import { isInstalled, releasesOf, type WantedRelease } from "../mesh-parts";
import { clusterPlace, reasonText, type Situation, whenKnown } from "../situation";

const restore = "helm get manifest {release} -n {namespace} | kubectl apply --server-side --force-conflicts -f -";
/** How many changed fields of one object are listed. */
const shown = 3;

export const releases = {
  name: "releases",
  title: "Helm releases, against what the cluster has",
  how: "kubectl get secret -A -l owner=helm; then each object of the stored manifests",
  kinds: {
    "not-installed": { level: "ok", what: "The mesh is not installed yet." },
    missing: {
      level: "problem",
      what: "Helm knows of no such release, though others of the mesh are there.",
      suggestion: "pulumi up; if it finds no changes: pulumi up --refresh.",
    },
    stuck: {
      level: "problem",
      what: "Helm was killed in the middle: revision {revision} is {status}.",
      suggestion:
        "Revision 1: helm uninstall {release} -n {namespace}. A later one: helm rollback {release} -n {namespace}. Then pulumi up.",
    },
    failed: {
      level: "problem",
      what: "Revision {revision} is {status}.",
      suggestion: "pulumi up; kubectl -n {namespace} get events shows why it failed.",
    },
    "other-version": {
      level: "warning",
      what: "Chart {chart} is at {given}, and the stack file sets {version}.",
      suggestion: "pulumi up.",
    },
    "object-missing": {
      level: "problem",
      what: "It was deleted. Helm and Pulumi do not see that.",
      suggestion: restore,
    },
    "object-changed": {
      level: "problem",
      what: "It was changed: {changes}. Helm and Pulumi do not see that.",
      suggestion: restore,
    },
    "object-unclear": {
      level: "unknown",
      what: "Nobody could look at it: {why}.",
      suggestion: "Fix that, and check again.",
    },
    "pods-missing": {
      level: "problem",
      what: "No pod of {wanted} is ready.",
      suggestion: "kubectl -n {namespace} describe {kind} {object}",
    },
    "pods-few": {
      level: "warning",
      what: "{ready} of {wanted} pods are ready.",
      suggestion: "kubectl -n {namespace} describe {kind} {object}",
    },
    intact: { level: "ok", what: "Revision {revision} of {chart} {given}: {count} objects, all as Helm left them." },
  },
} as const satisfies Subject;

const finding = findingsOf(releases);

/** Is all there that Helm has put there, and as it has? */
export function checkReleases({ settings, facts }: Situation): readonly Finding[] {
  const where = clusterPlace(settings);
  const questions = { there: facts.kubernetes.releases, installed: isInstalled(facts) };
  return whenKnown({ finding, where }, questions, ({ there, installed }) => {
    if (!installed) return [finding("not-installed", where)];
    return releasesOf(settings).flatMap((wanted) => {
      const found = there.find(({ name, namespace }) => name === wanted.name && namespace === wanted.namespace);
      const place = `release ${wanted.name} in ${wanted.namespace}`;
      return found === undefined ? [finding("missing", place)] : checkRelease(found, wanted, place);
    });
  });
}

function checkRelease(found: ReleaseFacts, wanted: WantedRelease, where: string): readonly Finding[] {
  const { name: release, namespace, revision, status, chart, version: given, objects } = found;
  const details: Details = { release, namespace, revision, status, chart, given, version: wanted.version };
  if (status.startsWith("pending")) return [finding("stuck", where, details)];
  const scaled = autoscaledIn(found);
  const bad = [
    ...(status === "deployed" ? [] : [finding("failed", where, details)]),
    ...(given === wanted.version ? [] : [finding("other-version", where, details)]),
    ...objects.flatMap((object) => checkObject(object, scaled, details)),
  ];
  return bad.length > 0 ? bad : [finding("intact", where, { ...details, count: objects.length })];
}

/** Names of what an autoscaler of the release gives its number of pods. */
function autoscaledIn({ objects }: ReleaseFacts): readonly string[] {
  return objects
    .filter(({ wanted }) => wanted.kind === "HorizontalPodAutoscaler")
    .map(({ wanted }) => String(at(wanted, "spec", "scaleTargetRef", "name")));
}

function checkObject(
  { wanted, found }: ReleaseFacts["objects"][number],
  scaled: readonly string[],
  details: Details,
): readonly Finding[] {
  const where = `${placeOf(wanted)} (release ${String(details["release"])})`;
  if (!found.known) return [finding("object-unclear", where, { why: reasonText(found.refusal) })];
  if (found.answer === undefined) return [finding("object-missing", where, details)];
  const changes = changesOf(wanted, found.answer, scaled.includes(wanted.metadata.name));
  const shownChanges = changes.slice(0, shown).map(changeText);
  const rest = changes.length > shown ? [`${changes.length - shown} more`] : [];
  return [
    ...(changes.length > 0
      ? [finding("object-changed", where, { ...details, changes: [...shownChanges, ...rest].join("; ") })]
      : []),
    ...checkPods(found.answer, wanted, where),
  ];
}

/** Whether what makes pods has them. */
function checkPods(found: KubernetesObject, { kind, metadata }: KubernetesObject, where: string): readonly Finding[] {
  const counts = podsOf(String(kind), found);
  if (counts === undefined || counts.ready >= counts.wanted) return [];
  const object = metadata.name;
  const { namespace = "default" } = found.metadata;
  const details = { ...counts, object, namespace, kind: String(kind).toLowerCase() };
  return [finding(counts.ready === 0 ? "pods-missing" : "pods-few", where, details)];
}

function podsOf(kind: string, found: KubernetesObject) {
  if (kind === "DaemonSet") {
    const wanted = numberAt(found, "status", "desiredNumberScheduled");
    return { wanted, ready: numberAt(found, "status", "numberReady") };
  }
  if (kind !== "Deployment" && kind !== "StatefulSet") return undefined;
  return { wanted: numberAt(found, "spec", "replicas"), ready: numberAt(found, "status", "readyReplicas") };
}
