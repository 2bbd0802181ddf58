import { pathText } from "../inputs/path";
import type { PlaintextPortsArgs } from "../inputs/plaintext-ports-args";
import { problem, problemIf } from "../inputs/problem";
import { kubernetesName, labelKey } from "../inputs/text";
import type { Problem, Resolved } from "../plan/problem";
import type { NamespaceSecuritySettings, PlaintextPortsSettings } from "../plan/security-settings";
import type { NamespaceSettings } from "../plan/settings";
import { Dataplane, type MtlsMode } from "../plan/words";

/** Of a namespace's arguments what this room reads. */
export interface NamespacePoliciesArgs {
  readonly mtls?: MtlsMode;
  readonly plaintextPorts?: Readonly<Record<string, PlaintextPortsArgs>>;
}

/** What a namespace takes over from the mesh. */
export interface NamespacePoliciesSurroundings {
  readonly mtls: MtlsMode;
  readonly rootNamespace: string;
  readonly namespaces: readonly NamespaceSettings[];
}

/** Resolves what the namespaces say of mTLS. Of those outside the mesh nothing is left. */
export function resolveNamespacePolicies(
  all: Readonly<Record<string, NamespacePoliciesArgs>>,
  around: NamespacePoliciesSurroundings,
): Resolved<readonly NamespaceSecuritySettings[]> {
  const each = around.namespaces.map((namespace) => ({ namespace, args: argsOf(all, namespace) }));
  const inMesh = each.filter(({ namespace }) => namespace.dataplane !== Dataplane.None);
  return {
    settings: inMesh.map(({ namespace: { name }, args }) => ({
      name,
      mtls: args.mtls ?? around.mtls,
      plaintextPorts: plaintextPortsOf(args),
    })),
    problems: each.flatMap(({ namespace, args }) => [
      ...checkDataplane(namespace, args),
      ...checkRoot(namespace, args, around),
      ...checkPlaintextPorts(namespace.name, args),
    ]),
    warnings: [],
  };
}

function argsOf(all: Readonly<Record<string, NamespacePoliciesArgs>>, { name }: NamespaceSettings) {
  return Object.hasOwn(all, name) ? (all[name] ?? {}) : {};
}

/** What is missing in an entry is a problem already. */
function plaintextPortsOf({ plaintextPorts = {} }: NamespacePoliciesArgs): readonly PlaintextPortsSettings[] {
  return Object.entries(plaintextPorts).map(([name, { selector, ports }]: [string, Partial<PlaintextPortsArgs>]) => ({
    name,
    selector: selector ?? {},
    ports: ports ?? [],
  }));
}

/** Outside the mesh nobody would heed it. */
function checkDataplane({ name, dataplane }: NamespaceSettings, args: NamespacePoliciesArgs): readonly Problem[] {
  if (dataplane !== Dataplane.None) return [];
  return (["mtls", "plaintextPorts"] as const).flatMap((member) =>
    problemIf(args[member] !== undefined, pathText(["namespaces", name, member]), {
      given: args[member],
      allowed: 'nothing with dataplane "none": these pods have no proxy that would heed it',
      remedy: "remove it, or let the namespace take part in the mesh",
    }),
  );
}

/** Istio takes a policy of the root namespace for one of the whole mesh, and heeds no ports there. */
function checkRoot(
  { name }: NamespaceSettings,
  args: NamespacePoliciesArgs,
  { rootNamespace }: NamespacePoliciesSurroundings,
): readonly Problem[] {
  if (name !== rootNamespace) return [];
  return (["mtls", "plaintextPorts"] as const).flatMap((member) =>
    problemIf(args[member] !== undefined, pathText(["namespaces", name, member]), {
      given: args[member],
      allowed: "nothing in the mesh's root namespace, whose policies hold for every namespace",
      remedy: "write security.mtls, or make another namespace the root (istio.meshConfig.rootNamespace)",
    }),
  );
}

function checkPlaintextPorts(namespace: string, args: NamespacePoliciesArgs): readonly Problem[] {
  const entries = plaintextPortsOf(args);
  return entries.flatMap(({ name, selector, ports }, index) => {
    const here = pathText(["namespaces", namespace, "plaintextPorts", name]);
    const remedy = kubernetesName.judge(name);
    const twin = entries.slice(0, index).find((earlier) => overlap(selector, earlier.selector));
    return [
      ...problemIf(remedy !== undefined, here, {
        given: name,
        allowed: kubernetesName.allowed,
        remedy: String(remedy),
      }),
      ...checkSelector(selector, `${here}.selector`),
      ...problemIf(ports.length === 0, `${here}.ports`, {
        given: ports,
        allowed: "at least one port",
        remedy: "name the ports, or remove the entry",
      }),
      ...(twin === undefined
        ? []
        : [
            problem(`${here}.selector`, {
              given: selector,
              allowed: `pods that "${twin.name}" does not choose: for each pod Istio heeds only one choice`,
              remedy: "write the ports of both into one entry",
            }),
          ]),
    ];
  });
}

function checkSelector(selector: Readonly<Record<string, string>>, path: string): readonly Problem[] {
  const keys = Object.keys(selector);
  return [
    ...problemIf(keys.length === 0, path, {
      given: selector,
      allowed: "at least one label: Istio takes ports only together with pods",
      remedy: "name a label that these pods have, such as { app: shop }",
    }),
    ...keys.flatMap((key) => {
      const remedy = labelKey.judge(key);
      return problemIf(remedy !== undefined, `${path}[${JSON.stringify(key)}]`, {
        given: selector[key],
        allowed: labelKey.allowed,
        remedy: String(remedy),
      });
    }),
  ];
}

/** Whether one of two selectors chooses among the pods of the other. That they choose the same by chance nobody can know. */
function overlap(one: PlaintextPortsSettings["selector"], other: PlaintextPortsSettings["selector"]): boolean {
  const within = (narrow: typeof one, wide: typeof one) =>
    Object.entries(wide).every(([label, value]) => narrow[label] === value);
  return within(one, other) || within(other, one);
}
