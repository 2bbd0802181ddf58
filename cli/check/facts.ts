import type { CertificateFacts, EksCluster, HostedZone, Instance, Subnet } from "./aws-facts";
import type { BalancerFacts, TargetGroupFacts } from "./aws-facts";
import type { KubernetesObject } from "./kubernetes-object";

/** The answer to a query, or the reason why there is none. */
export type QueryResult<Answer> = Answered<Answer> | Refused;

export interface Answered<Answer> {
  readonly known: true;
  readonly answer: Answer;
}

export interface Refused {
  readonly known: false;
  readonly refusal: Refusal;
}

/** Why a question was not answered. */
export interface Refusal {
  readonly party: Party;
  readonly reason: Reason;
  /** The request, as a person would send it. */
  readonly question: string;
  /** What came in place of an answer; one line. */
  readonly message: string;
}

export type Party = "cluster" | "aws";

export const reasons = [
  "tool-missing",
  "unreachable",
  "credentials",
  "forbidden",
  "late",
  "failed",
  "not-asked",
] as const;
export type Reason = (typeof reasons)[number];

/** All that is known of an account and a cluster. */
export interface Facts {
  readonly aws: AwsFacts;
  readonly kubernetes: KubernetesFacts;
}

export interface AwsFacts {
  /** None: there is no such cluster. */
  readonly cluster: QueryResult<EksCluster | undefined>;
  readonly subnets: QueryResult<readonly Subnet[]>;
  /** Ids of the security groups that are tagged for the cluster. */
  readonly clusterGroups: QueryResult<readonly string[]>;
  readonly instances: QueryResult<readonly Instance[]>;
  readonly certificates: QueryResult<readonly CertificateFacts[]>;
  /** Of the stack's own account, if an ingress has its zone there. */
  readonly zones: QueryResult<readonly HostedZone[]>;
  /** Of the accounts of other roles (`dns.roleArn`), by the role's ARN. */
  readonly zonesInRoles: Readonly<Record<string, QueryResult<readonly HostedZone[]>>>;
  readonly balancers: QueryResult<readonly BalancerFacts[]>;
  readonly targetGroups: QueryResult<readonly TargetGroupFacts[]>;
}

export interface KubernetesFacts {
  /** Address of the API server in the kubeconfig. */
  readonly server: QueryResult<string>;
  /** Such as 1.34. */
  readonly version: QueryResult<string>;
  readonly nodes: QueryResult<readonly KubernetesObject[]>;
  /** Deployments of the AWS Load Balancer Controller. */
  readonly controllers: QueryResult<readonly KubernetesObject[]>;
  readonly istiods: QueryResult<readonly KubernetesObject[]>;
  /** All CustomResourceDefinitions, their metadata only. */
  readonly definitions: QueryResult<readonly KubernetesObject[]>;
  readonly ingressClasses: QueryResult<readonly KubernetesObject[]>;
  /** The VPC CNI's DaemonSet; none if another CNI has its place. */
  readonly vpcCni: QueryResult<KubernetesObject | undefined>;
  /** Namespaces that the mesh makes for itself, of those that are there. */
  readonly namespaces: QueryResult<readonly KubernetesObject[]>;
  /** Each release of the mesh that is there. */
  readonly releases: QueryResult<readonly ReleaseFacts[]>;
  /** What carries a load balancer, by the name of its ingress. */
  readonly addressObjects: QueryResult<Readonly<Record<string, AddressObject>>>;
  /** Gateways of the Gateway API that the mesh makes, by `namespace/name`; those that are there. */
  readonly gateways: QueryResult<Readonly<Record<string, KubernetesObject>>>;
  /** Certificates of the Secret with which istiod signs, in PEM format; none: there is no such Secret, or none is wanted. */
  readonly authority: QueryResult<readonly string[] | undefined>;
  /** What it has of other clusters of the mesh; none: the mesh has one cluster. */
  readonly peers: QueryResult<PeersFacts | undefined>;
}

/** What a cluster has of the others. Each part can be refused by itself, and each cluster. */
export interface PeersFacts {
  /** SHA-256 of the root certificates that istiod gives to this cluster's workloads; none: it gives none. */
  readonly roots: QueryResult<readonly string[] | undefined>;
  readonly secrets: QueryResult<readonly RemoteSecretFacts[]>;
  /** What each pod of istiod reports. */
  readonly istiods: QueryResult<readonly IstiodFacts[]>;
}

/** A Secret by which istiod knows another cluster. Nothing in it is secret. */
export interface RemoteSecretFacts {
  readonly secret: string;
  /** The cluster's name to istiod: a key of the Secret. */
  readonly cluster: string;
  /** Address of its API server; none: there is no kubeconfig that istiod could use. */
  readonly server: string | undefined;
  /** What the cluster is called in its own `peerAccess`; none: the kubeconfig was written by someone else. */
  readonly ownName: string | undefined;
  /** The same roots in that cluster, asked with its token; none: istiod gives none. */
  readonly roots: QueryResult<readonly string[] | undefined>;
}

export interface IstiodFacts {
  readonly pod: string;
  /** Its word on each cluster: synced, syncing, timeout, closed. */
  readonly clusters: QueryResult<Readonly<Record<string, string>>>;
}

/** A Helm release as Helm remembers it, and its objects as the cluster has them. */
export interface ReleaseFacts {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  /** Helm's word: deployed, failed, pending-upgrade, … */
  readonly status: string;
  readonly chart: string;
  readonly version: string;
  readonly objects: readonly ReleaseObject[];
}

export interface ReleaseObject {
  readonly wanted: KubernetesObject;
  /** None: it is not there. */
  readonly found: QueryResult<KubernetesObject | undefined>;
}

/** The Service or Ingress of a load balancer; none if it is not there. */
export interface AddressObject {
  readonly object: KubernetesObject | undefined;
  /** What the controller last complained of. */
  readonly complaint: string | undefined;
}

export function answered<Answer>(answer: Answer): Answered<Answer> {
  return { known: true, answer };
}

export function refused(refusal: Refusal): Refused {
  return { known: false, refusal };
}

/** Goes on with an answer, if there is one. */
export function whenAnswered<Answer, Next>(
  result: QueryResult<Answer>,
  next: (answer: Answer) => Next,
): QueryResult<Next> {
  return result.known ? answered(next(result.answer)) : result;
}
