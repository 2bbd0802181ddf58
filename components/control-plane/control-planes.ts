import type { MeshSettings, RevisionSettings } from "../plan/settings";
import { Profile } from "../plan/enums";

/** Whether the mesh installs Istio's charts at all. */
export function installs({ controlPlane }: Pick<MeshSettings, "controlPlane">): boolean {
  return controlPlane.profile !== Profile.Empty;
}

/** The main control plane, and the canary beside it. */
export function revisionsOf({ controlPlane: { main, canary } }: MeshSettings): readonly RevisionSettings[] {
  return canary === undefined ? [main] : [main, canary];
}
