import { logicalNames } from "../logical-names";
import type { CleanupPlan } from "../plan/cleanup";
import type { InputValue } from "../plan/input-value";
import type { AwsIdentity, CleanupSettings, MeshSettings } from "../plan/settings";
import type { LoadBalancerController } from "../plan/enums";
import { cleanupScript } from "./cleanup-script";
import { strategyFor } from "../ingress/strategies";
import type { ByIngress } from "../ingress/load-balancer-plan";
import { eastWestGateway } from "../multi-cluster/multi-cluster-plan";
import { applicationNamespaces, ownNamespaces } from "../control-plane/namespaces/namespaces-plan";
import type { ClusterFacts } from "../plan/facts";

/** What the cleanup needs of what was made before it. */
export interface CreatedBefore {
  readonly cluster: ClusterFacts;
  readonly groups: ByIngress;
  /** Logical names of everything of the mesh; add-ons come later. */
  readonly names: readonly string[];
}

/** Plans the command that destroy runs first; one that does nothing if it is switched off. */
export function planMeshCleanup(settings: MeshSettings, created: CreatedBefore): readonly CleanupPlan[] {
  if (settings.cleanup === undefined) return [planNoCleanup(created.names)];
  const { cluster } = created;
  const facts: CleanupFacts = {
    namespaces: [...ownNamespaces(settings), ...applicationNamespaces(settings).map(({ name }) => name)],
    objects: foreignObjects(settings),
    controller: settings.controller,
    securityGroupIds: Object.values(created.groups),
    region: cluster.region,
    aws: cluster.aws,
    kubeconfig: cluster.kubeconfig(),
    needsAws: settings.cluster.kubeconfig === undefined,
    after: created.names,
  };
  return [planCleanup(settings.cleanup, facts)];
}

/** Load balancers of ours in namespaces that someone else owns. */
function foreignObjects(settings: MeshSettings): readonly string[] {
  const own = ownNamespaces(settings);
  const eastWest = eastWestGateway(settings.multiCluster)
    .filter(({ namespace }) => !own.includes(namespace))
    .map(({ name, namespace }) => `Service/${name}@${namespace}`);
  const ofIngresses = settings.ingresses.flatMap((ingress) => {
    const namespace = settings.gateways.find(({ name }) => name === ingress.gateway)?.namespace;
    if (namespace === undefined || own.includes(namespace)) return [];
    const { kind, name } = strategyFor(ingress).address;
    return [`${kind}/${name}@${namespace}`];
  });
  return [...ofIngresses, ...eastWest];
}

/** What there is to clean up, and what must still be there while it happens. */
export interface CleanupFacts {
  /** Namespaces that the mesh owns: every load balancer in them goes. */
  readonly namespaces: readonly string[];
  /** Objects of ours in namespaces that someone else owns, as `kind/name@namespace`: only these go. */
  readonly objects: readonly string[];
  readonly controller: LoadBalancerController;
  readonly securityGroupIds: readonly InputValue[];
  /** Called only if the script needs it: it may take a query to AWS. */
  readonly region: () => InputValue;
  /** The identity with which EC2 is asked. */
  readonly aws: () => AwsIdentity;
  readonly kubeconfig: InputValue;
  /** Whether the kubeconfig calls the `aws` command for credentials. */
  readonly needsAws: boolean;
  /** Everything of the mesh, so that the command is the first to run on destroy, and alone. */
  readonly after: readonly string[];
}

/** Plans the command. What it creates is nothing; it only makes sure that destroy will find its tools. */
export function planCleanup(settings: CleanupSettings, facts: CleanupFacts): CleanupPlan {
  const { timeoutSeconds, waitForNetworkInterfaces } = settings;
  return {
    name: logicalNames.cleanup,
    after: facts.after,
    create: toolCheck(settings.kubectl, facts.needsAws || waitForNetworkInterfaces),
    delete: 'exec /bin/sh -c "$ISTIO_EKS_CLEANUP"',
    environment: {
      ISTIO_EKS_CLEANUP: cleanupScript,
      KUBECTL: settings.kubectl,
      TIMEOUT: String(timeoutSeconds),
      IGNORE_UNREACHABLE: String(settings.ignoreUnreachableCluster),
      CONTROLLER: facts.controller,
      NAMESPACES: facts.namespaces.join(" "),
      OBJECTS: facts.objects.join(" "),
      ...(waitForNetworkInterfaces ? ec2Access(facts) : { REGION: "", PROFILE: "", ROLE_ARN: "" }),
    },
    joined: { SECURITY_GROUPS: waitForNetworkInterfaces ? facts.securityGroupIds : [] },
    kubeconfig: facts.kubeconfig,
    timeoutSeconds,
  };
}

/** With what EC2 is asked for network interfaces. */
function ec2Access({ region, aws }: CleanupFacts) {
  const { profile, roleArn } = aws();
  return { REGION: region(), PROFILE: profile, ROLE_ARN: roleArn };
}

/**
 * Plans the command that does nothing, in place of the one that cleans up. Without any, the command of an earlier `up`
 * would leave the program, and Pulumi would run what it has kept as its delete: the load balancers of a living mesh.
 */
export function planNoCleanup(after: readonly string[]): CleanupPlan {
  return {
    name: logicalNames.cleanup,
    after,
    create: ":",
    delete: ":",
    environment: {},
    joined: {},
    kubeconfig: "",
    timeoutSeconds: 0,
  };
}

/** A missing tool must be noticed now, not at destroy. */
function toolCheck(kubectl: string, aws: boolean): string {
  const tools = [kubectl, ...(aws ? ["aws"] : [])];
  return tools
    .map(
      (tool) =>
        `command -v ${quote(tool)} >/dev/null 2>&1 || ` +
        `{ echo ${quote(`istio-eks: ${tool} was not found; pulumi destroy will need it to remove the load balancers. ` + `Install it, or set cleanup.enabled to false.`)} >&2; exit 1; }`,
    )
    .join("\n");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
