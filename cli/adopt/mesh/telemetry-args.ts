import { providerNames } from "../../../components/telemetry/extension-providers";
import { at, listAt, textAt } from "../../check/kubernetes-object";
import type { FoundObjects } from "../takeover/planned-objects";
import type { Reader } from "../proposals";
import { compact, isTree, type Tree } from "../trees";

/** Logs and traces of the whole mesh, as the Telemetry of its root namespace says them. */
export function telemetryReader({ Telemetry }: FoundObjects, meshConfig: unknown, root: string): Reader {
  const object = Telemetry.find(({ metadata }) => metadata.name === "mesh-default" && metadata.namespace === root);
  return () => {
    if (object === undefined) return [];
    const accessLogs = logsIn(at(object, "spec", "accessLogging", 0));
    const rule = at(object, "spec", "tracing", 0);
    if (rule === undefined) return [{ args: { telemetry: compact({ accessLogs }) } }];
    // Where Jaeger is an add-on, spans go there without a word.
    return [{}, collectorIn(meshConfig)].map((collector) => ({
      args: { telemetry: compact({ accessLogs, tracing: { provider: "otlp", ...tracingOf(rule), ...collector } }) },
    }));
  };
}

const logs: Readonly<Record<string, string>> = { [providerNames.text]: "text", [providerNames.json]: "json" };

function logsIn(rule: unknown): string | undefined {
  return at(rule, "disabled") === true ? "off" : logs[textAt(rule, "providers", 0, "name")];
}

function tracingOf(rule: unknown): Tree {
  const tags = at(rule, "customTags");
  const literal = Object.entries(isTree(tags) ? tags : {}).map(
    ([name, tag]) => [name, textAt(tag, "literal", "value")] as const,
  );
  return { samplingPercentage: at(rule, "randomSamplingPercentage"), customTags: Object.fromEntries(literal) };
}

/** Where the provider of the mesh's name sends spans. */
function collectorIn(meshConfig: unknown): Tree {
  const providers = listAt(meshConfig, "extensionProviders");
  const own = providers.find((provider) => textAt(provider, "name") === providerNames.tracing);
  return { service: textAt(own, "opentelemetry", "service"), port: at(own, "opentelemetry", "port") };
}
