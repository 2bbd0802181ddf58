import { looksLikeCredentials, namesCredentials } from "../../credentials";
import { at, type KubernetesObject } from "../kubernetes-object";

/** A field that a manifest sets, and that is otherwise in the cluster. */
export interface Change {
  readonly path: string;
  readonly wanted: string;
  readonly found: string;
}

/** A change in words. */
export function changeText({ path, wanted, found }: Change): string {
  if (wanted !== hidden) return `${path} is ${found}, not ${wanted}`;
  return found === nothing ? `${path} is missing` : `${path} differs (values not shown: they may be credentials)`;
}

/** A change with all of its values, of which the one that is printed may be only the beginning. */
interface FullChange extends Change {
  readonly wholeWanted: string;
  readonly wholeFound: string;
  /** What names the value beside it: `name` of a `value`, or the flag before it in a list. */
  readonly beside: readonly unknown[];
}

/** Shown for what is not in the cluster. */
const nothing = "nothing";
/** Shown for a value that may be a credential. */
const hidden = "[hidden]";
const switches = ["true", "false", nothing];

/** Of an object's own, and not part of what one asks for. */
const skipped = ["apiVersion", "kind", "status", "stringData"];

/** Fields that Istio itself sets while it runs. Source: istio/istio pkg/webhooks. */
const setByIstio: Readonly<Record<string, RegExp>> = {
  MutatingWebhookConfiguration: /\.clientConfig\.caBundle$/,
  ValidatingWebhookConfiguration: /\.(clientConfig\.caBundle|failurePolicy)$/,
};

/**
 * Where an object is not what its manifest says. What the cluster has besides (defaults, other people's labels) is
 * nobody's fault.
 */
export function changesOf(wanted: KubernetesObject, found: KubernetesObject, autoscaled: boolean): readonly Change[] {
  const own = setByIstio[String(wanted.kind)];
  const { labels, annotations } = wanted.metadata;
  const rest = Object.entries(wanted).filter(([key]) => key !== "metadata" && !skipped.includes(key));
  return [
    ...compare(labels, found.metadata.labels, "metadata.labels"),
    ...compare(annotations, found.metadata.annotations, "metadata.annotations"),
    ...rest.flatMap(([key, value]) => compare(value, found[key], key)),
  ]
    .filter(({ path }) => own?.test(path) !== true && !(autoscaled && path === "spec.replicas"))
    .map((one) => (isOfSecret(wanted, one) || isSensitive(one) ? withoutValues(one) : shown(one)));
}

/** Of a Secret only its labels are no secret: an annotation of kubectl holds all of its data. */
function isOfSecret({ kind }: KubernetesObject, { path }: Change): boolean {
  return kind === "Secret" && !path.startsWith("metadata.labels.");
}

/** Of what may be a credential, only that it differs is reported. */
function withoutValues({ path, found }: Change): Change {
  return { path, wanted: hidden, found: found === nothing ? nothing : hidden };
}

/** Its name or a value suggests it. A switch is none, such as automountServiceAccountToken. */
function isSensitive({ path, wholeWanted, wholeFound, beside }: FullChange): boolean {
  const values = [wholeWanted, wholeFound];
  if (values.every((value) => switches.includes(value))) return false;
  const names = beside.map(textOf);
  return [path, ...values, ...names].some((text) => namesCredentials(text) || looksLikeCredentials(text));
}

function compare(wanted: unknown, found: unknown, path: string): readonly FullChange[] {
  if (isNothing(wanted) && isNothing(found)) return [];
  // A null takes a default away, and an empty text or list asks for nothing in particular.
  if (wanted === null || wanted === undefined) return [];
  if (Array.isArray(wanted)) return compareLists(wanted, found, path);
  if (typeof wanted !== "object") return sameScalar(wanted, found) ? [] : [change(wanted, found, path)];
  if (typeof found !== "object" || found === null) return [change(wanted, found, path)];
  return Object.entries(wanted).flatMap(([key, value]) => {
    const changes = compare(value, at(found, key), `${path}.${key}`);
    return key === "value" ? changes.map((one) => named(one, Object.values(wanted))) : changes;
  });
}

function named(one: FullChange, by: readonly unknown[]): FullChange {
  return { ...one, beside: [...one.beside, ...by] };
}

/** The API server leaves out what is empty. */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  return typeof value === "object" && Object.values(value).every(isNothing);
}

/** Elements with names are matched by them, since admission may add others; all else by its place. */
function compareLists(wanted: readonly unknown[], found: unknown, path: string): readonly FullChange[] {
  if (!Array.isArray(found)) return [change(wanted, found, path)];
  const names = wanted.map((element) => at(element, "name"));
  const byName = names.every((name) => typeof name === "string") && new Set(names).size === names.length;
  if (!byName && wanted.length !== found.length) return [change(wanted, found, path)];
  return wanted.flatMap((element, index) => {
    const name = at(element, "name");
    if (!byName) {
      const before = wanted.slice(0, index).slice(-1);
      return compare(element, found[index], `${path}[${index}]`).map((one) => named(one, before));
    }
    const other: unknown = found.find((one) => at(one, "name") === name);
    return compare(element, other, `${path}[${String(name)}]`);
  });
}

/** `1000m` is `1`, and a port may be written as text. */
function sameScalar(wanted: unknown, found: unknown): boolean {
  if (String(wanted) === String(found)) return true;
  const [one, other] = [quantity(wanted), quantity(found)];
  return one !== undefined && one === other;
}

const units: Readonly<Record<string, number>> = {
  ...{ "": 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 },
};

function quantity(value: unknown): number | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(String(value)) ?? [];
  const factor = units[unit];
  return number === undefined || factor === undefined ? undefined : Math.round(Number(number) * factor * 1000);
}

function change(wanted: unknown, found: unknown, path: string): FullChange {
  const [wholeWanted, wholeFound] = [textOf(wanted), found === undefined ? nothing : textOf(found)];
  return { path, wanted: short(wholeWanted), found: short(wholeFound), wholeWanted, wholeFound, beside: [] };
}

function shown({ path, wanted, found }: FullChange): Change {
  return { path, wanted, found };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function short(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
