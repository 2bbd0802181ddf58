import { type Finding, findingIf } from "../finding";
import type { RenderedMesh } from "../mesh/rendered-mesh";

/** Finds warnings in what Helm would tell the user: deprecated values. */
export function findWarningNotes({ releases }: RenderedMesh): readonly Finding[] {
  return releases.flatMap(({ name, notes }) =>
    (notes.match(/^WARNING:.*$/gm) ?? []).flatMap((message) => findingIf(true, "note", { where: name, message })),
  );
}
