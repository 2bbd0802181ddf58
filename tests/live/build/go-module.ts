import { cp, mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { run } from "./command";

/** A module of the registry, unpacked on this machine. */
export interface Unpacked {
  readonly folder: string;
  readonly goMod: string;
}

/** Brings a module here. What one needs of it is copied: the folder belongs to Go and may vanish. */
export async function unpack(module: string, version: string): Promise<Unpacked> {
  const answer = await run("go", ["mod", "download", "-json", `${module}@${version}`], { environment: moduleMode });
  const { Dir: folder, GoMod: goMod } = JSON.parse(answer) as { readonly Dir: string; readonly GoMod: string };
  return { folder, goMod };
}

/** Go settings of the machine that would change what is built. */
export const moduleMode = { GOFLAGS: "-mod=mod -buildvcs=false", GOWORK: "off", CGO_ENABLED: "0" };

/** Copies a folder of a module; Go keeps its own read-only. */
export async function copyFolder(source: string, target: string): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await mkdir(dirname(target), { recursive: true });
  await cp(source, target, { recursive: true });
  await run("chmod", ["-R", "u+w", target]);
}
