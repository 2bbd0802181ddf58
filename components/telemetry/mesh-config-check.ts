import type { WrittenMeshConfig } from "../control-plane/charts/values/written-mesh-configs";
import { valueAt } from "../inputs/path";
import { problem, problemIf } from "../inputs/problem";
import type { Tree } from "../plan/input-value";
import type { Problem } from "../plan/problem";
import type { TelemetrySettings } from "../plan/telemetry-settings";

/** What the mesh configuration may say no more once `telemetry` does, by the member that decides it. */
const decided: Readonly<Record<"accessLogs" | "tracing", readonly string[]>> = {
  accessLogs: ["accessLogFile", "accessLogEncoding", "accessLogFormat", "defaultProviders.accessLogging"],
  tracing: ["enableTracing", "defaultConfig.tracing", "defaultProviders.tracing"],
};

/** The mesh configuration has older words for logs and traces. Both at once would have one of them do nothing. */
export function checkMeshConfig(
  settings: TelemetrySettings,
  written: readonly WrittenMeshConfig[],
): readonly Problem[] {
  const members = (["accessLogs", "tracing"] as const).filter((member) => settings[member] !== undefined);
  return written.flatMap(({ path, config }) =>
    members.flatMap((member) =>
      decided[member].flatMap((key) => {
        const given = valueAt(config, key.split("."));
        if (given === undefined) return [];
        return [
          problem(`${path}.${key}`, {
            given,
            allowed: `nothing while telemetry.${member} decides it`,
            suggestion: `remove it, or telemetry.${member}`,
          }),
        ];
      }),
    ),
  );
}

/** A provider of the user's may not have the name of one of ours; a list of its own in the values would replace ours. */
export function checkProviders(
  ours: readonly Tree[],
  meshConfig: WrittenMeshConfig,
  inValues: readonly WrittenMeshConfig[],
): readonly Problem[] {
  if (ours.length === 0) return [];
  const names = ours.map(({ name }) => name);
  const listed = valueAt(meshConfig.config, ["extensionProviders"]);
  const theirs: readonly unknown[] = Array.isArray(listed) ? listed : [];
  return [
    ...problemIf(listed !== undefined && !Array.isArray(listed), `${meshConfig.path}.extensionProviders`, {
      given: listed,
      allowed: "a list that is known before anything is made: telemetry adds a provider to it",
      suggestion: "write the list; its members may be known later",
    }),
    ...theirs.flatMap((provider, index) => {
      const name = valueAt(provider, ["name"]);
      if (!names.includes(name)) return [];
      return [
        problem(`${meshConfig.path}.extensionProviders[${index}].name`, {
          given: name,
          allowed: "names other than that of the provider which telemetry makes",
          suggestion: "give it another name",
        }),
      ];
    }),
    ...inValues.flatMap(({ path, config }) => {
      const given = valueAt(config, ["extensionProviders"]);
      if (given === undefined) return [];
      return [
        problem(`${path}.extensionProviders`, {
          given,
          allowed: "nothing while telemetry needs a provider: this list would replace it",
          suggestion: "write it below istio.meshConfig, where the two are joined",
        }),
      ];
    }),
  ];
}
