import { problemIf } from "../../inputs/problem";
import type { Problem } from "../../plan/problem";
import { Profile } from "../../plan/enums";
import type { IstioArgs } from "./istio-args";

/** With profile `empty` nothing would read these. */
export function checkEmpty(istio: IstioArgs): readonly Problem[] {
  if (istio.profile !== Profile.Empty) return [];
  const unread = [
    "canary",
    "meshConfig",
    "values",
    "chartRepository",
    "imageHub",
    "revisionTags",
    "sidecarCni",
    "createNamespace",
    "namespaceLabels",
  ] as const;
  return unread.flatMap((member) =>
    problemIf(istio[member] !== undefined, `istio.${member}`, {
      given: istio[member],
      allowed: 'nothing with profile "empty", which installs no chart',
      suggestion: "remove it, or use another profile",
    }),
  );
}
