import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { newFolder, pack, root, run } from "./packed";

/** Programs of Pulumi that are needed to write SDKs. */
const programs = ["pulumi", "pulumi-language-nodejs", "pulumi-language-python"] as const;

export function whichOf(program: string): string | undefined {
  try {
    return execFileSync("which", [program], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return undefined;
  }
}

/** What of Pulumi is not on the PATH. */
export function missingPrograms(): readonly string[] {
  return programs.filter((program) => whichOf(program) === undefined);
}

/** The plugin as a user gets it: its own files, and the packed package in the place of the published one. */
export function installPlugin(): string {
  const folder = join(newFolder("plugin"), "plugin");
  cpSync(join(root, "plugin"), folder, { recursive: true, filter: (path) => basename(path) !== "node_modules" });
  const install = ["install", "--ignore-scripts", "--no-audit", "--no-save", "--prefer-offline", pack().tarball];
  run("npm", install, folder);
  return folder;
}

interface ProviderManifest {
  readonly version: string;
  readonly pulumi?: { readonly resource?: boolean; readonly name?: string };
}

/** A user's machine that has Pulumi, and a stand-in for each provider that the package asks for. */
export class Machine {
  private readonly folder = newFolder("machine");
  private readonly bin = join(this.folder, "bin");

  public constructor(plugin: string) {
    mkdirSync(this.bin);
    for (const program of programs) symlinkSync(String(whichOf(program)), join(this.bin, program));
    symlinkSync(process.execPath, join(this.bin, "node"));
    const packages = join(plugin, "node_modules/@pulumi");
    for (const name of readdirSync(packages)) this.standIn(join(packages, name, "package.json"));
  }

  public pulumi(...args: readonly string[]): string {
    // `npm` and what the system brings; nothing of Pulumi, whose providers on the PATH would be taken whatever they are.
    const path = [this.bin, dirname(String(whichOf("npm"))), "/usr/bin", "/bin"].join(delimiter);
    return execFileSync(join(this.bin, "pulumi"), args, {
      cwd: this.folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 1e9,
      env: {
        ...process.env,
        PATH: path,
        PULUMI_HOME: this.folder,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      },
    });
  }

  private standIn(manifest: string): void {
    const { version, pulumi } = JSON.parse(readFileSync(manifest, "utf8")) as ProviderManifest;
    if (pulumi?.resource !== true) return;
    const name = pulumi.name ?? basename(dirname(manifest));
    const folder = join(this.folder, "plugins", `resource-${name}-v${version}`);
    const program = join(folder, `pulumi-resource-${name}`);
    mkdirSync(folder, { recursive: true });
    const standIn = join(__dirname, "schema-stand-in.cjs");
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${standIn}" ${name} ${version} "$@"\n`);
    chmodSync(program, 0o755);
  }
}
