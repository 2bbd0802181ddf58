import { type ControlPlaneDemands } from "../charts/istiod";
import { mergeLayers, present } from "../charts/chart-values";
import { modes } from "../modes";
import type { SecuritySettings } from "../plan/security-settings";
import type { ControlPlaneSettings, RevisionSettings } from "../plan/settings";
import type { Mode } from "../plan/words";
import { meshConfigRequirements } from "../security/mesh-config-requirements";

/** What decides how a control plane is set up, beside its own settings. */
export interface AskingOfIstiod {
  readonly mode: Mode;
  readonly controlPlane: ControlPlaneSettings;
  readonly security: SecuritySettings;
}

/** All that other rooms ask of one control plane. */
export function istiodDemands(
  { mode, controlPlane, security }: AskingOfIstiod,
  { version }: RevisionSettings,
): ControlPlaneDemands {
  const meshConfig = meshConfigRequirements(security, version);
  const told = Object.keys(meshConfig).length === 0 ? undefined : meshConfig;
  return { istiod: mergeLayers(modes[mode].istiodRequirements(controlPlane), present({ meshConfig: told })) };
}
