import semver from "semver";
import { flattened } from "../control-plane/charts/values/flattened-values";
import { defaultIstioVersion } from "../control-plane/charts/versions";
import { pathText, valueAt } from "../inputs/path";
import { clusterName as clusterNameForm } from "../inputs/aws/aws-id";
import { formProblems, problemIf } from "../inputs/problem";
import type { MeshClusterArgs } from "./mesh-cluster-args";
import type { MultiClusterArgs } from "./multi-cluster-args";
import type { InputValue } from "../plan/input-value";
import type { MeshMembership, MultiClusterSettings } from "../plan/multi-cluster";
import { profilesWithoutIstiod } from "../control-plane/profiles";
import type { Problem, Resolved } from "../plan/problem";
import type { SecuritySettings } from "../plan/security-settings";
import type { GatewaySettings } from "../plan/gateway-settings";
import type { ClusterSettings, ControlPlaneSettings } from "../plan/settings";
import { LoadBalancerController, Mode, Profile } from "../plan/enums";
import { checkAmbient } from "./ambient-check";
import { checkConfiguration, clusterLocalOf, hasGlobalNamespaces } from "./mesh-config";
import { checkPeers } from "./peers-args";
import { resolveAllowed, resolveEastWest } from "./resolve-east-west-args";

/** What decides besides. */
export interface MultiClusterContext {
  readonly cluster: ClusterSettings;
  readonly controlPlane: ControlPlaneSettings;
  readonly security: SecuritySettings;
  /** Gateways of the ingresses. */
  readonly gateways: readonly GatewaySettings[];
  readonly controller: LoadBalancerController;
}

type Settings = MultiClusterSettings | undefined;

/** Resolves `multiCluster` and `namespaces.<n>.global`. */
export function resolveMultiCluster(args: MeshClusterArgs, context: MultiClusterContext): Resolved<Settings> {
  const { multiCluster } = args;
  if (multiCluster === undefined) return { settings: undefined, problems: checkGlobal(args), warnings: [] };
  // Of a cluster that cannot be part of such a mesh, the members of the block say nothing.
  const unable = checkProfile(context.controlPlane.profile, multiCluster);
  if (unable.length > 0) return { settings: undefined, problems: unable, warnings: [] };
  const membership = membershipOf(args, multiCluster, context);
  const eastWest = resolveEastWest(multiCluster.eastWest, { ...context, mode: args.mode, network: membership.network });
  const flatNetwork = resolveAllowed(multiCluster.flatNetwork, { path: "multiCluster.flatNetwork", listeners: 1 });
  const reader = { membership, root: rootOf(context) };
  const gatewayNamespace = args.mode === Mode.Ambient ? eastWest.settings?.gateway.namespace : undefined;
  return {
    settings: {
      ...reader,
      tokenGeneration: multiCluster.tokenGeneration ?? 1,
      eastWest: eastWest.settings,
      flatNetwork: flatNetwork.settings,
      peers: Object.entries(multiCluster.peers ?? {}).map(([name, { kubeconfig }]) => ({ name, kubeconfig })),
      clusterLocal: clusterLocalOf(args),
      globalNamespaces: hasGlobalNamespaces(args),
    },
    problems: [
      ...checkVersions(context.controlPlane),
      ...checkAuthority(context),
      ...checkNames(args, multiCluster),
      ...(args.mode === Mode.Ambient ? checkAmbient(args, multiCluster) : checkReach(multiCluster)),
      ...checkConfiguration(args, context.controlPlane),
      ...eastWest.problems,
      ...flatNetwork.problems,
      ...checkPeers(multiCluster.peers ?? {}, { ...reader, gatewayNamespace }),
    ],
    warnings: [...eastWest.warnings, ...flatNetwork.warnings, ...warnOfTags(args, context)],
  };
}

function membershipOf({ mode }: MeshClusterArgs, args: MultiClusterArgs, context: MultiClusterContext): MeshMembership {
  const clusterName = clusterNameOf(args, context);
  return {
    mode,
    meshId: args.meshId,
    clusterName,
    network: args.network ?? clusterName,
    trustDomain: context.security.trustDomain,
    trustDomainAliases: aliasesOf(context.controlPlane),
    hasGateway: args.eastWest !== undefined,
  };
}

/** Helm takes lists whole, and those of `istio.values` win. */
function aliasesOf({ values: { istiod }, meshConfig }: ControlPlaneSettings): readonly string[] {
  const written = valueAt(istiod, ["meshConfig", "trustDomainAliases"]) ?? meshConfig["trustDomainAliases"];
  return Array.isArray(written) ? written.filter((alias) => typeof alias === "string") : [];
}

function rootOf({ security: { certificateAuthority } }: MultiClusterContext): InputValue {
  return certificateAuthority?.kind === "given" ? certificateAuthority.texts.root : "";
}

/** Empty where it is missing, which is a problem of its own. */
function clusterNameOf({ clusterName }: MultiClusterArgs, { cluster: { source } }: MultiClusterContext): string {
  if (clusterName !== undefined) return clusterName;
  return source.kind === "named" && typeof source.name === "string" ? source.name : "";
}

function checkGlobal({ namespaces = {} }: MeshClusterArgs): readonly Problem[] {
  return Object.entries(namespaces).flatMap(([name, { global }]) =>
    problemIf(global !== undefined, `${pathText(["namespaces", name])}.global`, {
      given: global,
      allowed: "nothing without multiCluster: there are no other clusters",
      suggestion: "remove it, or add multiCluster",
    }),
  );
}

function checkProfile(profile: Profile, { eastWest }: MultiClusterArgs): readonly Problem[] {
  return [
    ...problemIf(profilesWithoutIstiod.includes(profile), "multiCluster", {
      given: `profile ${profile}`,
      allowed: "a profile that installs istiod in this cluster: every cluster of the mesh has its own (multi-primary)",
      suggestion: 'write istio.profile: "default", or configure several clusters where istiod is installed',
    }),
    ...problemIf(profile === Profile.Minimal && eastWest !== undefined, "multiCluster.eastWest", {
      given: "an east-west gateway",
      allowed: 'nothing with profile "minimal", which is the control plane only',
      suggestion: 'write istio.profile: "default"',
    }),
  ];
}

/** Before, istiod could lose a cluster when its Secret changed (istio/istio#60612, #60920, #61043). */
const leastVersion = "1.30.3";

function checkVersions({ main, canary }: ControlPlaneSettings): readonly Problem[] {
  const all = [
    { path: "istio.version", version: main.version },
    ...(canary === undefined ? [] : [{ path: "istio.canary.version", version: canary.version }]),
  ];
  return all.flatMap(({ path, version }) =>
    problemIf(semver.lt(version, leastVersion), path, {
      given: version,
      allowed: `at least ${leastVersion} with multiCluster: an older istiod can lose a peer when its token changes`,
      suggestion: `upgrade first, without multiCluster; the newest tested version is "${defaultIstioVersion}"`,
    }),
  );
}

/** Workloads may also get their certificates from elsewhere, such as istio-csr. */
function checkAuthority({ security, controlPlane }: MultiClusterContext): readonly Problem[] {
  const address = valueAt(flattened(controlPlane.values.istiod, "pilot"), ["global", "caAddress"]);
  const elsewhere = typeof address === "string" && address !== "";
  return problemIf(security.certificateAuthority === undefined && !elsewhere, "multiCluster", {
    given: "no security.certificateAuthority",
    allowed:
      "a certificate authority below a root that all clusters share: with a root of its own, no other cluster trusts this one",
    suggestion:
      "add security.certificateAuthority: docs/how-to/certificate-authority.md has the ways, and the steps for a running mesh",
  });
}

function checkNames({ cluster }: MeshClusterArgs, { clusterName, peers = {} }: MultiClusterArgs): readonly Problem[] {
  const known = clusterName ?? cluster.name;
  const own = typeof known === "string" ? known : undefined;
  return [
    ...problemIf(own === undefined, "multiCluster.clusterName", {
      given: clusterName,
      allowed: "a name, where the name of the EKS cluster is an output: resources are named after it",
      suggestion: "write the name of the cluster in the mesh",
    }),
    // The Secret has the name as a key, which Kubernetes checks.
    ...Object.keys(peers).flatMap((name) =>
      formProblems(clusterNameForm, name, pathText(["multiCluster", "peers", name])),
    ),
    ...Object.keys(peers).flatMap((name) =>
      problemIf(name === own, pathText(["multiCluster", "peers", name]), {
        given: name,
        allowed: "names of other clusters: this is the name of this one",
        suggestion: "remove it, or write another multiCluster.clusterName in one of the two clusters",
      }),
    ),
  ];
}

/** A network of its own, without a gateway, is one that nobody reaches. */
function checkReach({ network, eastWest, flatNetwork }: MultiClusterArgs): readonly Problem[] {
  return [
    ...problemIf(network === undefined && eastWest === undefined, "multiCluster", {
      given: "neither eastWest nor network",
      allowed: "eastWest for clusters of other networks, or the network that this cluster shares with the others",
      suggestion:
        "add eastWest with allowedCidrs; if pods of all clusters reach each other directly, write the same network in each",
    }),
    ...problemIf(network === undefined && flatNetwork !== undefined, "multiCluster.flatNetwork", {
      given: "flatNetwork",
      allowed: "nothing without network: by default this cluster is alone on its network",
      suggestion: "write the network that the clusters share, or remove flatNetwork",
    }),
  ];
}

/** The block has no annotations in which the tags of one load balancer could be written. */
function warnOfTags({ tags = {}, multiCluster }: MeshClusterArgs, context: MultiClusterContext): readonly string[] {
  const isTagged = Object.keys(tags).length > 0 && multiCluster?.eastWest !== undefined;
  if (!isTagged || context.controller !== LoadBalancerController.EksAutoMode) return [];
  return [
    "tags: EKS Auto Mode may not tag load balancers with tags of your own: that of multiCluster.eastWest has none.",
  ];
}
