import type { AllowedPeerArgs } from "../inputs/kubernetes/allowed-peer-args";
import { pathText } from "../inputs/path";
import type { PlaintextPortsArgs } from "../inputs/kubernetes/plaintext-ports-args";
import { problemIf } from "../inputs/problem";
import type { Problem, Resolved } from "../plan/problem";
import type { NamespaceSecuritySettings } from "../plan/security-settings";
import type { NamespaceSettings } from "../plan/settings";
import { Dataplane, type MtlsMode } from "../plan/enums";
import {
  checkAllowedPeers,
  resolveAllowedPeers,
  warnOfAllowedPeers,
} from "./network-policies/resolve-allowed-peers-args";
import { checkPlaintextPorts, resolvePlaintextPorts } from "./resolve-plaintext-ports-args";

/** The arguments of a namespace that this module reads. */
export interface NamespacePoliciesArgs {
  readonly mtls?: MtlsMode;
  readonly plaintextPorts?: Readonly<Record<string, PlaintextPortsArgs>>;
  readonly networkPolicies?: boolean;
  readonly allowedPeers?: Readonly<Record<string, AllowedPeerArgs>>;
}

/** What a namespace takes over from the mesh. */
export interface NamespacePoliciesContext {
  readonly mtls: MtlsMode;
  readonly networkPolicies: boolean;
  readonly rootNamespace: string;
  readonly namespaces: readonly NamespaceSettings[];
}

/** Resolves what the namespaces say of mTLS and policies. Of those outside the mesh nothing is left. */
export function resolveNamespacePolicies(
  all: Readonly<Record<string, NamespacePoliciesArgs>>,
  context: NamespacePoliciesContext,
): Resolved<readonly NamespaceSecuritySettings[]> {
  const byName = new Map(Object.entries(all));
  const each = context.namespaces.map((namespace) => ({ namespace, args: byName.get(namespace.name) ?? {} }));
  const inMesh = each.filter(({ namespace }) => namespace.dataplane !== Dataplane.None);
  const settings = inMesh.map(({ namespace, args }) => resolveOne(namespace, args, context));
  return {
    settings,
    problems: each.flatMap(({ namespace, args }) => [
      ...checkDataplane(namespace, args),
      ...checkRoot(namespace, args, context),
      ...checkPlaintextPorts(namespace.name, args.plaintextPorts ?? {}),
      ...checkAllowedPeers(namespace.name, args.allowedPeers ?? {}),
      ...checkClosed(namespace, args, context),
    ]),
    warnings: settings.flatMap(warnOfAllowedPeers),
  };
}

function resolveOne(
  { name, dataplane, waypoint }: NamespaceSettings,
  args: NamespacePoliciesArgs,
  context: NamespacePoliciesContext,
): NamespaceSecuritySettings {
  return {
    name,
    dataplane,
    waypoint,
    mtls: args.mtls ?? context.mtls,
    plaintextPorts: resolvePlaintextPorts(args.plaintextPorts ?? {}),
    networkPolicies: args.networkPolicies ?? context.networkPolicies,
    allowedPeers: resolveAllowedPeers(args.allowedPeers ?? {}),
  };
}

/** Outside the mesh nobody would heed it. */
function checkDataplane({ name, dataplane }: NamespaceSettings, args: NamespacePoliciesArgs): readonly Problem[] {
  if (dataplane !== Dataplane.None) return [];
  const heeded = { ...args, ...(args.networkPolicies === false ? { networkPolicies: undefined } : {}) };
  return (["mtls", "plaintextPorts", "networkPolicies", "allowedPeers"] as const).flatMap((member) =>
    problemIf(heeded[member] !== undefined, pathText(["namespaces", name, member]), {
      given: args[member],
      allowed: 'nothing with dataplane "none": its pods are outside the mesh',
      suggestion: "remove it, or let the namespace take part in the mesh",
    }),
  );
}

/** Istio takes a policy of the root namespace for one of the whole mesh, and heeds no ports there. */
function checkRoot(
  { name }: NamespaceSettings,
  args: NamespacePoliciesArgs,
  { rootNamespace }: NamespacePoliciesContext,
): readonly Problem[] {
  if (name !== rootNamespace) return [];
  return (["mtls", "plaintextPorts"] as const).flatMap((member) =>
    problemIf(args[member] !== undefined, pathText(["namespaces", name, member]), {
      given: args[member],
      allowed: "nothing in the mesh's root namespace, whose policies hold for every namespace",
      suggestion: "write security.mtls, or make another namespace the root (istio.meshConfig.rootNamespace)",
    }),
  );
}

/** Without a NetworkPolicy everybody may talk already. */
function checkClosed(
  { name, dataplane }: NamespaceSettings,
  { networkPolicies, allowedPeers }: NamespacePoliciesArgs,
  context: NamespacePoliciesContext,
): readonly Problem[] {
  const closed = networkPolicies ?? context.networkPolicies;
  const unread = allowedPeers !== undefined && !closed && dataplane !== Dataplane.None;
  return problemIf(unread, pathText(["namespaces", name, "allowedPeers"]), {
    given: allowedPeers,
    allowed: "nothing without networkPolicies: everybody may talk with these pods",
    suggestion: "write networkPolicies: true, or remove it",
  });
}
