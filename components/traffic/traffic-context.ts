import { type Profile, Mode, Dataplane, EgressPolicy, MtlsMode } from "../plan/enums";
import type { TrafficReaders } from "./traffic-readers";
import { type WrittenMeshConfig, writtenMeshConfigs } from "../control-plane/charts/values/written-mesh-configs";
import type { SecuritySettings } from "../plan/security-settings";
import type { ControlPlaneSettings, EgressSettings, NamespaceSettings } from "../plan/settings";

/** What the defaults must know of the mesh. */
export interface TrafficContext extends TrafficReaders {
  readonly mode: Mode;
  readonly profile: Profile;
  /** Versions of all control planes. */
  readonly versions: readonly string[];
  /** Every place of the mesh configuration that the user wrote. */
  readonly meshConfigs: readonly WrittenMeshConfig[];
}

/** The settings of other capabilities that decide who reads them. */
export interface MeshTrafficSettings {
  readonly namespaces: readonly NamespaceSettings[];
  readonly security: SecuritySettings;
  readonly egress: EgressSettings;
}

/** What `traffic` must know, from the arguments and settings of other capabilities. */
export function trafficContext(
  mode: Mode,
  controlPlane: ControlPlaneSettings,
  settings: MeshTrafficSettings,
): TrafficContext {
  const { profile, main, canary } = controlPlane;
  const { namespaces } = settings;
  const having = (dataplane: Dataplane) => namespaces.filter((namespace) => namespace.dataplane === dataplane);
  return {
    ...{ mode, profile, versions: [main.version, ...(canary === undefined ? [] : [canary.version])] },
    meshConfigs: writtenMeshConfigs(controlPlane),
    sidecars: mode === Mode.Sidecar || having(Dataplane.Sidecar).length > 0,
    ambient: having(Dataplane.Ambient).map(({ name }) => name),
    waypoints: namespaces.filter(({ waypoint }) => waypoint !== undefined).map(({ name }) => name),
    closed: closedBy(settings),
  };
}

/** Why a request without mTLS to a host that is not known would fail. */
function closedBy({ security, egress }: MeshTrafficSettings): string | undefined {
  const strict = security.namespaces.filter(({ mtls }) => mtls === MtlsMode.Strict).map(({ name }) => `"${name}"`);
  if (security.mtls === MtlsMode.Strict) return "security.mtls is strict";
  if (egress.policy === EgressPolicy.RegistryOnly) return "egress.policy is registry-only";
  return strict.length === 0 ? undefined : `mtls of ${strict.join(", ")} is strict`;
}
