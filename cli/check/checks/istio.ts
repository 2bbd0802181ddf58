import semver from "semver";
import { minorOf } from "../../../components/control-plane/charts/versions";
import { installs } from "../../../components/control-plane/control-planes";
import { ownNamespaces } from "../../../components/control-plane/namespaces/namespaces-plan";
import type { MeshSettings } from "../../../components/plan/settings";
import type { ReleaseFacts } from "../facts";
import { findingsOf, type Finding, type Subject } from "../finding";
import { type KubernetesObject, listAt, ownersOf, placeOf } from "../kubernetes-object";
import { isInstalled, releasesOf } from "../mesh-parts";
import { clusterPlace, type Situation, whenKnown } from "../situation";

export const istio = {
  name: "istio",
  title: "Istio that is there already",
  how: "kubectl get crd,deployment,namespace -A -o yaml --show-managed-fields",
  kinds: {
    "definitions-of-others": {
      level: "problem",
      what: "{count} of Istio's definitions, such as {example}, are kept by {owners}: Helm would refuse with invalid ownership metadata.",
      suggestion:
        "Leave them out with istio.values.base.base.excludedCRDs; or, if nobody else needs them: kubectl annotate --overwrite crd <name> meta.helm.sh/release-name=istio-base meta.helm.sh/release-namespace={namespace} and kubectl label --overwrite crd <name> app.kubernetes.io/managed-by=Helm, for each.",
    },
    "other-control-plane": {
      level: "warning",
      what: "Another istiod runs in the cluster, kept by {owners}. Two of them conflict over webhooks and definitions unless their revisions differ.",
      suggestion: "Remove it, or give the mesh an istio.revision of its own and follow docs/upgrades.md.",
    },
    "no-control-plane": {
      level: "problem",
      what: "The profile empty leaves Istio to someone else, and there is no istiod.",
      suggestion: "Install Istio, or choose another istio.profile.",
    },
    "namespace-taken": {
      level: "problem",
      what: "It is there already, kept by {owners}: pulumi up would stop at it.",
      suggestion:
        "Remove it if it is empty; or name another one (istio.namespace, gateway.namespace); or pulumi import kubernetes:core/v1:Namespace mesh-namespace-{name} {name}",
    },
    "old-patch": {
      level: "warning",
      what: "Istio {installed} runs, and {newest} is the newest patch of its minor that istio-eks knows: fixes and security updates are missing.",
      suggestion:
        'Write istio.version: "{newest}", then pulumi up. istio-eks versions asks the chart repository for later patches.',
    },
    clear: { level: "ok", what: "Nothing of another Istio is in the way." },
  },
} as const satisfies Subject;

const finding = findingsOf(istio);

/** Is something there that conflicts with the mesh? */
export function checkIstio({ settings, facts }: Situation): readonly Finding[] {
  const where = clusterPlace(settings);
  const { definitions, istiods, namespaces, releases } = facts.kubernetes;
  const questions = { definitions, istiods, namespaces, releases, installed: isInstalled(facts) };
  return whenKnown({ finding, where }, questions, (answers) => {
    if (!installs(settings)) {
      return answers.istiods.length === 0 ? [finding("no-control-plane", where)] : [finding("clear", where)];
    }
    const bad = [
      ...checkPatches(answers.releases),
      ...checkDefinitions(answers.definitions, settings, where),
      ...checkIstiods(answers.istiods, settings),
      ...(answers.installed ? [] : checkNamespaces(answers.namespaces, settings)),
    ];
    return bad.length > 0 ? bad : [finding("clear", where)];
  });
}

/** Control planes that are behind the newest patch of their minor. */
function checkPatches(releases: readonly ReleaseFacts[]): readonly Finding[] {
  return releases
    .filter(({ chart }) => chart === "istiod")
    .flatMap(({ name, namespace, version: installed }) => {
      const newest = minorOf(installed)?.newestPatch;
      if (newest === undefined || !semver.valid(installed) || semver.gte(installed, newest)) return [];
      return [finding("old-patch", `release ${name} in ${namespace}`, { installed, newest })];
    });
}

/**
 * The chart has definitions of these groups alone; others, such as those of the operator that Istio had, are nobody's
 * matter. Source: istio/istio manifests/charts/base/files/crd-all.gen.yaml
 */
const ofChart = /\.(networking|security|telemetry|extensions)\.istio\.io$/;

function checkDefinitions(all: readonly KubernetesObject[], settings: MeshSettings, where: string) {
  const { namespace, values } = settings.controlPlane;
  const excluded = listAt(values.base, "base", "excludedCRDs");
  const others = all
    .filter(({ metadata }) => ofChart.test(metadata.name) && !excluded.includes(metadata.name))
    .filter((definition) => !isOf(definition, { name: "istio-base", namespace }));
  const [first] = others;
  if (first === undefined) return [];
  const owners = [...new Set(others.flatMap(ownersOf))].join(", ");
  const details = { count: others.length, example: first.metadata.name, owners, namespace };
  return [finding("definitions-of-others", where, details)];
}

function checkIstiods(all: readonly KubernetesObject[], settings: MeshSettings): readonly Finding[] {
  const releases = releasesOf(settings);
  return all
    .filter((istiod) => !releases.some((release) => isOf(istiod, release)))
    .map((istiod) =>
      finding("other-control-plane", placeOf({ ...istiod, kind: "Deployment" }), {
        owners: ownersOf(istiod).join(", "),
      }),
    );
}

/** Whether Helm takes an object for one of this release. */
function isOf(
  { metadata }: KubernetesObject,
  { name, namespace }: { readonly name: string; readonly namespace: string },
) {
  const marks = metadata.annotations ?? {};
  return (
    marks["meta.helm.sh/release-name"] === name &&
    marks["meta.helm.sh/release-namespace"] === namespace &&
    metadata.labels?.["app.kubernetes.io/managed-by"] === "Helm"
  );
}

/** Pulumi makes only what is not there. What Pulumi itself has made may be of an `up` that was stopped. */
function checkNamespaces(there: readonly KubernetesObject[], settings: MeshSettings): readonly Finding[] {
  const wanted = ownNamespaces(settings);
  return there
    .filter(({ metadata: { name } }) => wanted.includes(name))
    .filter((namespace) => !ownersOf(namespace).some((owner) => owner.startsWith("pulumi")))
    .map((namespace) => {
      const { name } = namespace.metadata;
      return finding("namespace-taken", `Namespace ${name}`, { name, owners: ownersOf(namespace).join(", ") });
    });
}
