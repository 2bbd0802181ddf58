import semver from "semver";
import { duplicates, oneOf } from "../../inputs/list";
import { problem, problemIf } from "../../inputs/problem";
import type { Problem, Resolved } from "../../plan/problem";
import type { ControlPlaneSettings, RevisionSettings } from "../../plan/settings";
import { Mode, Profile } from "../../plan/enums";
import { type ControlPlaneArgs, checkControlPlane, controlPlaneDefaults } from "./control-plane-args";
import type { CanaryArgs, ChartValuesArgs, IstioArgs } from "./istio-args";
import { istioChartRepository } from "../charts/chart-repository";
import { checkEmpty } from "./empty-profile-check";
import { namespaceDefaults } from "./istio-namespace-args";
import { checkRemote, warnOfRemote } from "./remote-check";
import { defaultIstioVersion, istioMinors, minorOf } from "../charts/versions";

/** Fills in the defaults of `istio` and `controlPlane`. Values of charts are checked by required-values.ts. */
export function resolveIstio(
  istio: IstioArgs,
  controlPlane: ControlPlaneArgs,
  mode: Mode,
): Resolved<ControlPlaneSettings> {
  const profile = istio.profile ?? Profile.Default;
  const settings: ControlPlaneSettings = {
    ...controlPlaneDefaults(controlPlane, profile),
    profile,
    main: {
      version: istio.version ?? defaultIstioVersion,
      revision: istio.revision ?? "",
      tags: istio.revisionTags ?? [],
    },
    canary: canaryOf(istio.canary),
    ...namespaceDefaults(istio),
    repository: istio.chartRepository ?? istioChartRepository,
    hub: istio.imageHub ?? "docker.io/istio",
    meshConfig: istio.meshConfig ?? {},
    values: valuesOf(istio.values ?? {}),
    sidecarCni: istio.sidecarCni ?? false,
  };
  return {
    settings,
    problems: [
      ...checkControlPlane(controlPlane, profile),
      ...checkProfile(istio, mode),
      ...checkRemote(istio),
      ...checkRevisions(settings),
      ...checkTags(settings),
      ...checkEmpty(istio),
    ],
    warnings: [...warningsOf(settings), ...warnOfRemote(istio, controlPlane)],
  };
}

function valuesOf({ base = {}, istiod = {}, cni = {}, ztunnel = {}, gateway = {} }: ChartValuesArgs) {
  return { base, istiod, cni, ztunnel, gateway };
}

function canaryOf(canary: CanaryArgs | undefined): RevisionSettings | undefined {
  if (canary === undefined) return undefined;
  return {
    version: canary.version,
    revision: canary.revision,
    tags: canary.revisionTags ?? [],
  };
}

function checkProfile({ profile, sidecarCni }: IstioArgs, mode: Mode): readonly Problem[] {
  const ownProfile = profile === Profile.Preview || profile === Profile.Remote;
  return [
    ...problemIf(ownProfile && mode === Mode.Ambient, "istio.profile", {
      given: profile,
      allowed: 'profiles of sidecar mode, or none: the charts take one profile, and mode "ambient" needs its own',
      suggestion: "remove the profile; set single values with istio.values",
    }),
    ...problemIf(sidecarCni === true && mode === Mode.Ambient, "istio.sidecarCni", {
      given: true,
      allowed: 'nothing with mode "ambient", which always has the CNI agent',
      suggestion: "remove it",
    }),
  ];
}

function checkRevisions({ main, canary }: ControlPlaneSettings): readonly Problem[] {
  const named = [
    { revision: main.revision, path: "istio.revision" },
    ...(canary === undefined ? [] : [{ revision: canary.revision, path: "istio.canary.revision" }]),
  ];
  return [
    ...named.flatMap(({ revision, path }) =>
      problemIf(revision === "default", path, {
        given: revision,
        allowed: 'names other than "default", which Istio gives the unrevisioned control plane',
        suggestion: "leave it out for the unrevisioned one, or give it a name such as 1-31-1",
      }),
    ),
    ...(canary === undefined ? [] : checkCanary(main, canary)),
  ];
}

function checkCanary(main: RevisionSettings, canary: RevisionSettings): readonly Problem[] {
  const apart = Math.abs(semver.minor(canary.version) - semver.minor(main.version));
  return [
    ...problemIf(canary.revision === main.revision, "istio.canary.revision", {
      given: canary.revision,
      allowed: "another revision than the main control plane's",
      suggestion: `name it after its version: "${canary.version.replaceAll(".", "-")}"`,
    }),
    ...problemIf(apart > 2, "istio.canary.version", {
      given: canary.version,
      allowed: `at most two minors from the main version, ${main.version}: Istio supports no wider step`,
      suggestion: "go there by a version in between",
    }),
  ];
}

function checkTags({ main, canary }: ControlPlaneSettings): readonly Problem[] {
  const canaryTags = canary === undefined ? [] : canary.tags;
  const revisions = [main.revision, canary?.revision].filter((name) => name !== undefined && name !== "");
  const lists = [
    { tags: main.tags, path: "istio.revisionTags" },
    { tags: canaryTags, path: "istio.canary.revisionTags" },
  ];
  return lists.flatMap(({ tags, path }) => [
    ...duplicates(tags, path),
    ...tags.flatMap((tag, index) => {
      const here = `${path}[${index}]`;
      return [
        ...problemIf(revisions.includes(tag), here, {
          given: tag,
          allowed: "names that no revision has",
          suggestion: "remove it: a revision needs no tag of its own name",
        }),
        ...problemIf(tag === "default" && main.revision === "", here, {
          given: tag,
          allowed: 'tags other than "default" while the unrevisioned control plane is installed: both would inject',
          suggestion: "set it in the step that gives istio.revision a name",
        }),
        ...problemIf(path !== "istio.revisionTags" && main.tags.includes(tag), here, {
          given: tag,
          allowed: "tags that the main control plane does not have: a tag lives in exactly one",
          suggestion: "remove it from one of the two",
        }),
      ];
    }),
  ]);
}

/** Profiles that have no istiod here, or say more of it already. */
const withoutWarning = [Profile.Empty, Profile.Remote, Profile.Demo] as const;

function warningsOf({ main, canary, minReplicas, profile }: ControlPlaneSettings): readonly string[] {
  const versions = [
    { path: "istio.version", version: main.version },
    ...(canary === undefined ? [] : [{ path: "istio.canary.version", version: canary.version }]),
  ];
  return [
    ...versions.flatMap(({ path, version }) => [...warnOfEndOfLife(path, version), ...warnOfNewer(path, version)]),
    ...(profile === Profile.Demo
      ? [
          'istio.profile: "demo" is for trying things out, not for production: one pod of each part, with little reserved, and every request logged and traced.',
        ]
      : []),
    ...(minReplicas === 1 && !withoutWarning.some((one) => one === profile)
      ? ["controlPlane.minReplicas: with one istiod no pod can be injected, and no gateway started, while it restarts."]
      : []),
  ];
}

function warnOfEndOfLife(path: string, version: string): readonly string[] {
  const row = minorOf(version);
  if (row === undefined || row.supported) return [];
  const supported = istioMinors.filter((minor) => minor.supported && minor.rendered).map((minor) => minor.newestPatch);
  return [`${path}: Istio no longer supports ${row.minor} (since ${row.endOfLife}); move to ${oneOf(supported)}.`];
}

/** What the component does not know of charts that nobody has rendered with its values. */
function warnOfNewer(path: string, version: string): readonly string[] {
  const row = minorOf(version);
  if (row === undefined || row.rendered) return [];
  const minor = version.split(".").slice(0, 2).join(".");
  return [
    `${path}: this release of istio-eks was not tested with the charts of Istio ${minor}, and plans them as the newest that it knows: which values they read, and which releases of Kubernetes and the Gateway API (${row.gatewayApi} here) they want, is not known. Read the change notes of ${minor} first, try it beside the old one with istio.canary, or write "${defaultIstioVersion}".`,
  ];
}

/** Where a revision or a tag of these settings is; none: it names nothing installed. */
export function installedNames({ main, canary }: ControlPlaneSettings): readonly string[] {
  return [main, ...(canary === undefined ? [] : [canary])].flatMap(({ revision, tags }) =>
    revision === "" ? tags : [revision, ...tags],
  );
}

/** A namespace cannot follow what is not installed. */
export function checkInstalled(name: string, path: string, settings: ControlPlaneSettings): readonly Problem[] {
  const installed = installedNames(settings);
  if (settings.profile === Profile.Empty || installed.includes(name)) return [];
  return [
    problem(path, {
      given: name,
      allowed: `a revision or tag that is installed: ${oneOf(installed)}`,
      suggestion: "correct the name, or add it to istio.revisionTags",
    }),
  ];
}
