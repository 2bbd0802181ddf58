import type { CertificateFacts, EksCluster, HostedZone, Instance, Subnet } from "./aws-facts";
import type { BalancerFacts, TargetGroupFacts } from "./aws-facts";
import type { KubernetesObject } from "./kubernetes-object";

/** An answer, or the reason why there is none. */
export type Asked<Answer> = Answered<Answer> | Refused;

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
  /** What was asked, as one would ask it by hand. */
  readonly question: string;
  /** What was said in place of an answer; one line. */
  readonly message: string;
}

export type Party = "cluster" | "aws";

export const reasons = ["tool-missing", "unreachable", "credentials", "forbidden", "late", "failed"] as const;
export type Reason = (typeof reasons)[number];

/** All that is known of an account and a cluster. */
export interface Facts {
  readonly aws: AwsFacts;
  readonly kubernetes: KubernetesFacts;
}

export interface AwsFacts {
  /** None: there is no such cluster. */
  readonly cluster: Asked<EksCluster | undefined>;
  readonly subnets: Asked<readonly Subnet[]>;
  /** Ids of the security groups that are tagged for the cluster. */
  readonly clusterGroups: Asked<readonly string[]>;
  readonly instances: Asked<readonly Instance[]>;
  readonly certificates: Asked<readonly CertificateFacts[]>;
  readonly zones: Asked<readonly HostedZone[]>;
  readonly balancers: Asked<readonly BalancerFacts[]>;
  readonly targetGroups: Asked<readonly TargetGroupFacts[]>;
}

export interface KubernetesFacts {
  /** Address of the API server in the kubeconfig. */
  readonly server: Asked<string>;
  /** Such as 1.34. */
  readonly version: Asked<string>;
  readonly nodes: Asked<readonly KubernetesObject[]>;
  /** Deployments of the AWS Load Balancer Controller. */
  readonly controllers: Asked<readonly KubernetesObject[]>;
  readonly istiods: Asked<readonly KubernetesObject[]>;
  /** All CustomResourceDefinitions, their metadata only. */
  readonly definitions: Asked<readonly KubernetesObject[]>;
  readonly ingressClasses: Asked<readonly KubernetesObject[]>;
  /** The VPC CNI's DaemonSet; none if another CNI has its place. */
  readonly vpcCni: Asked<KubernetesObject | undefined>;
  /** Namespaces that the mesh makes for itself, of those that are there. */
  readonly namespaces: Asked<readonly KubernetesObject[]>;
  /** Each release of the mesh that is there. */
  readonly releases: Asked<readonly ReleaseFacts[]>;
  /** What carries a load balancer, by the name of its ingress. */
  readonly addressObjects: Asked<Readonly<Record<string, AddressObject>>>;
  /** Gateways of the Gateway API that the mesh makes, by `namespace/name`; those that are there. */
  readonly gateways: Asked<Readonly<Record<string, KubernetesObject>>>;
  /** Certificates of the Secret with which istiod signs, in PEM format; none: there is no such Secret, or none is wanted. */
  readonly authority: Asked<readonly string[] | undefined>;
  /** What it has of other clusters of the mesh; none: the mesh has one cluster. */
  readonly peers: Asked<PeersFacts | undefined>;
}

/** What a cluster has of the others. Each part can be refused by itself, and each cluster. */
export interface PeersFacts {
  /** SHA-256 of the root certificates that istiod gives to this cluster's workloads; none: it gives none. */
  readonly roots: Asked<readonly string[] | undefined>;
  readonly secrets: Asked<readonly RemoteSecretFacts[]>;
  /** What each pod of istiod reports. */
  readonly istiods: Asked<readonly IstiodFacts[]>;
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
  readonly roots: Asked<readonly string[] | undefined>;
}

export interface IstiodFacts {
  readonly pod: string;
  /** Its word on each cluster: synced, syncing, timeout, closed. */
  readonly clusters: Asked<Readonly<Record<string, string>>>;
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
  readonly found: Asked<KubernetesObject | undefined>;
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
export function whenAnswered<Answer, Next>(asked: Asked<Answer>, next: (answer: Answer) => Next): Asked<Next> {
  return asked.known ? answered(next(asked.answer)) : asked;
}
