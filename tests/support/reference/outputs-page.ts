import type { Declaration, Declarations } from "./declarations";
import { cell, generated, table } from "./markdown";

/** What a mesh tells the program around it. */
export function outputsPage(declarations: Declarations): string {
  const mesh = declarationOf("IstioMesh", declarations);
  const ingress = declarationOf("IngressOutputs", declarations);
  return `${[
    "# Outputs",
    generated,
    "Members of an `IstioMesh`. In this project's own program they are the stack's outputs, but for `releases`.",
    rows(mesh),
    "## Of each ingress",
    rows(ingress),
  ].join("\n\n")}\n`;
}

function declarationOf(name: string, { types }: Declarations): Declaration {
  const found = types.get(name);
  if (found === undefined) throw new Error(`components/ declares no ${name}`);
  return found;
}

function rows({ members }: Declaration): string {
  return table(
    ["output", "type", "meaning"],
    members.map(({ name, type, optional, doc }) => [
      `\`${name}\``,
      `${cell(`\`${type.replaceAll("pulumi.", "")}\``)}${optional ? ", or none" : ""}`,
      cell(doc.text),
    ]),
  );
}
