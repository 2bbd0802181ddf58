import { planBase } from "../charts/base";
import { planCni } from "../charts/cni";
import { planGatewayRelease } from "../charts/gateway";
import { planIstiod } from "../charts/istiod";
import { spread } from "../charts/spread";
import { planZtunnel } from "../charts/ztunnel";
import { planGatewayApiGateway } from "../gateways/gateway-plan";
import { planIstioGateway } from "../gateways/istio-gateway-plan";
import { mergeServers } from "../gateways/servers";
import { roomOf } from "../ingress";
import { logicalNames } from "../logical-names";
import { enrolmentLabels, modes } from "../modes";
import type { ClusterFacts, LookupPlan } from "../plan/facts";
import type { KubernetesObjectPlan, ManifestPlan } from "../plan/kubernetes-object";
import type { ReleasePlan } from "../plan/release";
import type { SecurityGroupRulePlan } from "../plan/security-group";
import type { GatewaySettings, MeshSettings, NamespaceSettings, RevisionSettings } from "../plan/settings";
import { Dataplane, Profile, Routing } from "../plan/words";
import { planNodeWebhookRules } from "../security/security-group-plan";

/** Plans what to ask the world before anything else is planned. */
export function planLookups({ ingresses }: MeshSettings): LookupPlan {
  const withRecords = ingresses.filter(({ dns }) => dns?.createRecords === true);
  return {
    vpc: ingresses.some(({ clients }) => clients.some(({ kind }) => kind === "vpc")),
    zones: Object.fromEntries(
      ingresses.flatMap(({ name, dns }) => (dns?.zone.kind === "look-up" ? [[name, dns.zone]] : [])),
    ),
    certificates: Object.fromEntries(
      ingresses.flatMap(({ name, tls: { certificate } }) =>
        certificate?.kind === "look-up" ? [[name, certificate.domain]] : [],
      ),
    ),
    loadBalancerTypes: [...new Set(withRecords.map((ingress) => roomOf(ingress).loadBalancerType))],
  };
}

/** Whether the mesh installs Istio's charts at all. */
function installs({ controlPlane }: MeshSettings): boolean {
  return controlPlane.profile !== Profile.Empty;
}

/** Namespaces that the mesh makes for itself: their removal is the net that catches load balancers nobody owns. */
export function ownNamespaces(settings: MeshSettings): readonly string[] {
  const gateways = settings.gateways.filter((gateway) => gateway.madeBy !== "someone-else");
  const system = installs(settings) ? [settings.controlPlane.namespace] : [];
  return [...new Set([...system, ...gateways.map((gateway) => gateway.namespace)])];
}

/** Plans those namespaces. The agents of cni and ztunnel need host paths and capabilities that only `privileged` admits. */
export function planNamespaces(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const agents = modes[settings.mode].cniRequirements(settings.controlPlane) !== undefined && installs(settings);
  return ownNamespaces(settings).map((name) => {
    const privileged = agents && name === settings.controlPlane.namespace;
    return {
      ...namespaceObject(name),
      metadata: { name, ...(privileged ? { labels: { "pod-security.kubernetes.io/enforce": "privileged" } } : {}) },
    };
  });
}

function namespaceObject(name: string): KubernetesObjectPlan {
  return {
    name: logicalNames.namespace(name),
    after: [],
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name },
    body: {},
  };
}

/** The namespace that something comes after, if it is one of ours. */
export function afterNamespace(settings: MeshSettings, namespace: string): readonly string[] {
  return ownNamespaces(settings).includes(namespace) ? [logicalNames.namespace(namespace)] : [];
}

/** Plans the Gateway API's definitions, if they are to be installed. */
export function planCrds({ crds }: MeshSettings): readonly ManifestPlan[] {
  return crds === undefined ? [] : [{ name: logicalNames.crds, after: [], file: crds.manifest }];
}

function afterCrds({ crds }: MeshSettings): readonly string[] {
  return crds === undefined ? [] : [logicalNames.crds];
}

function revisionsOf({ controlPlane: { main, canary } }: MeshSettings): readonly RevisionSettings[] {
  return canary === undefined ? [main] : [main, canary];
}

/** Plans the way from the cluster's control plane to istiod, where the user names groups of nodes that may not let it in. */
export function planWebhookRules(settings: MeshSettings, facts: ClusterFacts): readonly SecurityGroupRulePlan[] {
  const needed = installs(settings) && settings.cluster.nodeSecurityGroupIds.length > 0;
  return needed ? planNodeWebhookRules(facts, settings.tags) : [];
}

/** Plans base, istiod (and its canary), cni and ztunnel. `webhookRules` are the logical names of the rules for 15017. */
export function planControlPlane(settings: MeshSettings, webhookRules: readonly string[]): readonly ReleasePlan[] {
  if (!installs(settings)) return [];
  const { controlPlane, mode } = settings;
  const room = modes[mode];
  const system = [logicalNames.namespace(controlPlane.namespace)];
  const cni = room.cniRequirements(controlPlane);
  const istiods = revisionsOf(settings).map((revision) => {
    // A canary takes its tags after the main control plane has given them up: two releases cannot own one webhook.
    const main = revision === controlPlane.main ? [] : [logicalNames.istiod(controlPlane.main.revision)];
    return planIstiod(controlPlane, revision, {
      demands: { istiod: room.istiodRequirements(controlPlane) },
      after: [logicalNames.base, ...afterCrds(settings), ...webhookRules, ...main],
    });
  });
  const afterAgents = [logicalNames.istiod(controlPlane.main.revision), logicalNames.cni];
  return [
    planBase(controlPlane, system),
    ...istiods,
    ...(cni === undefined ? [] : [planCni(controlPlane, cni, system)]),
    ...(room.ztunnel ? [planZtunnel(controlPlane, afterAgents)] : []),
  ];
}

/** What every gateway comes after: the control plane that injects it, or makes its pods. */
function afterControlPlane(settings: MeshSettings): readonly string[] {
  return installs(settings) ? [logicalNames.istiod(settings.controlPlane.main.revision)] : [];
}

/** Plans the gateways that the gateway chart installs. */
export function planGatewayReleases(settings: MeshSettings): readonly ReleasePlan[] {
  return settings.gateways
    .filter((gateway) => gateway.madeBy === "chart")
    .map((gateway) =>
      planGatewayRelease(settings.controlPlane, gateway, [
        ...afterNamespace(settings, gateway.namespace),
        ...afterControlPlane(settings),
      ]),
    );
}

/** Plans the objects that configure gateways: Gateways of the Gateway API (which also make the pods), or Istio Gateways. */
export function planGatewayObjects(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const byName = new Map(settings.gateways.map((gateway) => [gateway.name, gateway]));
  const withApi = settings.gateways.filter((gateway) => gateway.routing === Routing.GatewayApi);
  return [
    ...withApi.flatMap((gateway) => planGatewayApi(settings, gateway)),
    ...settings.ingresses.flatMap((ingress) => {
      const gateway = byName.get(ingress.gateway);
      if (gateway === undefined || gateway.routing !== Routing.Istio) return [];
      const after = gateway.madeBy === "chart" ? [logicalNames.gateway(gateway.name)] : [];
      return [planIstioGateway({ ingress: ingress.name, gateway, servers: roomOf(ingress).servers, after })];
    }),
  ];
}

function planGatewayApi(settings: MeshSettings, gateway: GatewaySettings): readonly KubernetesObjectPlan[] {
  const served = settings.ingresses.filter((ingress) => ingress.gateway === gateway.name);
  return planGatewayApiGateway({
    gateway,
    servers: mergeServers(served.flatMap((ingress) => roomOf(ingress).servers)),
    revision: settings.controlPlane.main.revision,
    spread: spread(gateway.selector),
    after: [...afterNamespace(settings, gateway.namespace), ...afterCrds(settings), ...afterControlPlane(settings)],
  });
}

/** Logical name of what makes a gateway's pods, if the mesh does. */
export function gatewayName({ name, madeBy }: GatewaySettings): readonly string[] {
  return madeBy === "someone-else" ? [] : [logicalNames.gateway(name)];
}

/**
 * Plans the namespaces that take part in the mesh, after everything that their pods need. On destroy they go first, so
 * that no pod is left redirected to a proxy that is gone.
 */
export function planEnrolment(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  return settings.namespaces.map((namespace) => {
    const { name, create, dataplane, revision, labels } = namespace;
    return {
      ...namespaceObject(name),
      after: afterDataplane(settings, namespace),
      ...(create ? {} : { patch: true }),
      metadata: { name, labels: { ...labels, ...enrolmentLabels(dataplane, revision) } },
    };
  });
}

function afterDataplane(settings: MeshSettings, { dataplane, revision }: NamespaceSettings): readonly string[] {
  if (!installs(settings) || dataplane === Dataplane.None) return [];
  const room = modes[settings.mode];
  const cni = room.cniRequirements(settings.controlPlane) === undefined ? [] : [logicalNames.cni];
  if (dataplane === Dataplane.Ambient) return [logicalNames.ztunnel];
  const injector = revisionsOf(settings).find((one) => one.revision === revision || one.tags.includes(revision));
  return [...(injector === undefined ? [] : [logicalNames.istiod(injector.revision)]), ...cni];
}
