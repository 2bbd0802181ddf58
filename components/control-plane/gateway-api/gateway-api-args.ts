import type { z } from "zod";
import { choice } from "../../inputs/choice";
import { field, patternForm } from "../../inputs/form";
import { problemIf } from "../../inputs/problem";
import { shape } from "../../inputs/shape";
import { anyText } from "../../inputs/text";
import type { Resolved } from "../../plan/problem";
import type { CrdSettings, MeshSettings } from "../../plan/settings";
import { GatewayApiChannel, GatewayApiCrds, Mode, Routing } from "../../plan/enums";
import { installs } from "../control-planes";
import { invariant } from "../../inputs/invariant";
import { minorOf } from "../charts/versions";

/** The Gateway API's CustomResourceDefinitions. EKS brings none, and they are kept when the mesh goes. */
export interface GatewayApiArgs {
  /**
   * `install` them, or `external`: someone else does (another tool, the load balancer controller's owner).
   *
   * @defaultValue `"install"` when something needs them: `routing: "gateway-api"`, a waypoint or ambient mode
   * @example `"external"`
   */
  crds?: GatewayApiCrds;
  /** Release of the Gateway API. @defaultValue the one that this minor of Istio reads @example `"v1.5.1"` */
  version?: string;
  /** Release channel of the Gateway API. @defaultValue `"standard"` @example `"experimental"` */
  channel?: GatewayApiChannel;
  /**
   * URL or path of the bundle, for a mirror.
   *
   * @defaultValue the release's file on GitHub
   * @example `"https://mirror.example.com/gateway-api/v1.6.0/standard-install.yaml"`
   */
  manifest?: string;
}

export const gatewayApiShape = shape({
  crds: field(choice(GatewayApiCrds)).optional(),
  version: field(patternForm("a release of the Gateway API, such as v1.6.0", /^v\d+\.\d+\.\d+$/)).optional(),
  channel: field(choice(GatewayApiChannel)).optional(),
  manifest: field(anyText).optional(),
} satisfies Record<keyof GatewayApiArgs, z.ZodType>);

/** What the definitions depend on. */
export interface GatewayApiContext {
  /** Whether the mesh needs them. */
  readonly needed: boolean;
  /** The release that this minor of Istio reads. */
  readonly wanted: string;
}

/** What `gatewayApi` must know, from the settings of the control plane and the gateways. */
export function gatewayApiContext(mesh: Pick<MeshSettings, "mode" | "controlPlane" | "gateways">): GatewayApiContext {
  const { main, canary } = mesh.controlPlane;
  const { version } = canary ?? main;
  // A version of an unknown minor is not valid.
  return { needed: needsGatewayApi(mesh), wanted: invariant(minorOf(version), `the minor of ${version}`).gatewayApi };
}

/** Decides whether to install a bundle, and which. */
export function resolveGatewayApi(
  args: GatewayApiArgs,
  { needed, wanted }: GatewayApiContext,
): Resolved<CrdSettings | undefined> {
  const install = (args.crds ?? (needed ? GatewayApiCrds.Install : GatewayApiCrds.External)) === GatewayApiCrds.Install;
  const version = args.version ?? wanted;
  const other = install && args.manifest === undefined && version !== wanted;
  return {
    settings: install
      ? { manifest: args.manifest ?? bundle(version, args.channel ?? GatewayApiChannel.Standard) }
      : undefined,
    problems: [...unusedMembers(args, install), ...bothWays(args)],
    warnings: [
      ...(other
        ? [`gatewayApi.version: this Istio reads ${wanted}; of ${version} it may silently ignore some kinds.`]
        : []),
      ...(needed && !install ? [`gatewayApi.crds: ${missing(wanted)}`] : []),
    ],
  };
}

/** Whether a mesh needs the definitions. Ambient mode does even without a Gateway: waypoints are Gateways. */
export function needsGatewayApi(mesh: Pick<MeshSettings, "mode" | "controlPlane" | "gateways">): boolean {
  const { mode, gateways } = mesh;
  return installs(mesh) && (mode === Mode.Ambient || gateways.some(({ routing }) => routing === Routing.GatewayApi));
}

/** Pulumi's preview cannot see that definitions are missing, and `up` retries for a minute. */
function missing(wanted: string): string {
  return (
    `the definitions are someone else's; this Istio reads ${wanted}. Without them \`pulumi up\` stops after a minute with ` +
    'no matches for kind "Gateway".'
  );
}

/** Source: https://gateway-api.sigs.k8s.io/guides/getting-started/introduction/#installing-gateway-api */
function bundle(version: string, channel: GatewayApiChannel): string {
  return `https://github.com/kubernetes-sigs/gateway-api/releases/download/${version}/${channel}-install.yaml`;
}

function unusedMembers(args: GatewayApiArgs, install: boolean) {
  return (["version", "channel", "manifest"] as const).flatMap((member) =>
    problemIf(!install && args[member] !== undefined, `gatewayApi.${member}`, {
      given: args[member],
      allowed: "nothing: no CRDs are installed here",
      suggestion: 'write crds: "install", or remove it',
    }),
  );
}

function bothWays(args: GatewayApiArgs) {
  return (["version", "channel"] as const).flatMap((member) =>
    problemIf(args.manifest !== undefined && args[member] !== undefined, `gatewayApi.${member}`, {
      given: args[member],
      allowed: "nothing beside manifest, which is one version and channel already",
      suggestion: `remove ${member} or manifest`,
    }),
  );
}
