import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ModuleKind, transpileModule } from "typescript";
import { inCache, program } from "../../live/build/cache";
import { pathOf } from "../../live/build/stamp";

/** What an image brings: how its containers start, and as whom. */
export interface Image {
  readonly entrypoint: readonly string[];
  readonly user: number;
}

const echoProgram = "/usr/local/lib/echo/main.js";

/** The images that pods of the tier may have, by the end of their name without the tag. */
const images: Readonly<Record<string, Image>> = {
  // As Istio's pilot/docker/Dockerfile.proxyv2 says.
  "/proxyv2": { entrypoint: ["/usr/local/bin/pilot-agent"], user: 1337 },
  // As the images of Istio's CNI agent and of ztunnel say.
  "/install-cni": { entrypoint: ["/usr/local/bin/install-cni"], user: 0 },
  "/ztunnel": { entrypoint: ["/usr/local/bin/ztunnel"], user: 0 },
  echo: { entrypoint: [process.execPath, echoProgram], user: 1000 },
};

export function imageOf(name: string): Image {
  const untagged = name.replace(/:[^/]*$/, "");
  const found = Object.entries(images).find(([end]) => untagged.endsWith(end))?.[1];
  if (found === undefined) throw new Error(`no program of this machine stands for the image ${name}`);
  return found;
}

/** Where the release build of Envoy is, of the part with this name. */
export function envoyProgram(part = "envoy"): string {
  const [python = ""] = readdirSync(inCache(part, "lib"));
  return inCache(part, "lib", python, "site-packages", "envoy", "_bin", "envoy");
}

/** Writes the files of all images into a folder: they are the lower layer of each pod's root. */
export function writeImages(folder: string): string {
  const put = (source: string, path: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(source, join(folder, path));
  };
  put(envoyProgram(), "usr/local/bin/envoy");
  put(program("pilot-agent"), "usr/local/bin/pilot-agent");
  put(inCache("files", "envoy-bootstrap", "envoy_bootstrap.json"), "var/lib/istio/envoy/envoy_bootstrap_tmpl.json");
  put(program("install-cni"), "usr/local/bin/install-cni");
  put(program("istio-cni"), "opt/cni/bin/istio-cni");
  const ztunnel = pathOf("ztunnel");
  if (ztunnel !== undefined) put(ztunnel, "usr/local/bin/ztunnel");
  return writeEchoImage(folder);
}

export function writeEchoImage(folder: string): string {
  const source = readFileSync(join(__dirname, "echo.ts"), "utf8");
  mkdirSync(join(folder, dirname(echoProgram)), { recursive: true });
  const compilerOptions = { module: ModuleKind.CommonJS };
  writeFileSync(join(folder, echoProgram), transpileModule(source, { compilerOptions }).outputText);
  return folder;
}
