import { present } from "../../inputs/present";
import semver from "semver";
import { valueAt } from "../../inputs/path";
import { logicalNames } from "../../logical-names";
import type { Tree } from "../../plan/input-value";
import type { ReleasePlan } from "../../plan/release";
import type { ControlPlaneSettings, RevisionSettings } from "../../plan/settings";
import { mergeLayers } from "./values/chart-values";
import { remoteAddresses } from "./remote";

/** The values that the chart requires, and the user may not change. */
export function baseRequirements(settings: ControlPlaneSettings): Tree {
  const { main, namespace, profile } = settings;
  return present({
    profile: profile === "remote" ? "remote" : undefined,
    // The default validator's webhook calls this revision. It must name one that is installed, never a tag: otherwise
    // every later write of Istio configuration fails with `service "istiod" not found`.
    defaultRevision: validates(settings) ? nameOf(main) : "",
    global: { istioNamespace: namespace },
  });
}

function nameOf({ revision }: RevisionSettings): string {
  return revision === "" ? "default" : revision;
}

/** A remote control plane that is known by its webhook's address alone has no Service here that could validate. */
function validates({ profile, values }: ControlPlaneSettings): boolean {
  const url = valueAt(values.base, ["base", "validationURL"]);
  return profile !== "remote" || url !== undefined || remoteAddresses(values.istiod).service !== undefined;
}

/** Plans Istio's CustomResourceDefinitions and its default validating webhook. */
export function planBase(settings: ControlPlaneSettings, after: readonly string[]): ReleasePlan {
  return {
    name: logicalNames.base,
    after,
    releaseName: "istio-base",
    chart: "base",
    version: newestVersion(settings),
    repository: settings.repository,
    namespace: settings.namespace,
    values: mergeLayers(settings.values.base, baseRequirements(settings)),
    // Nothing in it runs. Helm would look every two seconds whether the definitions are established, which takes a tenth
    // of one, and once more when they are to go; istiod waits for the kinds that it reads.
    unawaited: true,
  };
}

/** The definitions must be those of the newest control plane; older ones read them too. */
function newestVersion({ main, canary }: ControlPlaneSettings): string {
  return canary !== undefined && semver.gt(canary.version, main.version) ? canary.version : main.version;
}
