import { addonReleases, unknownPlace } from "../../components/addons/addons-plan";
import { eastWestGateway } from "../../components/multi-cluster/multi-cluster-plan";
import { planMeshReleases } from "../../components/mesh/ordered-plans";
import type { IngressSettings } from "../../components/plan/ingress-settings";
import type { MeshSettings } from "../../components/plan/settings";
import { Routing } from "../../components/plan/enums";
import type { QueryResult, Facts } from "./facts";

/** A Helm release of the mesh. */
export interface WantedRelease {
  readonly name: string;
  readonly namespace: string;
  readonly version: string;
}

/** The Helm releases that the mesh makes. */
export function releasesOf(settings: MeshSettings): readonly WantedRelease[] {
  const { namespace } = settings.controlPlane;
  const releases = planMeshReleases(settings, { nodeRules: [] }).map(({ releaseName, namespace: where, version }) => ({
    name: releaseName,
    namespace: where,
    version,
  }));
  const addons = addonReleases(settings, unknownPlace(namespace)).map(({ releaseName, chart: { version } }) => ({
    ...{ name: releaseName, namespace, version },
  }));
  return [...releases, ...addons];
}

/** A load balancer of the mesh. */
export interface WantedLoadBalancer {
  readonly ingress: IngressSettings;
  /** Where its gateway's pods are. */
  readonly namespace: string;
  /** What it is called in findings. */
  readonly where: string;
}

/** The load balancers that the mesh makes: those of ingresses, and that of the east-west gateway. */
export function loadBalancersOf({ ingresses, gateways, multiCluster }: MeshSettings): readonly WantedLoadBalancer[] {
  const eastWest = multiCluster?.eastWest;
  return [
    ...ingresses.map((ingress) => {
      const namespace = String(gateways.find(({ name }) => name === ingress.gateway)?.namespace);
      return { ingress, namespace, where: `ingress ${ingress.name}` };
    }),
    ...(eastWest === undefined
      ? []
      : [{ ingress: eastWest.loadBalancer, namespace: eastWest.gateway.namespace, where: "east-west gateway" }]),
  ];
}

export interface WantedGateway {
  readonly name: string;
  readonly namespace: string;
}

/** The Gateways of the Gateway API that the mesh creates: ingress gateways, waypoints, and the east-west gateway of ambient mode. */
export function apiGatewaysOf(settings: MeshSettings): readonly WantedGateway[] {
  const { gateways, waypoints, multiCluster } = settings;
  const addressObjects = [...gateways, ...eastWestGateway(multiCluster)].filter(
    ({ createdBy, routing }) => createdBy === "istiod" && routing === Routing.GatewayApi,
  );
  return [...addressObjects, ...waypoints].map(({ name, namespace }) => ({ name, namespace }));
}

/** Where the zones of the ingresses are: in the stack's own account, and in those of these roles. */
export function zoneAccounts({ ingresses }: MeshSettings) {
  const roles = ingresses.flatMap(({ dns }) => (dns === undefined ? [] : [dns.roleArn]));
  const readable = roles.filter((role) => typeof role === "string");
  return { ownZones: roles.includes(undefined), dnsRoles: [...new Set(readable)] };
}

/** Whether anything of the mesh is in the cluster already. */
export function isInstalled({ kubernetes: { releases, addressObjects } }: Facts): QueryResult<boolean> {
  if (!releases.known) return releases;
  if (!addressObjects.known) return addressObjects;
  const there = Object.values(addressObjects.answer).some(({ object }) => object !== undefined);
  return { known: true, answer: there || releases.answer.length > 0 };
}
