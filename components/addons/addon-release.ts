import type { ChartSettings, StorageSettings } from "../plan/addon-settings";
import type { InputValue, Tree } from "../plan/input-value";
import type { Problem } from "../plan/problem";
import type { DeferredValue } from "../plan/release";

/** An add-on as a Helm release, before the user's values are merged in. */
export interface AddonRelease {
  /** Logical name. */
  readonly name: string;
  /** Member of the arguments that has its values. */
  readonly path: string;
  readonly releaseName: string;
  readonly chart: ChartSettings;
  /** Values that the user may change. */
  readonly defaults: Tree;
  /** Values on which the others rely. */
  readonly required: Tree;
  /** Finds values of the user's for which the chart fails; `path` is theirs. */
  readonly checkValues?: (values: Tree, path: string) => readonly Problem[];
  /** Values that are put together at the edge. */
  readonly deferred: readonly DeferredValue[];
  /** Logical names of what comes before it, besides the control plane. */
  readonly after: readonly string[];
}

/** Where the add-ons are. */
export interface AddonPlace {
  readonly namespace: string;
  readonly clusterName: InputValue;
  /** Called only by add-ons that need it: it may take a query to AWS. */
  readonly region: () => InputValue;
  readonly tags: Readonly<Record<string, InputValue>>;
  /** Of their IAM roles. */
  readonly permissionsBoundary: InputValue | undefined;
}

/** Pods of add-ons are outside the mesh: they are there to watch it also when it fails. */
export const outsideMesh = { "sidecar.istio.io/inject": "false", "istio.io/dataplane-mode": "none" } as const;

/** What containers beside an add-on's own ask for, which only start it or tell it of changes. */
export const fewResources: Tree = { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } };

/** A Service of an add-on, as a URL. */
export function urlOf(service: string, { namespace }: { readonly namespace: string }, port: number): string {
  return `http://${service}.${namespace}:${port}`;
}

/** A volume as charts take it; they differ in the word for its class. */
export function volumeOf({ size, storageClass }: StorageSettings, classKey = "storageClass"): Tree {
  return { size, ...(storageClass === undefined ? {} : { [classKey]: storageClass }) };
}
