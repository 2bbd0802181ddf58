import semver from "semver";
import { changesBetween } from "../../cli/against/difference";
import { replaces } from "../../cli/against/replacement";
import type { Plan } from "../../cli/plan/plan";
import { memberAt } from "./recorded";
import type { Resource } from "./steps";

/** What must hold between two plans of one mesh, of which the second is the next `up`. */
export interface UpgradeRule {
  readonly name: string;
  /** What breaks it; empty: nothing does. */
  readonly broken: (was: Plan, is: Plan) => readonly string[];
}

const release = "kubernetes:helm.sh/v3:Release";
const find = ({ resources }: Plan, name: string) => resources.find((resource) => resource.name === name);
const inputOf = (resource: Resource | undefined, path: string) => memberAt(resource?.inputs, path);

/** What clients reach the mesh by. */
const loadBalancer =
  /^mesh-(service|ingress|security-group|rule|gateway|istio-gateway|certificate|a-record|aaaa-record|waypoint|route)-/;

/** The control planes of a plan: their revisions, `""` for the unrevisioned one, and the releases. */
function controlPlanes({ resources }: Plan): ReadonlyMap<string, Resource> {
  const istiods = resources.filter((one) => one.type === release && inputOf(one, "chart") === "istiod");
  return new Map(istiods.map((one) => [String(inputOf(one, "values.revision") || ""), one] as const));
}

function tagsOf(istiod: Resource | undefined): readonly string[] {
  const tags = inputOf(istiod, "values.revisionTags");
  return Array.isArray(tags) ? tags.map(String) : [];
}

/** Everything that a resource waits for. */
function before(plan: Plan, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (one: string): void => {
    for (const next of find(plan, one)?.dependsOn || []) {
      if (!found.has(next)) {
        found.add(next);
        visit(next);
      }
    }
  };
  visit(name);
  return found;
}

/** How many pods of a gateway there are at the least, and how many of them may be missing while they are exchanged. */
function gatewaysOf(plan: Plan): ReadonlyMap<string, { readonly least: number; readonly missing: unknown }> {
  const ofChart = plan.resources
    .filter((one) => one.type === release && inputOf(one, "chart") === "gateway")
    .map((one) => {
      const { autoscaling, replicaCount, strategy } = inputOf(one, "values") as Readonly<Record<string, unknown>>;
      const least = memberAt(autoscaling, "minReplicas") || replicaCount;
      return [one.name, { least: Number(least), missing: memberAt(strategy, "rollingUpdate.maxUnavailable") }] as const;
    });
  const ofIstiod = plan.resources
    .filter((one) => /^mesh-(parameters|waypointparams)-/.test(one.name))
    .map((one) => {
      const patch = (key: string) => JSON.parse(String(memberAt(inputOf(one, "data"), key) || "{}")) as unknown;
      const least =
        memberAt(patch("horizontalPodAutoscaler"), "spec.minReplicas") ||
        memberAt(patch("deployment"), "spec.replicas");
      const missing = memberAt(patch("deployment"), "spec.strategy.rollingUpdate.maxUnavailable");
      return [one.name, { least: Number(least), missing }] as const;
    });
  return new Map([...ofChart, ...ofIstiod]);
}

/** The revisions and tags that namespaces follow: `""` for those with `istio-injection=enabled`. */
function followed({ resources }: Plan): readonly { readonly name: string; readonly follows: string }[] {
  return resources
    .filter(({ name }) => name.startsWith("mesh-enrolment-"))
    .flatMap((one) => {
      const labels = inputOf(one, "metadata.labels") as Readonly<Record<string, string>>;
      const revision = labels["istio.io/rev"];
      if (revision !== undefined) return [{ name: one.name, follows: revision }];
      return labels["istio-injection"] === undefined ? [] : [{ name: one.name, follows: "" }];
    });
}

/** Whose proxies a followed name leads to. */
function leadsTo(plan: Plan, follows: string): string | undefined {
  const tag = follows === "" ? "default" : follows;
  for (const [revision, istiod] of controlPlanes(plan)) {
    if (revision === follows || tagsOf(istiod).includes(tag)) return revision;
  }
  return undefined;
}

export const upgradeRules: readonly UpgradeRule[] = [
  {
    name: "nothing is replaced",
    broken: (was, is) =>
      was.resources.flatMap((old) => {
        const now = find(is, old.name);
        if (now === undefined) return [];
        if (now.type !== old.type) return [`${old.name} becomes a ${now.type}`];
        return changesBetween(old.inputs, now.inputs).flatMap(({ path }) =>
          replaces(now, path) ? [`${now.name} is replaced by another ${path}`] : [],
        );
      }),
  },
  {
    name: "nothing that clients reach the mesh by is renamed or gone",
    broken: (was, is) =>
      was.resources.flatMap(({ name }) => (loadBalancer.test(name) && find(is, name) === undefined ? [name] : [])),
  },
  {
    name: "no gateway goes below its minimum",
    broken: (was, is) => {
      const now = gatewaysOf(is);
      return [...gatewaysOf(was)].flatMap(([name, { least }]) => {
        const gateway = now.get(name);
        if (gateway === undefined || gateway.least < least) return [`${name} has fewer pods than before`];
        return gateway.missing === 0 ? [] : [`${name} is exchanged with pods missing`];
      });
    },
  },
  {
    name: "a gateway whose control plane changes gets new pods, after that control plane",
    broken: (was, is) =>
      is.resources
        .filter((one) => one.type === release && inputOf(one, "chart") === "gateway")
        .flatMap((gateway) => {
          const revision = String(inputOf(gateway, "values.revision") || "");
          const istiod = controlPlanes(is).get(revision);
          if (istiod === undefined) return [`${gateway.name} follows ${revision}, which is not installed`];
          if (!before(is, gateway.name).has(istiod.name)) return [`${gateway.name} does not wait for ${istiod.name}`];
          const old = find(was, gateway.name);
          const oldIstiod = controlPlanes(was).get(String(inputOf(old, "values.revision") || ""));
          const same = oldIstiod?.name === istiod.name && inputOf(oldIstiod, "version") === inputOf(istiod, "version");
          const annotations = [old, gateway].map((one) => JSON.stringify(inputOf(one, "values.podAnnotations")));
          return same || annotations[0] !== annotations[1] ? [] : [`${gateway.name} keeps its old pods`];
        }),
  },
  {
    name: "a tag is given up before it is taken",
    broken: (was, is) =>
      [...controlPlanes(is)].flatMap(([revision, taker]) =>
        tagsOf(taker).flatMap((tag) => {
          const giver = [...controlPlanes(was)].find(([other, one]) => other !== revision && tagsOf(one).includes(tag));
          if (giver === undefined) return [];
          const [, now] = [...controlPlanes(is)].find(([other]) => other === giver[0]) || [];
          if (now === undefined) return [`${giver[1].name} still has the tag ${tag} when ${taker.name} takes it`];
          if (tagsOf(now).includes(tag)) return [`the tag ${tag} is in two releases`];
          return before(is, taker.name).has(now.name) ? [] : [`${taker.name} does not wait for ${now.name}`];
        }),
      ),
  },
  {
    name: "the tag default never stands beside a control plane without revision",
    broken: (_, is) =>
      [...controlPlanes(is).values()].flatMap((one) =>
        tagsOf(one).includes("default") && controlPlanes(is).has("") ? [one.name] : [],
      ),
  },
  {
    name: "configuration is validated by a control plane that is there before and after",
    broken: (was, is) => {
      const named = String(inputOf(find(is, "mesh-base"), "values.defaultRevision"));
      const revision = named === "default" ? "" : named;
      const there = controlPlanes(was).has(revision) && controlPlanes(is).has(revision);
      return there ? [] : [`defaultRevision is ${named}`];
    },
  },
  {
    name: "a control plane goes when no namespace follows it any more, and every namespace follows one that is there",
    broken: (was, is) => {
      const gone = [...controlPlanes(was).keys()].filter((revision) => !controlPlanes(is).has(revision));
      return [
        ...followed(was).flatMap(({ name, follows }) => {
          const revision = leadsTo(was, follows);
          return revision !== undefined && gone.includes(revision) ? [`${name} still followed ${revision}`] : [];
        }),
        ...followed(is).flatMap(({ name, follows }) =>
          leadsTo(is, follows) === undefined ? [`${name} follows ${follows}, which is not installed`] : [],
        ),
      ];
    },
  },
  {
    name: "definitions come before the control planes that read them, and are those of the newest",
    broken: (_, is) => {
      const base = find(is, "mesh-base");
      const istiods = [...controlPlanes(is).values()];
      const [newest] = semver.rsort(istiods.map((one) => String(inputOf(one, "version"))));
      return [
        ...(inputOf(base, "version") === newest ? [] : [`base is not ${newest}`]),
        ...istiods.flatMap(({ name }) => (before(is, name).has("mesh-base") ? [] : [`${name} does not wait for base`])),
      ];
    },
  },
];

/** Every rule that a step breaks, and by what. */
export function brokenRules(was: Plan, is: Plan): readonly string[] {
  return upgradeRules.flatMap(({ name, broken }) => broken(was, is).map((what) => `${name}: ${what}`));
}
