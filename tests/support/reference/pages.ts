import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../readme";
import { argsPage } from "./args-page";
import { readDeclarations } from "./declarations";
import { errorsPage } from "./errors-page";
import { outputsPage } from "./outputs-page";
import { versionsPage } from "./versions-page";

/** The pages of the reference as the source makes them today, by path. */
export function referencePages(): Readonly<Record<string, string>> {
  const declarations = readDeclarations();
  return {
    "docs/reference/args.md": argsPage(declarations),
    "docs/reference/outputs.md": outputsPage(declarations),
    "docs/reference/errors.md": errorsPage(),
    "docs/reference/versions.md": versionsPage(),
  };
}

/** Writes the reference; only `npm run reference` and `npm run golden` do that. */
export function writeReference(): void {
  for (const [path, text] of Object.entries(referencePages())) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
