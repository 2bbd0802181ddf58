import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inCache } from "./cache";
import { unpack } from "./go-module";
import type { ManifestPart } from "./parts";

/** Puts the manifests of a folder into one, as the release of the project does. */
export async function buildManifestPart(part: ManifestPart, say: (text: string) => void): Promise<void> {
  say("putting the manifests together");
  const { folder } = await unpack(part.module, part.version);
  const source = join(folder, part.folder);
  const names = (await readdir(source)).filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml");
  const texts = await Promise.all(names.sort().map((name) => readFile(join(source, name), "utf8")));
  await mkdir(inCache("files"), { recursive: true });
  await writeFile(inCache("files", part.file), texts.map((text) => text.replace(/^---\n/, "")).join("\n---\n"));
}
