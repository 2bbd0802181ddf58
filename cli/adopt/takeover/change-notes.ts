import { pathText } from "../../../components/inputs/path";
import { changesOf } from "../../check/drift/field-changes";
import { textAt } from "../../check/kubernetes-object";
import { describeResource } from "../../plan/describe";
import type { Node } from "../../plan/graph";
import type { Imported } from "./import-file";
import type { Note } from "../report/note";
import { withoutSecrets } from "../without-secrets";
import { difference, inputValuesOf, type Tree } from "../trees";

/** What the first `up` does to what is there, and to what is not there yet. */
export function changeNotes(
  imports: readonly Imported[],
  resources: readonly Node[],
  unread: readonly string[],
): readonly Note[] {
  return [...imports.map(changeNote), ...createdNotes(imports, resources, unread)];
}

function changeNote({ planned, found }: Imported): Note {
  const { kind, detail } = describeResource(planned);
  const subject = `${kind} ${detail}`;
  const inputs = planned.inputs as Tree;
  const isRelease = kind === "Helm release";
  const wanted = isRelease ? { version: inputs["version"], values: inputs["values"] } : inputs;
  const object = { metadata: { name: planned.name }, ...wanted };
  const changed = changesOf(object, { metadata: { name: planned.name }, ...found }, false)
    .filter(({ path }) => !path.includes("pulumi.com/"))
    .map(({ path, wanted: next, found: now }) => `${path}: ${now} → ${next}`);
  const gone = isRelease ? goneValues(found["values"] as Tree, inputs["values"] as Tree) : [];
  if (changed.length + gone.length === 0)
    return { kind: "same", subject, text: "Imported; the first up changes nothing in it." };
  return { kind: "change", subject, text: [...changed, ...gone].join("; "), suggestion: noticeOf(planned) };
}

/** Values that the release has and the plan has not; the Service of a gateway is the mesh's. */
function goneValues(found: Tree, planned: Tree): readonly string[] {
  const written = inputValuesOf(planned).map(({ path }) => pathText(path));
  return inputValuesOf(difference(withoutSecrets(found).tree, planned))
    .filter(({ path }) => !written.includes(pathText(path)))
    .map(({ path }) => `values.${pathText(path)} is removed`);
}

/** Whether a request can notice. */
function noticeOf({ type, inputs }: Node): string {
  const { chart } = inputs as Tree;
  if (chart === "gateway") {
    return "Its pods are exchanged without one missing; those that go drain as their present configuration says. Long connections end.";
  }
  if (chart === "ztunnel" || chart === "cni")
    return "Its pods are exchanged node by node; connections through ztunnel are opened anew.";
  if (chart !== undefined) return "No request notices: proxies keep their configuration while istiod restarts.";
  return /:(Service|Ingress)$/.test(type)
    ? "The load balancer is changed in place. Where its security groups or health checks change, AWS checks the targets again."
    : "No request notices.";
}

/** Of a kind that could not be read, nobody knows whether there is one of the name already. */
function createdNotes(
  imports: readonly Imported[],
  resources: readonly Node[],
  unread: readonly string[],
): readonly Note[] {
  const imported = imports.map(({ planned }) => planned.name);
  const programs = ["mesh", "mesh-kubernetes", "mesh-crds-provider"];
  return resources
    .filter(({ name }) => !imported.includes(name) && !programs.includes(name))
    .map((resource) => {
      const { kind, detail } = describeResource(resource);
      const text = unread.includes(textAt(resource.inputs, "kind"))
        ? "The first up creates it, or changes the one that is there: objects of this kind could not be read."
        : "The first up creates it.";
      return { kind: "change", subject: `${kind} ${detail}`, text };
    });
}
