import { basename } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import type { Source } from "../../components/inputs/problem";
import { isEncrypted } from "./encrypted";
import { InputError } from "../input-error";
import { type StackCredentials, stackCredentials } from "./stack-credentials";
import { sourceOf } from "./yaml-source";

/** A stack file as far as a plan needs it. */
export interface StackFile {
  /** All configuration keys. */
  readonly keys: readonly string[];
  /** What stands below `istio-mesh:mesh`. */
  readonly mesh: unknown;
  /** Where the arguments stand in the file. */
  readonly source: Source;
  readonly region: string | undefined;
  readonly credentials: StackCredentials;
}

/** A stack file that cannot be read as one. */
export class StackFileError extends InputError {}

/** The project's name in Pulumi.yaml, which stands before the keys of its configuration. */
export const project = "istio-mesh";

/** The key below which the arguments of the mesh stand. */
export const meshKey = `${project}:mesh`;

/** Reads the text of a Pulumi stack file. `maskSecret` makes of an encrypted value what stands for a secret. */
export function readStackFile(text: string, path: string, maskSecret: () => unknown): StackFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) throw new StackFileError(`${path} is no YAML: ${error.message}`);
  const content: unknown = document.toJS();
  const config = membersOf(membersOf(content)["config"]);
  const mesh = config[meshKey];
  if (mesh === undefined) throw noMesh(path, membersOf(content));
  if (isEncrypted(mesh)) {
    throw new StackFileError(
      `${path}: ${meshKey} is encrypted as a whole, and a plan cannot read it.\n\n` +
        `  to do    encrypt single members: pulumi config set --secret --path mesh.<member> …`,
    );
  }
  const textAt = (key: string) => (typeof config[key] === "string" ? config[key] : undefined);
  return {
    keys: Object.keys(config),
    mesh: maskSecrets(fromJson(mesh), maskSecret),
    source: sourceOf(document.getIn(["config", meshKey], true), { lines, file: basename(path) }),
    region: textAt("aws:region"),
    credentials: stackCredentials(config),
  };
}

/** Keys by which arguments are known that stand in another place. */
const meshKeys = ["mode", "cluster", "mesh", meshKey];

function noMesh(path: string, content: Readonly<Record<string, unknown>>): StackFileError {
  const config = membersOf(content["config"]);
  const isMesh = (key: string) => meshKeys.includes(key);
  const misplaced = {
    "the arguments at the top of the file": Object.keys(content),
    "the arguments directly below config": Object.keys(config),
  };
  const [place] = Object.entries(misplaced).filter(([, keys]) => keys.some(isMesh));
  const given = place === undefined ? Object.keys(config) : place[1];
  const suggestion =
    place === undefined
      ? "write it as in Pulumi.dev.yaml, or name another file with --config"
      : `indent ${place[0]} below config and ${meshKey}:\n\n` +
        `           config:\n             ${meshKey}:\n               mode: …\n               cluster: …`;
  return new StackFileError(
    `${path} has no arguments of the mesh.\n\n  given    ${given.join(", ") || "no configuration"}\n` +
      `  allowed  a Pulumi stack file with the arguments of the mesh below config and ${meshKey}\n` +
      `  to do    ${suggestion}`,
  );
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** `pulumi config set mesh '{…}'` leaves JSON in a text, and `pulumi up` reads it. */
function fromJson(mesh: unknown): unknown {
  if (typeof mesh !== "string") return mesh;
  try {
    return JSON.parse(mesh) as unknown;
  } catch {
    return mesh;
  }
}

/** A plan cannot read encrypted values, and need not. */
export function maskSecrets(value: unknown, maskSecret: () => unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => maskSecrets(entry, maskSecret));
  if (typeof value !== "object" || value === null) return value;
  if (isEncrypted(value)) return maskSecret();
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, maskSecrets(member, maskSecret)]));
}
