import { existsSync, mkdirSync } from "node:fs";
import { inCache } from "./cache";
import { isThere, run } from "./command";
import { validatorSource } from "./validator";

/** Helm on a command line: the one on the PATH, else built once from its Go module; none where there is neither. */
export async function helmProgram(): Promise<string | undefined> {
  if (helmOnPath()) return "helm";
  return isThere("go", "version") ? built() : undefined;
}

export function helmOnPath(): boolean {
  return isThere("helm", "version");
}

const helm = "helm.sh/helm/v3";

/** In the version that the validator has as a library. */
async function built(): Promise<string> {
  const listed = await run("go", ["list", "-m", "-f", "{{.Version}}", helm], { folder: validatorSource });
  const version = listed.trim();
  const folder = inCache(`helm-${version}`);
  const program = `${folder}/helm`;
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  process.stdout.write("building helm from its module (once, a minute or two) …\n");
  await run("go", ["install", "-trimpath", `${helm}/cmd/helm@${version}`], { environment: { GOBIN: folder } });
  return program;
}
