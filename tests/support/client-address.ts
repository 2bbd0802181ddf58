import assert from "node:assert/strict";
import * as loadBalancer from "../../components/ingress/load-balancer-plan";
import { planGatewayObjects, planGatewayReleases } from "../../components/ingress/gateways/gateways-plan";
import type { KubernetesObjectPlan } from "../../components/plan/kubernetes-object";
import type { MeshSettings } from "../../components/plan/settings";
import { memberAt } from "./recorded";
import { arn, clusterFacts } from "./settings";

/** What an application sees of a client of the first ingress that uses HTTPS where it can. */
export interface SeenOfClient {
  /** The entries of X-Forwarded-For that no client can write. */
  readonly forwardedFor: string;
  /** Whom the gateway takes for the client. */
  readonly client: string;
  readonly proto: string;
}

const name = "istio-ingress";

/**
 * Follows a request from its client through AWS, the nodes and Envoy by what is planned, and not by the arguments.
 *
 * Sources: the pages of AWS on client IP preservation and X-Forwarded headers; Kubernetes' "Using Source IP"; Envoy's
 * "HTTP header manipulation", of which the parts about X-Forwarded-For and X-Forwarded-Proto were measured with Envoy 1.40.
 */
export function seenOfClients(settings: MeshSettings): SeenOfClient {
  const objects = plannedObjects(settings);
  const topology = gatewayTopology(settings, objects);
  const balancer =
    objects.find(({ kind }) => kind === "Ingress") === undefined ? network(objects) : application(objects);
  // Proxies that the user says there are: each appends whom it was reached by.
  const [ingress] = settings.ingresses;
  assert.ok(ingress);
  const expected = topology.trusted - (balancer.appends ? 1 : 0);
  const before = ["client", "CloudFront"].slice(0, expected + (balancer.appends ? 1 : 0));
  const connecting = expected > 0 ? "CloudFront" : "client";
  const reached = topology.proxyProtocol && balancer.proxyHeader ? connecting : balancer.source(connecting);
  assert.equal(topology.proxyProtocol, balancer.proxyHeader, "the gateway refuses connections");
  const entries = [...before, reached];
  const client = topology.trusted === 0 ? reached : String(before.at(-topology.trusted));
  return { forwardedFor: entries.join(", "), client, proto: proto(objects, balancer) };
}

function plannedObjects(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const ends = settings.ingresses.some(({ tls }) => tls.certificate !== undefined);
  const facts = {
    cluster: clusterFacts,
    groups: { [name]: "sg-1" },
    certificates: ends ? { [name]: arn } : {},
    webAcls: {},
    rules: [],
  };
  return [
    ...loadBalancer.planServices(settings, facts),
    ...loadBalancer.planIngressObjects(settings, facts),
    ...planGatewayObjects(settings),
  ];
}

/** What the proxy is told, by the pods' annotation, whoever makes the pods. */
function gatewayTopology(settings: MeshSettings, objects: readonly KubernetesObjectPlan[]) {
  const [release] = planGatewayReleases(settings);
  const gateway = objects.find(({ apiVersion }) => apiVersion === "gateway.networking.k8s.io/v1");
  const annotations =
    release === undefined
      ? memberAt(gateway?.body, "spec.infrastructure.annotations")
      : memberAt(release.values, "podAnnotations");
  const text = (annotations as Readonly<Record<string, string>> | undefined)?.["proxy.istio.io/config"];
  const config: unknown = text === undefined ? {} : JSON.parse(text);
  return {
    trusted: Number(memberAt(config, "gatewayTopology.numTrustedProxies") || 0),
    proxyProtocol: memberAt(config, "gatewayTopology.proxyProtocol") !== undefined,
  };
}

interface Balancer {
  /** It appends to X-Forwarded-For whom it was reached by, and sets X-Forwarded-Proto. */
  readonly appends: boolean;
  readonly proxyHeader: boolean;
  /** The address from which the gateway is reached, of whom connects to the load balancer. */
  readonly source: (connecting: string) => string;
  /** It ends TLS on 443. */
  readonly endsTls: boolean;
}

function application(objects: readonly KubernetesObjectPlan[]): Balancer {
  const ingress = objects.find(({ kind }) => kind === "Ingress");
  const ports = String(annotationOf(ingress, "alb.ingress.kubernetes.io/listen-ports"));
  // Node ports without externalTrafficPolicy Local: the node puts its own address in the place of the sender's.
  return { appends: true, proxyHeader: false, source: () => "node", endsTls: ports.includes("HTTPS") };
}

function network(objects: readonly KubernetesObjectPlan[]): Balancer {
  const service = objects.find(({ kind }) => kind === "Service");
  const reported = (suffix: string) => annotationOf(service, `service.beta.kubernetes.io/aws-load-balancer-${suffix}`);
  const attributes = String(reported("target-group-attributes"));
  const toPods = reported("nlb-target-type") === "ip";
  // AWS' default: on for instance targets, off for ip targets.
  const preserved = attributes.includes("preserve_client_ip.enabled=")
    ? attributes.includes("client_ip.enabled=true")
    : !toPods;
  const local = memberAt(service?.body, "spec.externalTrafficPolicy") === "Local";
  const sender = (connecting: string) => (preserved ? connecting : "NLB");
  return {
    appends: false,
    proxyHeader: attributes.includes("proxy_protocol_v2.enabled=true"),
    source: (connecting) => (toPods || local ? sender(connecting) : "node"),
    endsTls: String(reported("ssl-ports")).split(",").includes("443"),
  };
}

function annotationOf(object: KubernetesObjectPlan | undefined, key: string): unknown {
  return object?.metadata.annotations?.[key];
}

/** What Envoy makes of a request on 443, or `–` where nobody ends TLS. */
function proto(objects: readonly KubernetesObjectPlan[], { endsTls, appends }: Balancer): string {
  const inGateway = /"(certificateRefs|credentialName)":/.test(JSON.stringify(objects.map(({ body }) => body)));
  if (!endsTls) return inGateway ? "https" : "–";
  if (appends) return "https";
  const patches = objects
    .filter(({ kind }) => kind === "EnvoyFilter")
    .flatMap(({ body }) => memberAt(body, "spec.configPatches") as readonly unknown[]);
  return patches.some((patch) => memberAt(patch, "match.listener.portNumber") === 443) ? "https" : "http";
}
