import { logicalNames } from "../logical-names";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { Tree } from "../plan/input-value";
import type { NamespaceSecuritySettings, SecuritySettings } from "../plan/security-settings";
import type { GatewaySettings } from "../plan/gateway-settings";
import { Routing } from "../plan/enums";
import type { AfterNamespace } from "./peer-authentication-plan";

/** A gateway and who its pods are. */
export interface GatewayIdentity {
  readonly gateway: GatewaySettings;
  /** None: someone else makes the pods, and nobody here knows. */
  readonly serviceAccount: string | undefined;
}

/** Pods that are there for whoever reaches them. */
export type OpenPods = Pick<GatewaySettings, "name" | "namespace" | "routing" | "selector">;

/** Everyone whom the mesh itself needs to be let in. */
export interface AuthorizationContext {
  readonly gateways: readonly GatewayIdentity[];
  /** The pods through which traffic leaves the mesh. */
  readonly edges: readonly OpenPods[];
  /** Names of the gateways that lead requests into a namespace. */
  readonly routed: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether there may be waypoints: in ambient mode. */
  readonly waypoints: boolean;
  readonly after: AfterNamespace;
}

/**
 * Plans the denial of all that nobody allows, and what the mesh needs to be allowed: clients at gateways, at those that
 * lead out too, gateways where they lead to, waypoints before the pods behind them, and ports that are to take plaintext.
 *
 * The denial comes after everything that is allowed, and goes before it: in no moment is more denied than meant. Health
 * checks and metrics need nothing, since their ports pass the proxies by.
 */
export function planAuthorizationPolicies(
  security: SecuritySettings,
  context: AuthorizationContext,
): readonly KubernetesObjectPlan[] {
  if (!security.defaultDeny) return [];
  const allowed = [
    ...context.gateways.map(({ gateway }) => allowClients(gateway, context)),
    // Whom they let out where to, `egress.hosts` says; TLS of applications shows them no identity to choose by.
    ...context.edges.map((edge) => allowClients(edge, context)),
    ...security.namespaces.flatMap((namespace) => [
      ...allowGateways(namespace, security, context),
      ...allowWaypoint(namespace, security, context),
      ...allowPlaintext(namespace, context),
    ]),
  ];
  return [
    ...allowed,
    ...denyAll(
      security,
      allowed.map(({ name }) => name),
      context,
    ),
  ];
}

/**
 * Empty, it allows nobody, and from the root namespace it speaks of every proxy but waypoints, which heed no policy that
 * does not name them. Without the second one everybody could go through a waypoint.
 */
function denyAll(
  { rootNamespace: namespace }: SecuritySettings,
  allowed: readonly string[],
  { waypoints, after }: AuthorizationContext,
): readonly KubernetesObjectPlan[] {
  const last = [...after(namespace), ...allowed];
  const targetRefs = [{ group: gatewayApi, kind: "GatewayClass", name: "istio-waypoint" }];
  return [
    authorizationPolicy({ namespace, name: "default-deny" }, {}, last),
    ...(waypoints ? [authorizationPolicy({ namespace, name: "default-deny-waypoints" }, { targetRefs }, last)] : []),
  ];
}

const gatewayApi = "gateway.networking.k8s.io";

/** Clients have no identity of the mesh; who may come at all, the load balancer's security group decides. */
function allowClients(gateway: OpenPods, { after }: AuthorizationContext): KubernetesObjectPlan {
  const { name, namespace, routing, selector } = gateway;
  const pods =
    routing === Routing.GatewayApi
      ? { targetRefs: [{ group: gatewayApi, kind: "Gateway", name }] }
      : { selector: { matchLabels: selector } };
  const spec = { ...pods, action: "ALLOW", rules: [{}] };
  return authorizationPolicy({ namespace, name: `allow-clients-${name}` }, spec, after(namespace));
}

/** A route says that a gateway's requests are welcome in the whole namespace: which pods are behind a Service nobody here knows. */
function allowGateways(
  { name: namespace, waypoint }: NamespaceSecuritySettings,
  { trustDomain }: SecuritySettings,
  { gateways, routed, after }: AuthorizationContext,
): readonly KubernetesObjectPlan[] {
  const names = routed.get(namespace);
  if (names === undefined) return [];
  const principals = gateways.flatMap(({ gateway, serviceAccount }) => {
    if (!names.has(gateway.name) || serviceAccount === undefined) return [];
    return [`${trustDomain}/ns/${gateway.namespace}/sa/${serviceAccount}`];
  });
  if (principals.length === 0) return [];
  const spec = { action: "ALLOW", rules: [{ from: [{ source: { principals } }] }] };
  const at = waypoint === undefined ? [] : [{ group: gatewayApi, kind: "Gateway", name: waypoint }];
  return [
    authorizationPolicy({ namespace, name: "allow-gateways" }, spec, after(namespace)),
    ...at.map((target) =>
      authorizationPolicy(
        { namespace, name: "allow-gateways-at-waypoint" },
        { targetRefs: [target], ...spec },
        after(namespace),
      ),
    ),
  ];
}

/** Behind a waypoint its own identity is all that ztunnel sees; whom it lets through, policies that name it decide. */
function allowWaypoint(
  { name: namespace, waypoint }: NamespaceSecuritySettings,
  { trustDomain }: SecuritySettings,
  { after }: AuthorizationContext,
): readonly KubernetesObjectPlan[] {
  if (waypoint === undefined) return [];
  const principals = [`${trustDomain}/ns/${namespace}/sa/${waypoint}`];
  const spec = { action: "ALLOW", rules: [{ from: [{ source: { principals } }] }] };
  return [authorizationPolicy({ namespace, name: "allow-waypoint" }, spec, after(namespace))];
}

/** Who speaks plaintext has no identity that one could name, so that the port is open to all who reach it. */
function allowPlaintext(
  { name: namespace, plaintextPorts }: NamespaceSecuritySettings,
  { after }: AuthorizationContext,
): readonly KubernetesObjectPlan[] {
  return plaintextPorts.map(({ name, selector, ports }) => {
    const operation = { ports: ports.map(String) };
    const spec = { selector: { matchLabels: selector }, action: "ALLOW", rules: [{ to: [{ operation }] }] };
    return authorizationPolicy({ namespace, name: `allow-plaintext-${name}` }, spec, after(namespace));
  });
}

function authorizationPolicy(
  metadata: { readonly namespace: string; readonly name: string },
  spec: Tree,
  after: readonly string[],
): KubernetesObjectPlan {
  return {
    name: logicalNames.authorizationPolicy(metadata.namespace, metadata.name),
    after,
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata,
    body: { spec },
  };
}
