import { isNewer, minorOf } from "../../../components/control-plane/charts/versions";
import { at, type KubernetesObject, listAt, textAt } from "../../check/kubernetes-object";
import { InputError } from "../../input-error";
import type { InstalledRelease } from "../inventory";
import type { Note } from "../report/note";

/** One istiod. */
export interface ControlPlane {
  readonly namespace: string;
  /** Empty: unrevisioned. */
  readonly revision: string;
  readonly version: string;
  /** Registry of its image. */
  readonly hub: string;
  /** Revision tags that lead to it. */
  readonly tags: readonly string[];
  /** Its Helm release; none: istioctl or plain manifests made it. */
  readonly release: InstalledRelease | undefined;
}

/** The mesh that is taken over: its main control plane, and the one beside it during an upgrade. */
export interface ControlPlanes {
  readonly main: ControlPlane;
  readonly canary: ControlPlane | undefined;
  readonly notes: readonly Note[];
}

export interface ControlPlaneFacts {
  readonly istiods: readonly KubernetesObject[];
  readonly releases: readonly InstalledRelease[];
  readonly tagWebhooks: readonly KubernetesObject[];
}

/** Every istiod of the cluster. */
export function controlPlanesIn({ istiods, releases, tagWebhooks }: ControlPlaneFacts): readonly ControlPlane[] {
  return istiods.map(({ metadata, ...rest }) => {
    const namespace = metadata.namespace ?? "";
    const label = metadata.labels?.["istio.io/rev"] ?? "default";
    const revision = label === "default" ? "" : label;
    const release = releases.find(
      ({ chart, namespace: where, values }) =>
        chart === "istiod" && where === namespace && textAt(values, "revision") === revision,
    );
    const image = imageOf(rest);
    return {
      ...{ namespace, revision, release, hub: image.hub, version: release?.version ?? image.version },
      tags: tagWebhooks
        .flatMap(({ metadata: { labels } }) => (labels === undefined ? [] : [labels]))
        .filter((labels) => labels["istio.io/rev"] === label)
        .flatMap(tagOf),
    };
  });
}

/** istioctl writes the tag default also for the control plane that has no revision, where it says nothing. */
function tagOf(labels: Readonly<Record<string, string>>): readonly string[] {
  const { "istio.io/tag": tag, "istio.io/rev": revision } = labels;
  return tag === undefined || tag === revision ? [] : [tag];
}

/** `docker.io/istio/pilot:1.30.4-distroless` */
function imageOf(deployment: unknown): { readonly hub: string; readonly version: string } {
  const containers = listAt(deployment, "spec", "template", "spec", "containers");
  const discovery = containers.find((one) => at(one, "name") === "discovery") ?? containers[0];
  const [, hub = "", version = ""] = /^(.*)\/[^/:]+:(\d+\.\d+\.\d+)/.exec(textAt(discovery, "image")) ?? [];
  return { hub, version };
}

const commonSuggestion = "choose the one to take over with --revision; default is the one without a revision";

/** Chooses the control plane to take over; `revision` decides where there are several. */
export function chooseControlPlane(all: readonly ControlPlane[], revision: string | undefined): ControlPlanes {
  const main = mainOf(all, revision);
  checkVersion(main);
  const beside = all.filter((one) => one !== main && one.namespace === main.namespace);
  const [canary, ...more] = beside;
  if (more.length > 0 || canary?.revision === "") {
    throw new InputError(
      `Beside ${nameOf(main)} there ${beside.length === 1 ? "is" : "are"} ${beside.map(nameOf).join(", ")}.\n\n` +
        "  allowed  one control plane, or a revisioned one beside it during an upgrade\n" +
        `  to do    finish the upgrade with the tool that began it, or ${commonSuggestion}`,
    );
  }
  const others = all.filter(({ namespace }) => namespace !== main.namespace);
  return { main, canary, notes: [...others.map(otherMesh), ...newer(main), ...unfinished(main, canary)] };
}

function mainOf(all: readonly ControlPlane[], revision: string | undefined): ControlPlane {
  const wanted = revision === "default" ? "" : revision;
  const matching = wanted === undefined ? all : all.filter((one) => one.revision === wanted);
  const [main, ...more] = matching;
  if (main !== undefined && more.length === 0) return main;
  const found = all.length === 0 ? "no istiod" : all.map(nameOf).join(", ");
  throw new InputError(
    all.length === 0
      ? "There is no Istio to take over: no Deployment in the cluster has the label app=istiod.\n\n" +
          "  to do    check the context of the kubeconfig; for a new mesh, write the smallest program of the README"
      : `istio-eks adopt takes over one control plane.\n\n  given    ${found}\n  to do    ${commonSuggestion}`,
  );
}

function nameOf({ revision, namespace, version }: ControlPlane): string {
  return `revision ${revision === "" ? "default" : revision} (${version}) in ${namespace}`;
}

function checkVersion({ version, namespace }: ControlPlane): void {
  if (minorOf(version) !== undefined) return;
  throw new InputError(
    `istiod in ${namespace} has the version ${version === "" ? "of an image without a version tag" : version}.\n\n` +
      "  allowed  the versions that `istio-eks versions` lists\n" +
      "  to do    upgrade with the tool that installed it, then adopt",
  );
}

function otherMesh(other: ControlPlane): Note {
  return {
    ...{ kind: "left", subject: `istiod ${nameOf(other)}`, text: "It belongs to another mesh, and stays as it is." },
    suggestion: "Take it over with a stack of its own: run adopt again with its --revision.",
  };
}

function newer({ version }: ControlPlane): readonly Note[] {
  if (!isNewer(version)) return [];
  const text = `Istio ${version} is newer than the versions that istio-eks knows; it is planned as the newest known one.`;
  return [{ kind: "change", subject: "istio.version", text }];
}

function unfinished(main: ControlPlane, canary: ControlPlane | undefined): readonly Note[] {
  if (canary === undefined) return [];
  return [
    {
      ...{
        kind: "same",
        subject: "istio.canary",
        text: `An upgrade from ${nameOf(main)} to ${nameOf(canary)} is under way.`,
      },
      suggestion: "Take both over, then promote or remove istio.canary as in docs/upgrades.md.",
    },
  ];
}
