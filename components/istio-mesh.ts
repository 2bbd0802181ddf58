import type { Release } from "@pulumi/kubernetes/helm/v3/release";
import * as pulumi from "@pulumi/pulumi";
import * as loadBalancer from "./ingress/load-balancer-plan";
import { problemsText } from "./inputs/problem";
import type { IstioMeshArgs } from "./istio-mesh-args";
import { logicalNames } from "./logical-names";
import { lookUpCluster } from "./lookups/cluster";
import { lookUpPrivateCa } from "./lookups/private-ca";
import { stackRegion } from "./lookups/stack-region";
import * as addons from "./addons/addons-plan";
import { planMeshCleanup } from "./cleanup/cleanup-plan";
import { planCrds } from "./control-plane/control-plane-plan";
import { ipv4OnlyIngresses } from "./ingress/lookups-plan";
import { planMeshReleases, planPolicyObjects, planRoutingObjects } from "./mesh/ordered-plans";
import { planOutputs } from "./ingress/outputs-plan";
import { planAuthorities } from "./security/certificate-authority/certificate-authority-plan";
import { planMeshNodeRules } from "./security/node-rules-plan";
import { planPrivateCa } from "./security/certificate-authority/private-ca-plan";
import { eastWestName } from "./multi-cluster/east-west-plan";
import type { ClusterFacts } from "./plan/facts";
import type { IngressOutputs } from "./plan/outputs";
import type { MeshSettings } from "./plan/settings";
import { makeCertificateAuthorities } from "./resources/certificate-authorities";
import { makeCleanups } from "./resources/cleanup";
import { makeEksAddons } from "./resources/eks-addons";
import { makeRecords } from "./resources/dns-records";
import { makeKubernetesProvider } from "./resources/kubernetes-provider";
import { ResourceRegistry } from "./resources/resource-registry";
import { makePodRoles } from "./resources/pod-roles";
import { makePrivateCaCertificate } from "./resources/private-ca-certificates";
import { makeManifests, makeObjects } from "./resources/objects";
import { ingressOutputs, urlOf } from "./resources/outputs";
import { makeReleases } from "./resources/releases";
import { makeLoadBalancers } from "./make-load-balancers";
import { makePeers } from "./make-multi-cluster";
import { makeRules } from "./resources/security-groups";
import { resolveIstioMesh } from "./mesh/resolve-mesh-args";

/**
 * Istio on an Amazon EKS cluster, with the load balancers before it.
 *
 * The load balancers are built while Istio installs, and `pulumi destroy` removes them first and waits until they are
 * gone, so that nothing of them stays behind.
 *
 * ```ts
 * const mesh = new IstioMesh("mesh", {
 *   mode: "ambient",
 *   cluster: { name: "production" },
 *   ingress: { strategy: "nlb", scheme: "internet-facing" },
 * });
 * export const url = mesh.url;
 * ```
 */
export class IstioMesh extends pulumi.ComponentResource {
  /** Address of the first ingress: `https://` and a hostname, or the load balancer's own name. Undefined without an ingress. */
  public readonly url: pulumi.Output<string | undefined>;
  /** DNS name of the first ingress' load balancer. Undefined without an ingress. */
  public readonly hostname: pulumi.Output<string | undefined>;
  /** Each ingress by name. */
  public readonly ingresses: pulumi.Output<{ [name: string]: IngressOutputs }>;
  /** Namespace of the control plane. */
  public readonly namespace: pulumi.Output<string>;
  /** Namespace of the first ingress' gateway. Undefined without an ingress. */
  public readonly ingressNamespace: pulumi.Output<string | undefined>;
  /** Version of Istio. */
  public readonly version: pulumi.Output<string>;
  /** Revision of the main control plane; empty if it has none. */
  public readonly revision: pulumi.Output<string>;
  /** Labels that make a namespace's pods take part in the mesh. */
  public readonly enrolmentLabels: pulumi.Output<{ [label: string]: string }>;
  /**
   * Kubeconfig with which istiod of another cluster may read this one, a secret: for `multiCluster.peers` of a mesh in another
   * stack. Undefined without `multiCluster`.
   */
  public readonly peerAccess: pulumi.Output<string | undefined>;
  /** DNS name of the east-west gateway's load balancer. Undefined without `multiCluster.eastWest`. */
  public readonly eastWestAddress: pulumi.Output<string | undefined>;
  /** The Helm releases, for `dependsOn`. */
  public readonly releases: Release[];

  /**
   * @throws pulumi.RunError before anything is registered: with all malformed values together, or, when there are none,
   * with all contradictions between them.
   */
  public constructor(name: string, args: IstioMeshArgs, opts?: pulumi.ComponentResourceOptions) {
    const { settings, warnings } = accept(name, args, stackRegion(opts));
    super("istio-eks:index:IstioMesh", name, summary(settings), afterCluster(settings, opts));
    for (const warning of warnings) void pulumi.log.warn(warning, this);

    const cluster = lookUpCluster(settings.cluster, { parent: this }, ipv4OnlyIngresses(settings));
    const kubernetes = kubernetesProvider(this, name, { settings, cluster });
    const registry = new ResourceRegistry(name, this, kubernetes);
    const loadBalancers = makeLoadBalancers(registry, settings, cluster);
    this.releases = makeMesh(registry, settings, cluster);
    const eastWest = loadBalancers.eastWest.hostnames[eastWestName];
    this.peerAccess = makePeers(registry, settings, { cluster, kubernetes, address: eastWest });
    makeRecords(registry, loadBalancer.planAllRecords(settings, loadBalancers));
    makeObjects(registry, planPolicyObjects(settings));
    makeCleanups(
      registry,
      planMeshCleanup(settings, {
        cluster,
        groups: { ...loadBalancers.groups, ...loadBalancers.eastWest.groups },
        names: registry.names(),
      }),
    );
    makeAddons(registry, settings, cluster);

    const plan = planOutputs(settings, loadBalancers);
    const [first] = plan.ingresses;
    this.namespace = pulumi.output(plan.namespace);
    this.version = pulumi.output(plan.version);
    this.revision = pulumi.output(plan.revision);
    this.enrolmentLabels = pulumi.output({ ...plan.enrolmentLabels });
    this.ingresses = ingressOutputs(plan.ingresses);
    this.url = pulumi.output(first === undefined ? undefined : urlOf(first.url));
    this.hostname = pulumi.output(first?.hostname);
    this.ingressNamespace = pulumi.output(first?.namespace);
    this.eastWestAddress = pulumi.output(eastWest);
    const { namespace, version, revision, enrolmentLabels, ingresses, url, hostname, ingressNamespace } = this;
    const { peerAccess, eastWestAddress } = this;
    const addresses = { ingresses, url, hostname, ingressNamespace, peerAccess, eastWestAddress };
    this.registerOutputs({ namespace, version, revision, enrolmentLabels, ...addresses });
  }
}

/** Checks the arguments; every problem becomes part of one error. */
function accept(name: string, args: IstioMeshArgs, region: string | undefined) {
  const { settings, problems, warnings } = resolveIstioMesh(args, region);
  if (settings === undefined) throw new pulumi.RunError(problemsText(name, problems));
  return { settings, warnings };
}

/** What of the arguments is kept in the stack's state: enough to recognise the mesh, and nothing secret. */
function summary({ mode, controlPlane, ingresses }: MeshSettings) {
  return {
    mode,
    version: controlPlane.main.version,
    ingresses: Object.fromEntries(ingresses.map(({ name, strategy }) => [name, strategy.kind])),
  };
}

/** A cluster of the same program must be whole before the mesh, node groups included, and outlive it. */
function afterCluster({ cluster: { source } }: MeshSettings, opts: pulumi.ComponentResourceOptions | undefined) {
  if (source.kind === "named") return opts;
  return pulumi.mergeOptions(opts, { dependsOn: [source.cluster] });
}

interface ClusterContext {
  readonly settings: MeshSettings;
  readonly cluster: ClusterFacts;
}

/** The provider that was passed, else the cluster's own, else one of ours. */
function kubernetesProvider(parent: IstioMesh, name: string, { settings, cluster }: ClusterContext) {
  const passed = parent.getProvider("kubernetes:core/v1:Namespace");
  if (passed !== undefined) return passed;
  const { source } = settings.cluster;
  if (source.kind === "pulumi-eks") return source.cluster.provider;
  return makeKubernetesProvider(`${name}-${logicalNames.provider}`, cluster, { parent });
}

/** Istio itself: definitions, control plane, agents, gateways and what configures them. */
function makeMesh(registry: ResourceRegistry, settings: MeshSettings, cluster: ClusterFacts): Release[] {
  const upsert = () =>
    makeKubernetesProvider(registry.nameOf(logicalNames.crdsProvider), cluster, {
      parent: registry.parent,
      upsertExistingObjects: true,
    });
  makeManifests(registry, planCrds(settings), upsert);
  const issued = makeIssuedAuthority(registry, settings, cluster);
  makeCertificateAuthorities(registry, planAuthorities(settings, issued));
  const nodeRules = planMeshNodeRules(settings, cluster);
  makeRules(registry, nodeRules);
  const releases = planMeshReleases(settings, { nodeRules: nodeRules.map((rule) => rule.name), issued });
  const createdReleases = makeReleases(registry, releases);
  makeObjects(registry, planRoutingObjects(settings, cluster));
  return [...createdReleases];
}

/** Texts of the certificate authority that AWS Private CA signs; undefined: it does not. */
function makeIssuedAuthority(registry: ResourceRegistry, settings: MeshSettings, cluster: ClusterFacts) {
  const plan = planPrivateCa(settings, cluster);
  if (plan === undefined) return undefined;
  return makePrivateCaCertificate(
    registry,
    plan.certificate,
    lookUpPrivateCa(plan.question, { parent: registry.parent }),
  );
}

/** What the mesh is watched with; nothing of the mesh waits for it. */
function makeAddons(registry: ResourceRegistry, settings: MeshSettings, cluster: ClusterFacts): void {
  const roles = makePodRoles(registry, addons.planPodRoles(settings, cluster));
  makeObjects(registry, addons.planAddonVolumes(settings));
  makeReleases(registry, addons.planAddonReleases(settings, cluster));
  makeEksAddons(registry, addons.planEksAddons(settings, cluster, roles));
}
