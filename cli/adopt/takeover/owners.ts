import { type KubernetesObject, ownersOf, placeOf } from "../../check/kubernetes-object";
import type { KnownInventory, MeshArgsFound } from "../mesh/mesh-args";
import type { Note } from "../report/note";

interface Tool {
  readonly name: string;
  readonly marks: RegExp;
  readonly manager: RegExp;
  readonly suggestion: string;
}

/** Tools that write objects again and again, and their marks. */
const tools: readonly Tool[] = [
  {
    name: "Argo CD",
    marks: /^argocd\.argoproj\.io\//,
    manager: /^argocd/,
    suggestion:
      "Before the import, delete the Application without its objects: argocd app delete NAME --cascade=false. Way back: create it again.",
  },
  {
    name: "Flux",
    marks: /^(helm|kustomize)\.toolkit\.fluxcd\.io\//,
    manager: /^(helm|kustomize)-controller$/,
    suggestion:
      "Before the import, flux suspend the HelmRelease or Kustomization; remove it from Git with prune off once Pulumi has it. Way back: flux resume.",
  },
];

/** Objects of the mesh that another tool would change back. */
export function ownerNotes({ planes, ingresses }: MeshArgsFound, known: KnownInventory): readonly Note[] {
  const objects = [
    ...known.istiods.filter(({ metadata }) => metadata.namespace === planes.main.namespace),
    ...known.agents,
    ...ingresses.flatMap(({ entry }) => [...new Set([entry.object, entry.service])]),
  ];
  return objects.flatMap((object) =>
    tools.filter((tool) => isKeptBy(object, tool)).map((tool) => noteOf(object, tool)),
  );
}

function isKeptBy({ metadata }: KubernetesObject, { marks, manager }: Tool): boolean {
  const keys = [...Object.keys(metadata.labels ?? {}), ...Object.keys(metadata.annotations ?? {})];
  return (
    keys.some((key) => marks.test(key)) ||
    ownersOf({ metadata: { ...metadata, annotations: {} } }).some((one) => manager.test(one))
  );
}

function noteOf(object: KubernetesObject, { name, suggestion }: Tool): Note {
  const text = `${name} keeps it, and would change back what the mesh changes.`;
  return { kind: "left", subject: placeOf(object), text, suggestion };
}
