import { mergeLayers } from "../../components/control-plane/charts/values/chart-values";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import type { KubernetesObjectPlan } from "../../components/plan/kubernetes-object";
import type { MeshSettings } from "../../components/plan/settings";
import { textAt } from "../check/kubernetes-object";
import { type FoundObjects, isThere, plannedObjects } from "./takeover/planned-objects";
import { plannedValues, withValues } from "./residual";
import { withoutSecrets } from "./without-secrets";
import { difference, type Path, type Tree } from "./trees";

/** Members that would say what some objects or a release in the cluster say. */
export interface Proposal {
  readonly args: Tree;
  /** Values of charts that it adds are wanted: the first `up` changes them. */
  readonly changes?: boolean;
  /** What must hold besides; none: nothing. */
  readonly holds?: (settings: MeshSettings) => boolean;
  /** Members that are secrets, and are in no file. */
  readonly secrets?: readonly Path[];
}

/** Reads members from what is there, given the arguments so far; of several proposals the first that holds is taken. */
export type Reader = (args: Tree) => readonly Proposal[];

/** What proposals are held against. */
export interface Evidence {
  readonly found: FoundObjects;
  /** The user's values of each chart, as the cluster has them. */
  readonly charts: Readonly<Record<string, Tree>>;
}

export interface Proposed {
  readonly args: Tree;
  readonly secrets: readonly Path[];
}

/**
 * Adds the members whose plan is what is there: every object that they plan is in the cluster and says the same, and no
 * value of a chart has to give way. Else the objects stay with whoever keeps them.
 */
export function withProposals(args: Tree, readers: readonly Reader[], evidence: Evidence): Proposed {
  return readers.reduce<Proposed>(
    (before, read) => {
      const taken = read(before.args).find((proposal) => isWhatIsThere(before.args, proposal, evidence));
      if (taken === undefined) return before;
      const secrets = taken.secrets === undefined ? before.secrets : [...before.secrets, ...taken.secrets];
      return { args: mergeLayers(before.args, taken.args), secrets };
    },
    { args, secrets: [] },
  );
}

function isWhatIsThere(args: Tree, proposal: Proposal, { found, charts }: Evidence): boolean {
  if (withoutSecrets(proposal.args).secrets.length > 0) return false;
  const next = mergeLayers(args, proposal.args);
  const { settings } = resolveIstioMesh(next);
  if (settings === undefined || proposal.holds?.(settings) === false) return false;
  const [before, after] = [withValues(args, charts), withValues(next, charts)];
  if (after.notes.length > before.notes.length) return false;
  if (proposal.changes !== true && addsValues(before.settings, after.settings, charts)) return false;
  const stsHost = stsHostIn(found);
  const known = plannedObjects(before.settings, found, stsHost).map(contentOf);
  return plannedObjects(after.settings, found, stsHost)
    .filter((object) => !known.includes(contentOf(object)))
    .every((object) => isThere(object, found));
}

/** Whether a chart would get a value that it has not in the cluster. */
function addsValues(before: MeshSettings, after: MeshSettings, charts: Evidence["charts"]): boolean {
  const former = plannedValues(before);
  return Object.entries(plannedValues(after)).some(
    ([chart, values]) => Object.keys(difference(difference(values, former[chart]), charts[chart])).length > 0,
  );
}

/** What an object is, apart from the order in which it is made. */
function contentOf({ kind, metadata, body }: KubernetesObjectPlan): string {
  return JSON.stringify({ kind, metadata, body });
}

/** The regional host of AWS STS, which the mesh makes known where pods may leave it only for known hosts. */
function stsHostIn({ ServiceEntry }: FoundObjects): string {
  const entry = ServiceEntry.find(({ metadata }) => metadata.name === "aws-sts");
  return textAt(entry, "spec", "hosts", 0);
}
