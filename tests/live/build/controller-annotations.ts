import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type GoPart, parts } from "./parts";

/** The annotations that one version of the AWS Load Balancer Controller names in its source. */
export interface ControllerAnnotations {
  readonly controller: string;
  /** After `alb.ingress.kubernetes.io/`. */
  readonly ingress: readonly string[];
  /** After `service.beta.kubernetes.io/`. */
  readonly service: readonly string[];
}

/** The file in which the unit tests find them. */
export const fixture = join(__dirname, "../../ingress/strategies/controller-annotations.json");

const [part] = parts.filter((one): one is GoPart => one.kind === "go" && one.name === "aws-load-balancer-controller");

/** Reads them in Go's module cache, where the controller of the live tier is built from; none: it is not there. */
export function controllerAnnotations(): ControllerAnnotations | undefined {
  const file = sourceFile();
  if (file === undefined) return undefined;
  const source = readFileSync(file, "utf8");
  const named = (pattern: RegExp) => [...source.matchAll(pattern)].map(([, name]) => String(name)).sort();
  return {
    controller: Object.values(part?.stamps ?? {}).join(),
    ingress: named(/^\s+Ingress(?:LB)?Suffix\w+\s+= "([^"]+)"/gm),
    service: named(/^\s+SvcLBSuffix\w+\s+= "([^"]+)"/gm),
  };
}

function sourceFile(): string | undefined {
  const { stdout, status } = spawnSync("go", ["env", "GOMODCACHE"], { encoding: "utf8" });
  if (status !== 0 || part === undefined) return undefined;
  const folders = [part.registeredAs ?? part.module, part.module].map((path) => `${path}@${part.version}`);
  return folders
    .map((folder) => join(stdout.trim(), folder, "pkg", "annotations", "constants.go"))
    .find((file) => existsSync(file));
}
