import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { choice } from "../../inputs/choice";
import { field, textForm, type Form } from "../../inputs/form";
import { mapOf, shape } from "../../inputs/shape";
import { anyText, resourceName, labelValue, revision, revisionTag, labelKey } from "../../inputs/text";
import { Profile } from "../../plan/enums";
import { istioChartRepository } from "../charts/chart-repository";
import { istioVersion } from "./istio-version";

/** Which Istio is installed, from where, and with which values. */
export interface IstioArgs {
  /**
   * Version of Istio, which is also the version of its charts.
   *
   * @defaultValue `"1.31.4"`; a later version of istio-eks may have another one
   * @remarks Changing it upgrades in place: base, istiod, cni and ztunnel, then the gateways; nothing is replaced.
   * @example `"1.30.8"`
   */
  version?: string;
  /**
   * What is installed; docs/arguments.md has a table. `minimal` is the control plane only; `empty` installs no chart at all,
   * for an Istio that someone else runs.
   *
   * @defaultValue `"default"`
   * @example `"minimal"`
   */
  profile?: Profile;
  /**
   * Name of this control plane when several live side by side; becomes part of names, so no dots.
   *
   * @defaultValue none: the unrevisioned control plane
   * @example `"1-31-1"`
   */
  revision?: string;
  /**
   * Stable names that namespaces may use in place of the revision (`istio.io/rev=<tag>`). The tag `default` also serves
   * `istio-injection=enabled`, and is for a revisioned control plane that has replaced the unrevisioned one.
   *
   * @example `["stable"]`
   */
  revisionTags?: string[];
  /**
   * Namespace of the control plane; made and removed with the mesh, unless `createNamespace` is `false`.
   *
   * @defaultValue `"istio-system"`
   * @example `"mesh-system"`
   */
  namespace?: string;
  /**
   * Whether the mesh makes the control plane's namespace, and removes it on destroy. `false`: it exists already; its labels are
   * patched, and taken back on destroy, and only objects that the mesh made are removed from it.
   *
   * @defaultValue `true`
   * @remarks Do not change it from `true` to `false` for a namespace that the mesh made: Pulumi would delete the namespace with
   * everything in it. To hand it over, first remove it from the stack's state with `pulumi state delete`.
   * @example `false`
   */
  createNamespace?: boolean;
  /**
   * More labels for the control plane's namespace. They win over the mesh's own.
   *
   * @defaultValue none; with the agents of cni or ztunnel, `pod-security.kubernetes.io/enforce: privileged`
   * @example `{ team: "platform" }`
   */
  namespaceLabels?: { [label: string]: string };
  /**
   * Where charts come from: a chart repository's URL, `oci://…`, or a path to a folder with one folder per chart.
   *
   * @defaultValue `"https://blob.istio.io/istio-release/charts"`
   * @example `"oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/istio-charts"`
   */
  chartRepository?: string;
  /**
   * Registry of Istio's images; point it at your mirror.
   *
   * @defaultValue `"docker.io/istio"`
   * @example `"123456789012.dkr.ecr.eu-central-1.amazonaws.com/istio"`
   */
  imageHub?: string;
  /**
   * Istio's mesh configuration, https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/
   *
   * @example `{ accessLogFile: "/dev/stdout" }`
   */
  meshConfig?: pulumi.Inputs;
  /** Values per chart, merged last. What the mode needs may not be contradicted. */
  values?: ChartValuesArgs;
  /**
   * Sidecar mode: set up redirection with the Istio CNI plugin in place of a privileged init container.
   *
   * @defaultValue `false`
   * @example `true`
   */
  sidecarCni?: boolean;
  /** A second control plane beside the first, for an upgrade step by step. */
  canary?: CanaryArgs;
}

/** A second control plane. To promote it, move its `version` and `revision` up to `istio` and remove the block. */
export interface CanaryArgs {
  /** Version of the second control plane. @example `"1.32.0"` */
  version: string;
  /** Its name; different from the main one's. @example `"1-32-0"` */
  revision: string;
  /** Tags it serves; a tag lives in exactly one control plane. @example `["next"]` */
  revisionTags?: string[];
}

/** Values for Istio's charts, by the name of the chart. */
export interface ChartValuesArgs {
  /** Values for the chart `base`. @example `{ base: { excludedCRDs: ["wasmplugins.extensions.istio.io"] } }` */
  base?: pulumi.Inputs;
  /** Values for the chart `istiod`. @example `{ env: { PILOT_PUSH_THROTTLE: "50" } }` */
  istiod?: pulumi.Inputs;
  /** Values for the chart `cni`. @example `{ logging: { level: "info" } }` */
  cni?: pulumi.Inputs;
  /** Values for the chart `ztunnel`. @example `{ logLevel: "debug" }` */
  ztunnel?: pulumi.Inputs;
  /**
   * Values for the chart `gateway`, for every gateway it installs.
   *
   * @example `{ podAnnotations: { "example.com/team": "platform" } }`
   */
  gateway?: pulumi.Inputs;
}

const chartRepository: Form = textForm(
  "a chart repository's URL (https://…), an OCI address (oci://…) or the path of a folder",
  (given) => {
    if (given.trim() === "") return "write an address, or remove the line";
    if (/istio-release\.storage\.googleapis\.com|gcr\.io\/istio-release/.test(given)) {
      return `Istio closes this place in December 2026; write ${istioChartRepository}`;
    }
    return /^\w+:\/\//.test(given) && !/^(https?|oci):\/\//.test(given)
      ? "begin it with https:// or oci://"
      : undefined;
  },
);

const profile = choice(Profile, {
  external: 'the old name of "remote"; write "remote"',
  ambient: 'ambient is a mode here; write mode: "ambient" and leave the profile out',
});

const tree = mapOf(z.unknown());

const valuesShape = shape({
  base: tree.optional(),
  istiod: tree.optional(),
  cni: tree.optional(),
  ztunnel: tree.optional(),
  gateway: tree.optional(),
} satisfies Record<keyof ChartValuesArgs, z.ZodType>);

const canaryShape = shape({
  version: field(istioVersion),
  revision: field(revision),
  revisionTags: z.array(field(revisionTag)).optional(),
} satisfies Record<keyof CanaryArgs, z.ZodType>);

export const istioShape = shape({
  version: field(istioVersion).optional(),
  profile: field(profile).optional(),
  revision: field(revision).optional(),
  revisionTags: z.array(field(revisionTag)).optional(),
  namespace: field(resourceName).optional(),
  createNamespace: z.boolean().optional(),
  namespaceLabels: mapOf(field(labelValue), labelKey).optional(),
  chartRepository: field(chartRepository).optional(),
  imageHub: field(anyText).optional(),
  meshConfig: tree.optional(),
  values: valuesShape.optional(),
  sidecarCni: z.boolean().optional(),
  canary: canaryShape.optional(),
} satisfies Record<keyof IstioArgs, z.ZodType>);
