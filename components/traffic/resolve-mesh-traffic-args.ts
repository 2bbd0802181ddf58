import { mergeLayers } from "../control-plane/charts/chart-values";
import { writtenMeshConfigs } from "../control-plane/charts/written-mesh-configs";
import { valueAt } from "../inputs/path";
import { problem } from "../inputs/problem";
import type { Problem, Resolved } from "../plan/problem";
import type { SecuritySettings } from "../plan/security-settings";
import type { ControlPlaneSettings, EgressSettings, NamespaceSettings } from "../plan/settings";
import type { TrafficSettings } from "../plan/traffic-settings";
import { Dataplane, EgressPolicy, Mode, MtlsMode } from "../plan/enums";
import { decidedKeys, planTrafficMeshConfig } from "./mesh-config";
import { resolveTraffic } from "./resolve-traffic-args";
import type { TrafficArgs } from "./traffic-args";

/** What is resolved besides. */
export interface MeshTrafficContext {
  readonly namespaces: readonly NamespaceSettings[];
  readonly security: SecuritySettings;
  readonly egress: EgressSettings;
}

/** The arguments of a mesh that decide its defaults of traffic. */
export interface MeshTrafficArgs {
  readonly mode: Mode;
  readonly traffic?: TrafficArgs;
}

/** Resolves `traffic` with what it must know of the mesh. */
export function resolveTrafficOf(
  { mode, traffic = {} }: MeshTrafficArgs,
  controlPlane: ControlPlaneSettings,
  context: MeshTrafficContext,
): Resolved<TrafficSettings> {
  const { profile, main, canary } = controlPlane;
  const { namespaces } = context;
  const having = (dataplane: Dataplane) => namespaces.filter((namespace) => namespace.dataplane === dataplane);
  const resolved = resolveTraffic(traffic, {
    ...{ mode, profile, versions: [main.version, ...(canary === undefined ? [] : [canary.version])] },
    sidecars: mode === Mode.Sidecar || having(Dataplane.Sidecar).length > 0,
    ambient: having(Dataplane.Ambient).map(({ name }) => name),
    waypoints: namespaces.filter(({ waypoint }) => waypoint !== undefined).map(({ name }) => name),
    closed: closedBy(context),
  });
  return {
    ...resolved,
    problems: [...resolved.problems, ...checkMeshConfig(resolved.settings, controlPlane)],
  };
}

/** Why a request without mTLS to a host that is not known would fail. */
function closedBy({ security, egress }: MeshTrafficContext): string | undefined {
  const strict = security.namespaces.filter(({ mtls }) => mtls === MtlsMode.Strict).map(({ name }) => `"${name}"`);
  if (security.mtls === MtlsMode.Strict) return "security.mtls is strict";
  if (egress.policy === EgressPolicy.RegistryOnly) return "egress.policy is registry-only";
  return strict.length === 0 ? undefined : `mtls of ${strict.join(", ")} is strict`;
}

/** What `traffic` decides may not stand in the user's mesh configuration besides: one of the two would do nothing. */
function checkMeshConfig(settings: TrafficSettings, controlPlane: ControlPlaneSettings): readonly Problem[] {
  return writtenMeshConfigs(controlPlane).flatMap(({ path, config }) =>
    decidedKeys(settings).flatMap(({ member, key }) => {
      const given = valueAt(config, key.split("."));
      if (given === undefined) return [];
      return [
        problem(`${path}.${key}`, {
          given,
          allowed: `nothing while traffic.${member} decides it`,
          suggestion: `remove it, or traffic.${member}`,
        }),
      ];
    }),
  );
}

/** The control plane with the mesh-wide defaults in its configuration. */
export function withTraffic(controlPlane: ControlPlaneSettings, traffic: TrafficSettings): ControlPlaneSettings {
  return { ...controlPlane, meshConfig: mergeLayers(controlPlane.meshConfig, planTrafficMeshConfig(traffic)) };
}
