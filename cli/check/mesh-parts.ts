import { addonReleases, unknownPlace } from "../../components/mesh/addons-plan";
import { installs, planControlPlane } from "../../components/mesh/control-plane-plan";
import { planEgressReleases } from "../../components/mesh/egress-plan";
import { planGatewayReleases } from "../../components/mesh/gateways-plan";
import type { MeshSettings } from "../../components/plan/settings";
import { Mode, Routing } from "../../components/plan/enums";
import type { Asked, Facts } from "./facts";

/** A Helm release of the mesh. */
export interface WantedRelease {
  readonly name: string;
  readonly namespace: string;
  readonly version: string;
}

/** The Helm releases that the mesh makes. */
export function releasesOf(settings: MeshSettings): readonly WantedRelease[] {
  const { namespace } = settings.controlPlane;
  const releases = [
    ...planControlPlane(settings, []),
    ...planGatewayReleases(settings),
    ...planEgressReleases(settings),
  ].map(({ releaseName, namespace: where, version }) => ({ name: releaseName, namespace: where, version }));
  const addons = addonReleases(settings, unknownPlace(namespace)).map(({ releaseName, chart: { version } }) => ({
    ...{ name: releaseName, namespace, version },
  }));
  return [...releases, ...addons];
}

export interface WantedGateway {
  readonly name: string;
  readonly namespace: string;
}

/** The Gateways of the Gateway API that the mesh creates: ingress gateways and waypoints. */
export function apiGatewaysOf({ gateways, waypoints }: MeshSettings): readonly WantedGateway[] {
  const addressObjects = gateways.filter(
    ({ createdBy, routing }) => createdBy === "istiod" && routing === Routing.GatewayApi,
  );
  return [...addressObjects, ...waypoints].map(({ name, namespace }) => ({ name, namespace }));
}

/** Whether the mesh cannot do without the Gateway API's definitions. */
export function needsGatewayApi(settings: MeshSettings): boolean {
  const { mode, gateways } = settings;
  return (
    installs(settings) && (mode === Mode.Ambient || gateways.some(({ routing }) => routing === Routing.GatewayApi))
  );
}

/** Whether anything of the mesh is in the cluster already. */
export function isInstalled({ kubernetes: { releases, addressObjects } }: Facts): Asked<boolean> {
  if (!releases.known) return releases;
  if (!addressObjects.known) return addressObjects;
  const there = Object.values(addressObjects.answer).some(({ object }) => object !== undefined);
  return { known: true, answer: there || releases.answer.length > 0 };
}
