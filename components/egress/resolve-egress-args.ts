import { liesIn } from "../inputs/network/hostname";
import { duplicates } from "../inputs/list";
import { problemIf } from "../inputs/problem";
import type { Problem, Resolved } from "../plan/problem";
import type { EgressSettings } from "../plan/settings";
import { EgressPolicy, Profile } from "../plan/enums";
import { profilesWithoutIstiod } from "../control-plane/profiles";
import type { EgressArgs } from "./egress-args";
import { type EgressContext, egressLabel, egressName } from "./egress-context";

/** Fills in the defaults of `egress` and checks it. */
export function resolveEgress(args: EgressArgs, context: EgressContext): Resolved<EgressSettings> {
  const { gateway, hosts, policy, awsCredentials } = withDefaults(args, context);
  return {
    settings: {
      policy,
      hosts,
      gateway: gateway ? context.gateway : undefined,
      namespace: gateway || hosts.length > 0 ? egressName : undefined,
      awsCredentials: awsCredentials ? { sts: !hosts.some((host) => isStsOf(context.region, host)) } : undefined,
    },
    problems: [...checkHosts(args, gateway), ...checkProfile(args, context), ...(gateway ? checkLabels(context) : [])],
    warnings: warningsOf(args, context),
  };
}

function withDefaults(args: EgressArgs, context: EgressContext) {
  return {
    policy: args.policy,
    gateway: args.gateway ?? context.profile === Profile.Demo,
    hosts: args.hosts ?? [],
    awsCredentials: args.awsCredentials ?? cutsOffCredentials(args, context),
  };
}

/** Whether sidecars let out only what is known, or will in the next step: hosts are named first, and the mesh closed then. */
function cutsOffCredentials({ policy, hosts = [] }: EgressArgs, context: EgressContext): boolean {
  if (!context.sidecars || profilesWithoutIstiod.includes(context.profile)) return false;
  return policy === EgressPolicy.RegistryOnly || context.closed || (policy === undefined && hosts.length > 0);
}

/**
 * Whether a host is the one of STS in this region, in any partition. Where the region is not known, a second entry does no
 * harm: of two for one host Istio takes the older one. Without any, pods would get no credentials.
 *
 * Source: istio/istio pilot/pkg/model/sidecar.go, `DefaultSidecarScopeForNamespace`
 */
function isStsOf(region: string | undefined, host: string): boolean {
  return region !== undefined && host.startsWith(`sts.${region}.`);
}

function checkHosts({ hosts = [] }: EgressArgs, gateway: boolean): readonly Problem[] {
  return [
    ...duplicates(hosts, "egress.hosts"),
    ...hosts.flatMap((host, index) => [
      ...problemIf(gateway && host.startsWith("*."), `egress.hosts[${index}]`, {
        given: host,
        allowed: "names without wildcard beside gateway, which must look each of them up",
        suggestion: "name the hosts one by one, or write gateway: false",
      }),
      ...problemIf(liesIn("cluster.local", host), `egress.hosts[${index}]`, {
        given: host,
        allowed: "hosts outside the cluster; Services are known to the mesh by themselves",
        suggestion: "remove it",
      }),
    ]),
  ];
}

function checkProfile({ gateway, policy }: EgressArgs, context: EgressContext): readonly Problem[] {
  const { profile, ztunnel } = context;
  return [
    ...problemIf(gateway === true && profile === Profile.Minimal, "egress.gateway", {
      given: true,
      allowed: 'nothing with profile "minimal", which is the control plane only',
      suggestion: 'remove it, or write istio.profile: "default"',
    }),
    ...problemIf(gateway === true && profile === Profile.Empty && !ztunnel, "egress.gateway", {
      given: true,
      allowed: 'nothing with profile "empty" in sidecar mode, since it installs no chart',
      suggestion: "remove it, and route the traffic through a gateway of whoever runs Istio",
    }),
    ...problemIf(policy !== undefined && profilesWithoutIstiod.includes(profile), "egress.policy", {
      given: policy,
      allowed: `nothing with profile "${profile}": it stands in the configuration of a control plane that is not made here`,
      suggestion: "remove it, and set meshConfig.outboundTrafficPolicy where istiod is",
    }),
  ];
}

/** The Istio Gateway of egress would select these pods too. */
function checkLabels({ gateway, ingressGateways }: EgressContext): readonly Problem[] {
  if (gateway.kind !== "gateway") return [];
  return ingressGateways.flatMap(({ name, selector }) =>
    problemIf(selector["istio"] === egressLabel, "egress.gateway", {
      given: true,
      allowed: `no egress gateway while the pods of "${name}" have its label, istio: ${egressLabel}`,
      suggestion: "give those another label with gateway.labels",
    }),
  );
}

function warningsOf({ policy, gateway, hosts = [] }: EgressArgs, { ztunnel }: EgressContext): readonly string[] {
  const closed = policy === EgressPolicy.RegistryOnly;
  return [
    ...(closed && hosts.length === 0
      ? [
          "egress.policy: with registry-only and no hosts, pods with sidecars reach nothing outside the mesh but AWS credentials and ServiceEntries of yours.",
        ]
      : []),
    ...(closed && ztunnel
      ? [
          "egress.policy: ztunnel lets traffic out to everywhere; only sidecars, gateways and waypoints obey registry-only. NetworkPolicies hold for all pods.",
        ]
      : []),
    ...(gateway === true && hosts.length === 0
      ? ["egress.gateway: nothing is led through it until hosts names where to."]
      : []),
  ];
}
