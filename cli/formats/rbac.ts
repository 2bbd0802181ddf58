import { Document, isMap, visit } from "yaml";
import type { Recorded } from "../plan/recording";
import { bundleRules, chartRules, cleanupRules, helmRules, manage, read, remoteRules, type Rule } from "./rbac-rules";

/** Kinds whose objects are in no namespace: of these the rights can be kept to the plan's own names. */
const clusterWide = ["Namespace", "IngressClass", "IngressClassParams"];

/** What Pulumi's provider reads to know when an object of a kind is ready. */
const awaited: Readonly<Record<string, readonly Rule[]>> = {
  Service: [
    { group: "", resources: ["endpoints", "pods"], verbs: read },
    { group: "discovery.k8s.io", resources: ["endpointslices"], verbs: read },
  ],
  Ingress: [{ group: "", resources: ["endpoints", "services"], verbs: read }],
};

/**
 * The ClusterRole that lets someone run `pulumi up`, `refresh` and `destroy` of this mesh, and no more. With Istio's
 * charts in the plan it can be no small one: they make roles of their own, which takes the verb `escalate`.
 */
export function clusterRoleText(resources: readonly Recorded[]): string {
  const rules = merged(resources.flatMap(rulesOf));
  const escalates = rules.some(({ verbs }) => verbs.includes("escalate"));
  const role = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "istio-eks" },
    rules: rules.map(({ group, resources: kinds, verbs, names }) => ({
      apiGroups: [group],
      resources: kinds,
      ...(names === undefined ? {} : { resourceNames: names }),
      verbs,
    })),
  };
  const warning = "# Istio's charts make roles, so this one may escalate: who carries it can become administrator.\n";
  return `${escalates ? warning : ""}${yamlOf(role)}`;
}

/** Short lists stand in one line each. */
function yamlOf(role: object): string {
  const document = new Document(role);
  visit(document, {
    Seq: (_, node) => {
      if (node.items.every((item) => !isMap(item))) node.flow = true;
    },
  });
  return document.toString({ flowCollectionPadding: false, lineWidth: 0 });
}

/** Where the cleanup is switched off, its command does nothing. */
function commandRules(inputs: unknown): readonly Rule[] {
  return (inputs as { readonly delete: string }).delete === ":" ? [] : cleanupRules;
}

function rulesOf({ type, inputs }: Recorded): readonly Rule[] {
  if (!type.startsWith("kubernetes:")) return type === "command:local:Command" ? commandRules(inputs) : [];
  if (type === "kubernetes:helm.sh/v3:Release") return releaseRules(inputs as ReleaseInputs);
  if (type === "kubernetes:yaml/v2:ConfigFile") return bundleRules;
  const { group, kind, patch } = kindOf(type);
  const { name } = (inputs as { readonly metadata: { readonly name: string } }).metadata;
  const resources = [pluralOf(kind)];
  const verbs = patch ? ["get", "patch"] : [...manage];
  if (!clusterWide.includes(kind)) return [{ group, resources, verbs }, ...awaitedBy(kind)];
  const named = verbs.filter((verb) => verb !== "create" && verb !== "list" && verb !== "watch");
  const nameless = verbs.filter((verb) => !named.includes(verb));
  return [
    { group, resources, verbs: named, names: [name] },
    ...(nameless.length === 0 ? [] : [{ group, resources, verbs: nameless }]),
  ];
}

function awaitedBy(kind: string): readonly Rule[] {
  const rules = awaited[kind];
  return rules === undefined ? [] : rules;
}

interface ReleaseInputs {
  readonly chart: string;
  readonly values?: { readonly profile?: unknown };
}

function releaseRules({ chart, values }: ReleaseInputs): readonly Rule[] {
  const name = chart.replace(/^.*\//, "");
  const rules = chartRules[name];
  if (rules === undefined) throw new Error(`no rights are known for the chart ${name}; this is a mistake in istio-eks`);
  return [...helmRules, ...rules, ...(values?.profile === "remote" ? remoteRules : [])];
}

/** `kubernetes:networking.istio.io/v1:Gateway`; the core group has no name in roles. */
function kindOf(type: string): { readonly group: string; readonly kind: string; readonly patch: boolean } {
  const [, version = "", kind = ""] = type.split(":");
  const group = version.replace(/\/.*$/, "");
  return { group: group === "core" ? "" : group, kind: kind.replace(/Patch$/, ""), patch: kind.endsWith("Patch") };
}

/** Resources are called by the plural of their kind. */
export function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (/[^aeiou]y$/.test(name)) return name.replace(/y$/, "ies");
  if (name.endsWith("ss")) return `${name}es`;
  return name.endsWith("s") ? name : `${name}s`;
}

/** One rule for all resources of a group with the same verbs, and one for all names of a resource. */
function merged(rules: readonly Rule[]): readonly Rule[] {
  const verbsOf = new Map<string, { readonly rule: Rule; readonly verbs: Set<string>; readonly names: Set<string> }>();
  for (const rule of rules) {
    for (const resource of rule.resources) {
      const named = rule.names !== undefined;
      // Names share a rule only if all may have the same done to them.
      const key = JSON.stringify([rule.group, resource, named ? rule.verbs : ""]);
      const one = { ...rule, resources: [resource] };
      const known = verbsOf.get(key) ?? { rule: one, verbs: new Set(), names: new Set() };
      for (const verb of rule.verbs) known.verbs.add(verb);
      for (const name of rule.names === undefined ? [] : rule.names) known.names.add(name);
      verbsOf.set(key, known);
    }
  }
  const single = [...verbsOf.values()].map(({ rule, verbs, names }) => ({
    ...rule,
    verbs: [...verbs].sort(),
    ...(rule.names === undefined ? {} : { names: [...names].sort() }),
  }));
  return [...together(single)].sort((one, other) => order(one).localeCompare(order(other)));
}

function together(rules: readonly Rule[]): readonly Rule[] {
  const groups = new Map<string, Rule>();
  for (const rule of rules) {
    const key = JSON.stringify([rule.group, rule.verbs, rule.names]);
    const known = groups.get(key);
    const resources = known === undefined ? rule.resources : [...known.resources, ...rule.resources];
    groups.set(key, { ...rule, resources: [...resources].sort() });
  }
  return [...groups.values()];
}

const order = ({ group, resources }: Rule) => `${group}/${resources.join(",")}`;
