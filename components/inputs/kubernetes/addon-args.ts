import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { field, patternForm, textForm, type Form } from "../form";
import { mapOf, shape } from "../shape";

/** An add-on, and the Helm chart that it comes from. */
export interface AddonArgs {
  /** Version of its chart. @defaultValue one that was tested; docs/telemetry.md has a table @example `"2.29.0"`, of Kiali's chart */
  version?: string;
  /**
   * Values for its chart, merged last. What others rely on, such as the name of a Service, may not be contradicted.
   *
   * @example `{ podLabels: { team: "platform" } }`, for the charts of Grafana and of the OpenTelemetry Collector
   */
  values?: pulumi.Inputs;
  /**
   * Where its chart comes from: a chart repository's URL, `oci://…`, or a path to a folder with one folder per chart.
   *
   * @example `"oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/charts"`
   */
  chartRepository?: string;
}

/** Source: https://helm.sh/docs/topics/charts/#charts-and-versioning */
const chartVersion: Form = patternForm(
  "a full version of the chart, such as 2.29.0",
  /^v?\d+\.\d+\.\d+([-+][\w.+-]+)?$/,
);

const repository: Form = textForm(
  "a chart repository's URL (https://…), an OCI address (oci://…) or the path of a folder",
  (given) => {
    if (given.trim() === "") return "write an address, or remove the line";
    return /^\w+:\/\//.test(given) && !/^(https?|oci):\/\//.test(given)
      ? "begin it with https:// or oci://"
      : undefined;
  },
);

/** The members that every add-on has. */
export const addonMembers = {
  version: field(chartVersion).optional(),
  values: mapOf(z.unknown()).optional(),
  chartRepository: field(repository).optional(),
} satisfies Record<keyof AddonArgs, z.ZodType>;

export const addonShape = shape(addonMembers);
