import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import * as pulumi from "@pulumi/pulumi";
import type {
  PeerGateway,
  PeerGatewayPlan,
  KnownVpc,
  PeerAccessPlan,
  RemoteSecretPlan,
  VpcPlan,
} from "../plan/multi-cluster";
import type { ResourceRegistry } from "./resource-registry";

/** Creates the Secrets by which istiod knows other clusters. */
export function makeRemoteSecrets(registry: ResourceRegistry, plans: readonly RemoteSecretPlan[]): void {
  for (const plan of plans) {
    registry.add(plan.name, makeRemoteSecret(registry.nameOf(plan.name), plan, registry.optionsInCluster(plan)));
  }
}

/** Creates one of them. The kubeconfig is compared with this cluster as soon as it is known: in a preview, if it is an output. */
export function makeRemoteSecret(name: string, plan: RemoteSecretPlan, options: pulumi.CustomResourceOptions): Secret {
  const { peer, secretName, namespace, root, contentOf } = plan;
  const data = pulumi
    .secret(pulumi.all([plan.kubeconfig, root, knownVpc(plan.vpc)]))
    .apply(([kubeconfig, known, vpc]) => Buffer.from(contentOf({ kubeconfig, root: known, vpc })).toString("base64"));
  const metadata = {
    name: secretName,
    namespace,
    labels: { "istio/multiCluster": "true" },
    annotations: { "networking.istio.io/cluster": peer },
  };
  return new Secret(name, { metadata, data: { [peer]: data } }, options);
}

/** The kubeconfig of this cluster for its peers, a secret; undefined where the mesh has no other clusters. */
export function peerAccessOf(
  registry: ResourceRegistry,
  plan: PeerAccessPlan | undefined,
): pulumi.Output<string | undefined> {
  if (plan === undefined) return pulumi.output(undefined);
  const { apiServer, root, kubeconfigOf } = plan;
  const { endpoint, certificateAuthority } = apiServer;
  const token = tokenOf(registry, plan.token);
  const described = pulumi.all([knownVpc(plan.vpc), knownGateway(plan.gateway)]);
  const parts = pulumi.all([endpoint, certificateAuthority, root, token, described]);
  return pulumi.secret(
    parts.apply(([server, authority, known, text, [vpc, gateway]]) =>
      kubeconfigOf({ endpoint: server, certificateAuthority: authority, root: known, token: text, vpc, gateway }),
    ),
  );
}

function knownGateway(plan: PeerGatewayPlan | undefined): pulumi.Output<PeerGateway | undefined> {
  if (plan === undefined) return pulumi.output(undefined);
  const { namespace } = plan;
  return pulumi.output(plan.address).apply((address) => ({ address, namespace }));
}

function knownVpc(plan: VpcPlan | undefined): pulumi.Output<KnownVpc | undefined> {
  if (plan === undefined) return pulumi.output(undefined);
  const { id, cidr, secondaryCidrs } = plan;
  return pulumi
    .all([id, cidr, secondaryCidrs])
    .apply(([vpc, first, others]) => ({ id: vpc, ranges: [first, ...others] }));
}

/** Pulumi waits until Kubernetes has written the token. In a preview, and under mocks, it is not there yet. */
function tokenOf(registry: ResourceRegistry, name: string): pulumi.Output<string> {
  const secret = registry.find(name);
  if (!Secret.isInstance(secret)) throw new Error(`istio-eks: "${name}" is no Secret; this is a mistake in istio-eks`);
  const data: pulumi.Output<Readonly<Record<string, string>> | undefined> = secret.data;
  return data.apply((known) => {
    const token = known === undefined ? undefined : known["token"];
    if (token !== undefined) return Buffer.from(token, "base64").toString();
    if (pulumi.runtime.isDryRun()) return pulumi.unknown as unknown as string;
    void pulumi.log.warn(`the Secret "${name}" has no token, so that no peer can use peerAccess`, secret);
    return "";
  });
}
