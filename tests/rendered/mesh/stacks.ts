import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { delimiter, join, relative } from "node:path";
import { readStackFile } from "../../../cli/stack/stack-file";
import { mergeLayers } from "../../../components/control-plane/charts/values/chart-values";
import { resolveIstioMesh } from "../../../components/mesh/resolve-mesh-args";
import { withKubeconfigs } from "../../support/peer-kubeconfigs";
import { settingsFrom } from "../../support/settings";
import { type ChartSet, minorText } from "../sources/chart-set";
import { isBlock } from "../tree";
import type { Subject } from "./rendered-mesh";

const root = join(__dirname, "..", "..", "..");

/** Every stack file of the repository, and those that `ISTIO_STACKS` names (files or folders, as in a PATH). */
export function stacks(): readonly Subject[] {
  const golden = join(root, "tests", "golden");
  const own = [join(root, "Pulumi.dev.yaml"), join(root, "examples"), golden];
  const given = (process.env["ISTIO_STACKS"] ?? "").split(delimiter).filter((place) => place !== "");
  return [...own, ...given].flatMap(filesOf).flatMap(stackOf);
}

function filesOf(place: string): readonly string[] {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml") && !entry.parentPath.includes("node_modules"))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A mesh in a stack file; other files, such as a program's own Pulumi.yaml or a fleet's, have none. */
function stackOf(path: string): readonly Subject[] {
  const text = readFileSync(path, "utf8");
  if (!/^config:[^]*istio-mesh:mesh/m.test(text)) return [];
  const { mesh } = readStackFile(text, path, () => Promise.resolve("[secret]"));
  return isBlock(mesh) ? [{ title: relative(root, path), args: withKubeconfigs(mesh) }] : [];
}

/** A stack in the versions that it names, and besides in every other that is at hand and that it may have. */
export function inVersions({ title, args }: Subject, charts: readonly ChartSet[]): readonly Subject[] {
  const own = settingsFrom(args).controlPlane;
  const named = [own.main.version, ...(own.canary === undefined ? [] : [own.canary.version])];
  const minors = charts.map(({ version }) => minorText(version));
  const asWritten = named.every((version) => minors.includes(minorText(version))) ? [{ title, args }] : [];
  const others = charts.filter(({ version }) => minorText(version) !== minorText(own.main.version));
  const moved = others.map(({ version }) => ({
    title: `${title} in ${version}`,
    args: mergeLayers(args, { istio: { version } }),
  }));
  return [...asWritten, ...(own.canary === undefined ? moved.filter(isValid) : [])];
}

function isValid({ args }: Subject): boolean {
  return resolveIstioMesh(args).problems.length === 0;
}
