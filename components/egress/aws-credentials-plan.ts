import { logicalNames } from "../logical-names";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { InputValue, Tree } from "../plan/input-value";

/** From where pods get AWS credentials, and who must know it. */
export interface AwsCredentialsRequirement {
  /** Istio's root namespace, which the usual `Sidecar` resources keep in view. */
  readonly namespace: string;
  /** The regional host of AWS STS, if it needs an entry of its own. */
  readonly stsHost: InputValue | undefined;
  readonly after: readonly string[];
}

interface Source {
  readonly name: string;
  readonly host: InputValue;
  readonly spec: Tree;
}

/**
 * Plans a ServiceEntry for each place from which the AWS SDKs get credentials inside a pod. Under `REGISTRY_ONLY` a sidecar
 * leads every connection that no ServiceEntry names to its BlackHoleCluster.
 *
 * Entries apply to running pods at once, and `istioctl proxy-config` shows them. Excluded IP ranges
 * (`traffic.sidecar.istio.io/excludeOutboundIPRanges`) would reach a pod only when it is injected again.
 */
export function planAwsCredentials(requirement: AwsCredentialsRequirement): readonly KubernetesObjectPlan[] {
  const { namespace, stsHost, after } = requirement;
  const sources = [...localEndpoints.map(localSource), ...(stsHost === undefined ? [] : [stsSource(stsHost)])];
  return sources.map(({ name, host, spec }) => ({
    name: logicalNames.awsCredentials(name),
    after,
    apiVersion: "networking.istio.io/v1",
    kind: "ServiceEntry",
    metadata: {
      name: `aws-${name}`,
      namespace,
      // The agent and the instance metadata are those of the pod's own node: never those of a waypoint's.
      labels: { "istio.io/use-waypoint": "none" },
    },
    body: { spec: { hosts: [host], exportTo: ["*"], location: "MESH_EXTERNAL", ...spec } },
  }));
}

interface LocalEndpoint {
  readonly name: string;
  readonly address: string;
}

/**
 * The EKS Pod Identity Agent and the instance metadata service, each one an address on the pod's own node, port 80.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html,
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
const localEndpoints: readonly LocalEndpoint[] = [
  { name: "pod-identity-agent", address: "169.254.170.23" },
  { name: "pod-identity-agent-ipv6", address: "fd00:ec2::23" },
  { name: "instance-metadata", address: "169.254.169.254" },
  { name: "instance-metadata-ipv6", address: "fd00:ec2::254" },
];

/**
 * One entry for each address: of two addresses behind one host, a proxy with a `Sidecar` resource keeps only the first.
 * TCP and not HTTP: the instance metadata service refuses requests to which a proxy has added X-Forwarded-For.
 *
 * Source: istio/istio pilot/pkg/model/sidecar.go, `appendSidecarServices`
 */
function localSource({ name, address }: LocalEndpoint): Source {
  return {
    name,
    // Nobody looks it up: clients use the address. Istio names the cluster, and its metrics, by it.
    host: `${name}.aws.internal`,
    spec: {
      addresses: [address],
      resolution: "NONE",
      ports: [{ number: 80, name: "tcp", protocol: "TCP" }],
    },
  };
}

/** IAM roles for service accounts (IRSA): the SDK exchanges the pod's token here, before its first request. */
function stsSource(host: InputValue): Source {
  return { name: "sts", host, spec: { resolution: "DNS", ports: [{ number: 443, name: "tls", protocol: "TLS" }] } };
}
