import type { ResourceValidationPolicy } from "@pulumi/policy";
import semver from "semver";
import { type IstioRelease, istioRelease } from "./istio-release";
import { type Violation, violationText } from "./violation";

export interface PinnedVersionsConfig {
  readonly allowedMinors: readonly string[];
}

/** Checks the version of one release. */
export function unpinned(release: IstioRelease, { allowedMinors }: PinnedVersionsConfig): Violation | undefined {
  const { name, version, local } = release;
  if (local && version === "") return undefined;
  if (semver.valid(version) === null) {
    return {
      what: `The release ${name} has ${version === "" ? "no version" : `the version "${version}"`}: what it installs changes by itself.`,
      allowed: "one exact version, such as 1.31.1",
      suggestion: "write it: istio.version of the mesh, or version of the release",
    };
  }
  const minor = `${semver.major(version)}.${semver.minor(version)}`;
  if (allowedMinors.length === 0 || allowedMinors.includes(minor)) return undefined;
  return {
    what: `The release ${name} installs Istio ${version}.`,
    allowed: `patches of ${allowedMinors.join(", ")}`,
    suggestion: "change istio.version of the mesh, or allowedMinors of this policy",
  };
}

export const pinnedVersions: ResourceValidationPolicy = {
  name: "istio-versions-pinned",
  description: "Every Helm release of Istio names one exact version, of a minor that is allowed.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Write an exact istio.version.",
  configSchema: {
    properties: {
      allowedMinors: {
        type: "array",
        items: { type: "string", pattern: "^\\d+\\.\\d+$" },
        default: [],
        description: 'Minors of Istio that may be installed, such as "1.31". Empty: every one.',
      },
    },
  },
  validateResource: (args, report) => {
    const release = istioRelease(args);
    const violation = release && unpinned(release, args.getConfig<PinnedVersionsConfig>());
    if (violation) report(violationText(violation));
  },
};
