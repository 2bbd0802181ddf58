import type { ModeModule } from "../../plan/mode";
import { Dataplane, type Mode } from "../../plan/enums";
import { ambientLabels, ambientMode } from "./ambient/ambient-plan";
export { waypointLabels } from "./ambient/ambient-plan";
import { injectionLabels } from "./sidecar/injection-labels";
import { sidecarMode } from "./sidecar/sidecar-plan";

/** The modes. A new one is a folder and a line here. */
export const modes: Readonly<Record<Mode, ModeModule>> = {
  sidecar: sidecarMode,
  ambient: ambientMode,
};

/** The labels that make a namespace's pods take part in the mesh. */
export function enrolmentLabels(dataplane: Dataplane, revision: string): Readonly<Record<string, string>> {
  switch (dataplane) {
    case Dataplane.Sidecar:
      return injectionLabels(revision);
    case Dataplane.Ambient:
      return ambientLabels;
    case Dataplane.None:
      return {};
  }
}
