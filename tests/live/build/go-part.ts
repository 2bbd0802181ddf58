import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inCache, program } from "./cache";
import { run } from "./command";
import { copyFolder, moduleMode, unpack } from "./go-module";
import type { GoPart } from "./parts";

/** Builds the programs of a module from a small module of our own that requires it. */
export async function buildGoPart(part: GoPart, say: (text: string) => void): Promise<void> {
  say("fetching the module");
  const source = await unpack(part.registeredAs ?? part.module, part.version);
  const folder = inCache("src", part.name);
  await mkdir(folder, { recursive: true });
  await mkdir(inCache("bin"), { recursive: true });
  await writeFile(join(folder, "go.mod"), wrapper(part, await readFile(source.goMod, "utf8")));
  for (const [name, path] of Object.entries(part.programs)) {
    say(`building ${name}`);
    await run("go", ["build", "-trimpath", "-ldflags", linkerFlags(part), "-o", program(name), path], {
      folder,
      environment: moduleMode,
    });
  }
  for (const [name, path] of Object.entries(part.files ?? {})) {
    await copyFolder(join(source.folder, path), inCache("files", name));
  }
}

/** `-s -w` leaves out what only a debugger reads: half of the size. */
function linkerFlags({ stamps }: GoPart): string {
  return ["-s -w", ...Object.entries(stamps).map(([name, value]) => `-X ${name}=${value}`)].join(" ");
}

/**
 * A module's own `replace` lines count only while it is the main module, so that they are repeated here, and what points
 * to a sibling folder points to the sibling's release.
 */
function wrapper(part: GoPart, goMod: string): string {
  const { name, module, registeredAs, version, siblings, raised = {} } = part;
  const language = /^go (\S+)/m.exec(goMod)?.[1] ?? "1.26.0";
  const replaced =
    siblings === undefined
      ? []
      : [...goMod.matchAll(/^\s*(?:replace )?(\S+) => \.\.?\/(?!FORBIDDEN)\S+/gm)].map(
          ([, sibling]) => `replace ${String(sibling)} => ${String(sibling)} ${siblings}`,
        );
  const moved = registeredAs === undefined ? [] : [`replace ${module} => ${registeredAs} ${version}`];
  const required = registeredAs === undefined ? version : "v0.0.0";
  const requires = Object.entries({ [module]: required, ...raised }).map(
    ([path, wanted]) => `require ${path} ${wanted}`,
  );
  return [`module live/${name}`, `go ${language}`, ...requires, ...moved, ...replaced, ""].join("\n");
}
