import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { type AddonArgs, addonMembers } from "../inputs/kubernetes/addon-args";
import { goDuration, prometheusDuration } from "../inputs/duration";
import { field } from "../inputs/form";
import { inputValue } from "../inputs/input-value";
import { type ResourcesArgs, resourcesShape } from "../inputs/kubernetes/pod-resources-args";
import { mapOf, shape } from "../inputs/shape";
import { anyText, subdomainName, quantity } from "../inputs/text";
import { httpUrl, managedPrometheusArn, managedPrometheusEndpoint } from "../inputs/network/url";

/**
 * What one watches a mesh with; each is on when its block is there. They are installed beside the control plane, after
 * it, and go before it; the mesh and its address never wait for them. `kubectl port-forward` reaches them, or routes of
 * an ingress.
 */
export interface AddonsArgs {
  /** Metrics of the mesh. */
  prometheus?: PrometheusArgs;
  /** Dashboards, with Istio's own. Needs `prometheus`. */
  grafana?: GrafanaArgs;
  /** Console of the mesh: who talks to whom, and what is misconfigured. Needs `prometheus`. */
  kiali?: KialiArgs;
  /** Traces; `telemetry.tracing` with provider `otlp` leads there by itself. */
  jaeger?: JaegerArgs;
  /** Logs, metrics and Application Signals in CloudWatch: the EKS add-on amazon-cloudwatch-observability. */
  cloudwatch?: CloudwatchArgs;
}

/** A volume that outlives the pod. */
export interface StorageArgs {
  /** Its size. @example `"50Gi"` */
  size: string;
  /**
   * Its StorageClass; EKS marks none as default by itself.
   *
   * @defaultValue the cluster's default class
   * @remarks Kubernetes changes it on no existing volume: with another class `pulumi up` fails for Prometheus and Grafana, and
   * replaces the volume of Jaeger, whose data are lost. To change it, remove the add-on in one `pulumi up`, which deletes its
   * data, and add it in the next.
   * @example `"gp3"`
   */
  storageClass?: string;
}

/** Prometheus, https://github.com/prometheus-community/helm-charts, scraping the mesh and nothing else. */
export interface PrometheusArgs extends AddonArgs {
  /** A Prometheus that is there already, in place of one of the mesh. @example `"http://prometheus.monitoring:9090"` */
  url?: pulumi.Input<string>;
  /** How long it keeps metrics. @defaultValue `"15d"` @example `"30d"` */
  retention?: string;
  /** Where it keeps them. @defaultValue none: they are lost with the pod */
  storage?: StorageArgs;
  /** What its pod asks for and may use. @defaultValue 250m/512Mi to 2Gi */
  resources?: ResourcesArgs;
  /** Also writes everything to Amazon Managed Service for Prometheus, with an IAM role by EKS Pod Identity. */
  managedPrometheus?: ManagedPrometheusArgs;
}

/** A workspace of Amazon Managed Service for Prometheus. */
export interface ManagedPrometheusArgs {
  /**
   * `prometheusEndpoint` of the `aws.amp.Workspace`.
   *
   * @example `"https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-0a1b2c3d-0000-4000-8000-0123456789ab/"`
   */
  endpoint: pulumi.Input<string>;
  /**
   * `arn` of the `aws.amp.Workspace`.
   *
   * @example `"arn:aws:aps:eu-central-1:123456789012:workspace/ws-0a1b2c3d-0000-4000-8000-0123456789ab"`
   */
  workspaceArn: pulumi.Input<string>;
  /** Its region. @defaultValue the cluster's @example `"eu-west-1"` */
  region?: pulumi.Input<string>;
}

/** Grafana, https://github.com/grafana-community/helm-charts */
export interface GrafanaArgs extends AddonArgs {
  /** A Grafana that is there already, for Kiali to link to. @example `"http://grafana.monitoring:3000"` */
  url?: pulumi.Input<string>;
  /** Where it keeps what users make. @defaultValue none: that is lost with the pod; Istio's dashboards are not */
  storage?: StorageArgs;
  /** What its pod asks for and may use. @defaultValue 100m/256Mi to 512Mi */
  resources?: ResourcesArgs;
  /**
   * Istio's dashboards, downloaded from grafana.com whenever its pod starts. Where it cannot be reached, its pod waits a
   * minute for each and starts without them: write `false` there.
   *
   * @defaultValue `true`
   * @example `false`
   */
  dashboards?: boolean;
}

/** Kiali, https://github.com/kiali/helm-charts; one signs in with a Kubernetes token. */
export interface KialiArgs extends AddonArgs {
  /** What its pod asks for and may use. @defaultValue 50m/128Mi to 1Gi */
  resources?: ResourcesArgs;
}

/** Jaeger, https://github.com/jaegertracing/helm-charts, as one pod that takes, keeps and shows traces. */
export interface JaegerArgs extends AddonArgs {
  /** With `storage`: how long it keeps traces. @defaultValue `"72h"` @example `"168h"` */
  retention?: string;
  /** Where it keeps them. @defaultValue none: in memory, the newest 100,000 */
  storage?: StorageArgs;
  /** What its pod asks for and may use. @defaultValue 100m/256Mi to 1Gi */
  resources?: ResourcesArgs;
}

/** The EKS add-on, with an IAM role by EKS Pod Identity. */
export interface CloudwatchArgs {
  /** Its version. @defaultValue the one that EKS holds to be right for the cluster @example `"v4.3.1-eksbuild.1"` */
  version?: string;
  /**
   * Its configuration, as `aws eks describe-addon-configuration` describes it.
   *
   * @example `{ containerLogs: { enabled: false } }`
   */
  values?: pulumi.Inputs;
}

const storageShape = shape({
  size: field(quantity),
  storageClass: field(subdomainName).optional(),
} satisfies Record<keyof StorageArgs, z.ZodType>);

const managedPrometheusShape = shape({
  endpoint: field(inputValue(managedPrometheusEndpoint)),
  workspaceArn: field(inputValue(managedPrometheusArn)),
  region: field(inputValue(anyText)).optional(),
} satisfies Record<keyof ManagedPrometheusArgs, z.ZodType>);

const prometheusShape = shape({
  ...addonMembers,
  url: field(inputValue(httpUrl)).optional(),
  retention: field(prometheusDuration).optional(),
  storage: storageShape.optional(),
  resources: resourcesShape.optional(),
  managedPrometheus: managedPrometheusShape.optional(),
} satisfies Record<keyof PrometheusArgs, z.ZodType>);

const grafanaShape = shape({
  ...addonMembers,
  url: field(inputValue(httpUrl)).optional(),
  storage: storageShape.optional(),
  resources: resourcesShape.optional(),
  dashboards: z.boolean().optional(),
} satisfies Record<keyof GrafanaArgs, z.ZodType>);

const kialiShape = shape({
  ...addonMembers,
  resources: resourcesShape.optional(),
} satisfies Record<keyof KialiArgs, z.ZodType>);

const jaegerShape = shape({
  ...addonMembers,
  retention: field(goDuration).optional(),
  storage: storageShape.optional(),
  resources: resourcesShape.optional(),
} satisfies Record<keyof JaegerArgs, z.ZodType>);

const cloudwatchShape = shape({
  version: field(anyText).optional(),
  values: mapOf(z.unknown()).optional(),
} satisfies Record<keyof CloudwatchArgs, z.ZodType>);

export const addonsShape = shape({
  prometheus: prometheusShape.optional(),
  grafana: grafanaShape.optional(),
  kiali: kialiShape.optional(),
  jaeger: jaegerShape.optional(),
  cloudwatch: cloudwatchShape.optional(),
} satisfies Record<keyof AddonsArgs, z.ZodType>);
