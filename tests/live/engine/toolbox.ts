import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { inCache, program } from "../build/cache";
import { findProgram } from "../build/stamp";
import { providerBundle } from "./provider-bundle";

/** The folder of this repository. */
export const repository = resolve(__dirname, "..", "..", "..");

/** A folder of programs that goes before everything else on the PATH. */
export class Toolbox {
  public constructor(public readonly folder: string) {}

  /** Puts in what a user of the mesh has on the machine, and the stand-in for Pulumi's AWS provider. */
  public fill(): this {
    mkdirSync(this.folder, { recursive: true });
    this.link("kubectl", program("kubectl"));
    this.link("helm", findProgram("helm"));
    this.link("aws", inCache("moto", "bin", "aws"));
    this.writeProvider();
    return this;
  }

  /** The PATH with this folder in front. Programs named in `without` are nowhere on it, all others are. */
  public path(without: readonly string[] = []): string {
    const folders = [this.folder, dirname(process.execPath), ...(process.env["PATH"] ?? "").split(delimiter)];
    return folders.map((folder, index) => this.lacking(folder, without, index)).join(delimiter);
  }

  /** The folder itself if it has none of these programs, else a copy of it in links that leaves them out. */
  private lacking(folder: string, without: readonly string[], index: number): string {
    if (!without.some((name) => existsSync(join(folder, name)))) return folder;
    const copy = `${this.folder}-${index}-without-${without.join("-")}`;
    if (existsSync(copy)) return copy;
    mkdirSync(copy);
    const kept = readdirSync(folder).filter((name) => !without.includes(name));
    for (const name of kept) symlinkSync(join(folder, name), join(copy, name));
    return copy;
  }

  private link(name: string, target: string): void {
    symlinkSync(target, join(this.folder, name));
  }

  /** Pulumi takes a provider that it finds on the PATH for any version of it. */
  private writeProvider(): void {
    const path = join(this.folder, "pulumi-resource-aws");
    writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${providerBundle()}"\n`);
    chmodSync(path, 0o755);
  }
}
