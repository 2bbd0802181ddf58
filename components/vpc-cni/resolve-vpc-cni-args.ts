import semver from "semver";
import { problemIf } from "../inputs/problem";
import type { Problem, Resolved } from "../plan/problem";
import type { VpcCniSettings } from "../plan/settings";
import { LoadBalancerController, Mode, PodSecurityGroupEnforcingMode } from "../plan/enums";
import type { VpcCniArgs } from "./vpc-cni-args";
import { vpcCniConfiguration } from "./vpc-cni-configuration";

/** What the VPC CNI's settings must know of the mesh. */
export interface VpcCniContext {
  readonly mode: Mode;
  readonly controller: LoadBalancerController;
  /** Version of Istio's CNI agent. */
  readonly version: string;
}

/** Decides whether `aws-node` is patched, and checks that it can be. */
export function resolveVpcCni(
  args: VpcCniArgs | undefined,
  context: VpcCniContext,
): Resolved<VpcCniSettings | undefined> {
  if (args === undefined) return { settings: undefined, problems: [], warnings: [] };
  const { podSecurityGroupEnforcingMode, apply } = args;
  const patches = apply !== undefined && podSecurityGroupEnforcingMode !== undefined;
  return {
    settings: patches ? { podSecurityGroupEnforcingMode } : undefined,
    problems: checkVpcCni(args, context),
    warnings: warningsOf(args, context),
  };
}

function checkVpcCni(args: VpcCniArgs, { controller }: VpcCniContext): readonly Problem[] {
  const { podSecurityGroupEnforcingMode, apply } = args;
  return [
    ...problemIf(controller === LoadBalancerController.EksAutoMode, "vpcCni", {
      given: args,
      allowed: "nothing on EKS Auto Mode: AWS runs the VPC CNI there, and pods have no security groups of their own",
      suggestion: "remove it",
    }),
    ...problemIf(apply !== undefined && podSecurityGroupEnforcingMode === undefined, "vpcCni.apply", {
      given: apply,
      allowed: "nothing without podSecurityGroupEnforcingMode, which it applies",
      suggestion: 'add podSecurityGroupEnforcingMode: "standard", or remove apply',
    }),
  ];
}

function warningsOf(args: VpcCniArgs, { mode: meshMode, version }: VpcCniContext): readonly string[] {
  const { podSecurityGroupEnforcingMode: mode, apply } = args;
  if (mode === undefined) return [];
  const strict = mode === PodSecurityGroupEnforcingMode.Strict;
  const copes = copesWithStrict(version);
  const ambient = meshMode === Mode.Ambient;
  return [
    ...(apply === undefined
      ? [
          'vpcCni: nothing is changed without apply: "patch". A managed add-on needs the configurationValues ' +
            vpcCniConfiguration(mode),
        ]
      : []),
    ...(ambient ? [] : ["vpcCni: sidecar mode does not need it; its probes come from the node's own address."]),
    ...(ambient && !strict && copes
      ? [
          `vpcCni.podSecurityGroupEnforcingMode: Istio ${version} does not need "standard": its CNI agent copes with ` +
            '"strict" where the VPC CNI has DISABLE_TCP_EARLY_DEMUX=true.',
        ]
      : []),
    ...(ambient && strict && !copes
      ? [
          `vpcCni.podSecurityGroupEnforcingMode: with "strict" the probes of pods with security groups fail in Istio ` +
            `${version}; from 1.28.7, 1.29.3 and 1.30.0 on its CNI agent copes with it.`,
        ]
      : []),
  ];
}

/**
 * Whether Istio's CNI agent knows pods with branch interfaces.
 * Source: istio/istio#59778, cni/pkg/nodeagent/brancheni_linux.go
 */
export function copesWithStrict(version: string): boolean {
  return semver.satisfies(version, "~1.28.7 || ~1.29.3 || >=1.30.0");
}
