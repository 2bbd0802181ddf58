import type { StackValidationPolicy } from "@pulumi/policy";
import semver from "semver";
import { type IstioRelease, istioRelease } from "./istio-release";
import { type Violation, violationText } from "./violation";

export interface EqualVersionsConfig {
  readonly canaryMinorsApart: number;
}

/** Checks the releases of one mesh; each violation with the release that is out of line. */
export function unequal(
  releases: readonly IstioRelease[],
  config: EqualVersionsConfig,
): readonly { readonly release: IstioRelease; readonly violation: Violation }[] {
  const valid = releases.filter(({ version }) => semver.valid(version) !== null);
  const istiods = valid.filter(({ chart }) => chart === "istiod");
  const [newest, ...older] = semver.rsort((istiods.length === 0 ? valid : istiods).map(({ version }) => version));
  if (newest === undefined) return [];
  const known = istiods.length === 0 ? [newest] : [newest, ...older];
  return valid.flatMap((release) => {
    const violation = outOfLine(release, known) || tooFar(release, newest, config) || unnamed(release, istiods);
    return violation === undefined ? [] : [{ release, violation }];
  });
}

/** base carries the newest definitions; agents and gateways follow one of the control planes. */
function outOfLine({ name, chart, version }: IstioRelease, known: readonly string[]): Violation | undefined {
  const expected = chart === "base" ? known.slice(0, 1) : [...new Set(known)];
  if (expected.includes(version)) return undefined;
  return {
    what: `The release ${name} is ${version}, but the control plane is ${[...new Set(known)].join(" and ")}.`,
    allowed:
      chart === "base" ? `${expected.join()}, whose definitions every control plane reads` : expected.join(" or "),
    suggestion: "give all releases of Istio one version: istio.version of the mesh does",
  };
}

function tooFar({ name, version }: IstioRelease, newest: string, config: EqualVersionsConfig): Violation | undefined {
  const apart = semver.minor(newest) - semver.minor(version);
  if (apart <= config.canaryMinorsApart) return undefined;
  return {
    what: `The release ${name} is ${version}, ${apart} minors behind ${newest}.`,
    allowed: `at most ${config.canaryMinorsApart}, and only while an upgrade is under way`,
    suggestion: "finish the upgrade before the next one, or go by a version in between",
  };
}

/** Two control planes side by side are a canary, and need names. */
function unnamed({ name, chart, revision }: IstioRelease, istiods: readonly IstioRelease[]): Violation | undefined {
  const same = istiods.filter((other) => other.revision === revision);
  if (chart !== "istiod" || same.length < 2) return undefined;
  return {
    what: `The release ${name} has the same revision as another control plane: ${revision === "" ? "none" : revision}.`,
    allowed: "control planes side by side, each with a revision of its own",
    suggestion: "give the newer one a revision, as istio.canary does",
  };
}

export const equalVersions: StackValidationPolicy = {
  name: "istio-versions-equal",
  description: "All releases of a mesh have the version of its control plane, or of the canary beside it.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Give all releases of Istio one version; during an upgrade, that of one of the two control planes.",
  configSchema: {
    properties: {
      canaryMinorsApart: {
        type: "integer",
        minimum: 0,
        maximum: 2,
        default: 2,
        description: "How many minors may lie between two control planes side by side. 0: no canary of another minor.",
      },
    },
  },
  validateStack: (stack, report) => {
    const { resources } = stack;
    const config = stack.getConfig<EqualVersionsConfig>();
    const meshes = new Map<string, { readonly release: IstioRelease; readonly urn: string }[]>();
    for (const resource of resources) {
      const release = istioRelease(resource);
      if (release === undefined) continue;
      const mesh = resource.opts.parent === undefined ? "" : resource.opts.parent;
      meshes.set(mesh, [...(meshes.get(mesh) || []), { release, urn: resource.urn }]);
    }
    for (const mesh of meshes.values()) {
      const found = unequal(
        mesh.map(({ release }) => release),
        config,
      );
      for (const { release, violation } of found) {
        report(violationText(violation), mesh.find((one) => one.release === release)?.urn);
      }
    }
  },
};
