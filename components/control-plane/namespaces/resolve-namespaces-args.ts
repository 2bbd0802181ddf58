import { pathText } from "../../inputs/path";
import { problem, problemIf, problemWith } from "../../inputs/problem";
import type { Problem, Resolved } from "../../plan/problem";
import type { NamespaceSettings } from "../../plan/settings";
import { Dataplane, Mode } from "../../plan/enums";
import { waypointName } from "../modes/ambient/ambient-plan";
import type { NamespaceArgs } from "./namespace-args";

/** A namespace of the mesh's own parts. */
export interface OwnNamespace {
  /** What it is for: "for istiod". */
  readonly purpose: string;
  /** The members that say who makes it, and with which labels; undefined: there are none. */
  readonly members: string | undefined;
}

/** What namespaces must know of the mesh around them. */
export interface NamespacesContext {
  readonly mode: Mode;
  /** The main control plane's revision; empty: unrevisioned. */
  readonly revision: string;
  /** Problems of a revision or tag that names nothing installed. */
  readonly checkInstalled: (name: string, path: string) => readonly Problem[];
  /** Namespaces of the mesh's own parts. */
  readonly own: ReadonlyMap<string, OwnNamespace>;
}

/** Namespaces of Kubernetes itself. */
const kubernetes = ["kube-system", "kube-public", "kube-node-lease"];

/** Labels by which Istio decides; `dataplane` and `revision` set them. */
const enrolment = ["istio-injection", "istio.io/rev", "istio.io/dataplane-mode"];

/** Resolves the namespaces that take part in the mesh. */
export function resolveNamespaces(
  args: Readonly<Record<string, NamespaceArgs>>,
  context: NamespacesContext,
): Resolved<readonly NamespaceSettings[]> {
  const all = Object.entries(args);
  return {
    settings: all.map(([name, namespace]) => resolveNamespace(name, namespace, context)),
    problems: all.flatMap(([name, namespace]) => {
      const path = pathText(["namespaces", name]);
      return [
        ...checkName(name, path, context),
        ...checkDataplane(namespace, path, context),
        ...checkWaypoint(namespace, path, context),
        ...checkLabels(namespace, path),
        ...checkGlobal(namespace, path),
      ];
    }),
    warnings: [],
  };
}

function resolveNamespace(name: string, args: NamespaceArgs, { mode, revision }: NamespacesContext): NamespaceSettings {
  return {
    name,
    create: args.create ?? true,
    dataplane: args.dataplane ?? mode,
    revision: args.revision ?? revision,
    labels: { ...globalLabels(args, mode), ...args.labels },
    waypoint: args.waypoint === true ? waypointName : undefined,
  };
}

/** The label by which istiod finds namespaces whose Services are one across clusters of ambient mode. */
export const globalLabel = "istio.io/global";

function globalLabels({ global }: NamespaceArgs, mode: Mode): Readonly<Record<string, string>> {
  return mode === Mode.Ambient && global === true ? { [globalLabel]: "true" } : {};
}

function checkName(name: string, path: string, { own }: NamespacesContext): readonly Problem[] {
  return [
    ...problemIf(kubernetes.includes(name), path, {
      given: name,
      allowed: "namespaces of applications; Istio leaves those of Kubernetes alone",
      suggestion: "remove it",
    }),
    ...problemWith(own.get(name), path, ({ purpose, members }) => ({
      given: name,
      allowed: `namespaces of applications; this one is ${purpose}`,
      suggestion: `remove it${members === undefined ? ", or give yours another name" : `, and use ${members}`}`,
    })),
  ];
}

function checkDataplane(args: NamespaceArgs, path: string, context: NamespacesContext): readonly Problem[] {
  const { mode, checkInstalled } = context;
  const dataplane = args.dataplane ?? mode;
  const revision = args.revision;
  return [
    ...problemIf(dataplane === Dataplane.Ambient && mode === Mode.Sidecar, `${path}.dataplane`, {
      given: dataplane,
      allowed: '"sidecar" or "none" in a mesh of mode "sidecar", which has no ztunnel',
      suggestion: 'remove it, or write mode: "ambient", where single namespaces may use sidecars',
    }),
    ...(revision === undefined
      ? []
      : dataplane === Dataplane.Sidecar
        ? checkInstalled(revision, `${path}.revision`)
        : [
            problem(`${path}.revision`, {
              given: revision,
              allowed: `nothing with dataplane "${dataplane}": revisions inject sidecars`,
              suggestion: 'remove it, or write dataplane: "sidecar"',
            }),
          ]),
  ];
}

function checkWaypoint(args: NamespaceArgs, path: string, { mode }: NamespacesContext): readonly Problem[] {
  if (args.waypoint !== true) return [];
  const dataplane = args.dataplane ?? mode;
  const label = "istio.io/use-waypoint";
  const theirs = args.labels?.[label];
  return [
    ...problemIf(dataplane !== Dataplane.Ambient, `${path}.waypoint`, {
      given: true,
      allowed: `nothing with dataplane "${dataplane}": only ztunnel leads to waypoints`,
      suggestion:
        mode === Mode.Ambient
          ? "remove it, or remove dataplane"
          : 'remove it, or write mode: "ambient"; sidecars understand HTTP by themselves',
    }),
    ...problemIf(theirs !== undefined, `${path}.labels["${label}"]`, {
      given: theirs,
      allowed: "nothing beside waypoint, which sets it",
      suggestion: "remove it, or remove waypoint and make one of your own",
    }),
  ];
}

function checkGlobal({ global, labels }: NamespaceArgs, path: string): readonly Problem[] {
  const theirs = labels?.[globalLabel];
  return problemIf(global !== undefined && theirs !== undefined, `${path}.labels["${globalLabel}"]`, {
    given: theirs,
    allowed: "nothing beside global, which sets it",
    suggestion: "remove it",
  });
}

function checkLabels({ labels = {} }: NamespaceArgs, path: string): readonly Problem[] {
  return Object.entries(labels).flatMap(([key, given]) => {
    if (!enrolment.includes(key)) return [];
    const complaint = {
      given,
      allowed: "labels that do not enrol: dataplane and revision do that",
      suggestion: "remove it and use dataplane or revision",
    };
    return [problem(`${path}.labels["${key}"]`, complaint)];
  });
}
