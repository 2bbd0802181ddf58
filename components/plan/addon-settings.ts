import type { InputValue, Tree } from "./input-value";

/** A chart of someone else's, in one version. */
export interface ChartSettings {
  readonly chart: string;
  readonly version: string;
  readonly repository: string;
  /** The user's values, merged last. */
  readonly values: Tree;
}

/** What the mesh is watched with; undefined: not wanted. */
export interface AddonsSettings {
  readonly prometheus: PrometheusSettings | ExistingSettings | undefined;
  readonly grafana: GrafanaSettings | ExistingSettings | undefined;
  readonly kiali: KialiSettings | undefined;
  readonly jaeger: JaegerSettings | undefined;
  readonly cloudwatch: CloudwatchSettings | undefined;
}

/** Someone else runs it; the others use it. */
export interface ExistingSettings {
  readonly kind: "existing";
  readonly url: InputValue;
}

/** What every add-on is that the mesh installs as one pod. */
export interface InstalledSettings {
  readonly kind: "installed";
  readonly chart: ChartSettings;
  readonly resources: Tree;
}

export interface PrometheusSettings extends InstalledSettings {
  readonly retention: string;
  readonly storage: StorageSettings | undefined;
  readonly managed: ManagedPrometheusSettings | undefined;
}

/** A workspace of Amazon Managed Service for Prometheus, to which everything is written too. */
export interface ManagedPrometheusSettings {
  readonly endpoint: InputValue;
  readonly workspaceArn: InputValue;
  /** None: the cluster's. */
  readonly region: InputValue | undefined;
}

export interface GrafanaSettings extends InstalledSettings {
  readonly storage: StorageSettings | undefined;
  /** Whether to download Istio's dashboards. */
  readonly dashboards: boolean;
}

export type KialiSettings = InstalledSettings;

export interface JaegerSettings extends InstalledSettings {
  readonly retention: string;
  readonly storage: StorageSettings | undefined;
}

export interface CloudwatchSettings {
  /** None: the one that EKS holds to be right for the cluster. */
  readonly version: string | undefined;
  readonly configuration: Tree;
}

/** A volume that outlives the pod. */
export interface StorageSettings {
  readonly size: string;
  /** None: the cluster's default class. */
  readonly storageClass: string | undefined;
}
