import type { Finding } from "../finding";
import type { RenderedMesh, RenderedRelease } from "../mesh/rendered-mesh";
import type { Render } from "../sources/helm";
import type { KeysOf } from "../sources/keys-of-chart";
import { type Block, type Place, at, blockAt, inputValuesOf, placeText, textAt, withValueAt } from "../tree";
import { type ChartKeys, isRead } from "./chart-reads";

const check = "dead key";

/** What the dead-key check needs besides the mesh. */
export interface DeadKeyTools {
  readonly render: Render;
  readonly keysOf: KeysOf;
}

/**
 * Finds values that a release is given and its chart does not read.
 *
 * Twice: a value must be one that the templates read, and another value in its place must make another manifest. What
 * the user wrote may be dead if the plan warned of it.
 */
export async function findDeadKeys(mesh: RenderedMesh, tools: DeadKeyTools): Promise<readonly Finding[]> {
  const findings = await Promise.all(mesh.releases.map((release) => deadKeysOf(release, tools)));
  return findings.flat().filter(({ where }) => !mesh.plan.warnings.some((warning) => isWarningOf(warning, where)));
}

/** The plan names the chart and the key, or a block around it. */
function isWarningOf(warning: string, where: string): boolean {
  const [chart = "", path = ""] = where.split(": ");
  const [, named, key = ""] = /^istio\.values\.\S+: chart (\S+) .* does not read `([^`]+)`/.exec(warning) ?? [];
  return named === chart && (path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`));
}

async function deadKeysOf(release: RenderedRelease, tools: DeadKeyTools): Promise<readonly Finding[]> {
  const keys = await tools.keysOf(release);
  const findings = inputValuesOf(release.values).map(async (place) => {
    const where = `${release.chart}: ${placeText(place)}`;
    if (keys !== undefined && !isRead(keys, place)) {
      return [{ check, where, message: `no template of the chart ${release.version} reads it` }];
    }
    if (await hasEffect({ release, place, keys }, tools.render)) return [];
    return [{ check, where, message: "another value in its place makes the same manifests" }];
  });
  return (await Promise.all(findings)).flat();
}

/** One value of a release, and what its chart reads. */
interface Question {
  readonly release: RenderedRelease;
  readonly place: Place;
  readonly keys: ChartKeys | undefined;
}

const felt = new Map<string, Promise<boolean>>();

/** Whether another value in this place makes another manifest; asked once for releases that differ in texts only. */
function hasEffect(question: Question, render: Render): Promise<boolean> {
  const { folder, values } = question.release;
  const key = JSON.stringify([folder, question.place, question.keys === undefined, shapeOf(values)]);
  const known = felt.get(key) ?? changesSomething(question, render);
  felt.set(key, known);
  return known;
}

/** Texts by which charts decide what to render; other texts they only write out. */
const deciding = ["profile", "type", "kind", "compatibilityVersion", "resourceScope", "remotePilotAddress"];

/** What may decide whether another value counts: which there are, switches, numbers that are one or none, and the texts above. */
function shapeOf(values: Block): readonly string[] {
  return inputValuesOf(values).map((place) => {
    const value = at(values, ...place);
    const counts =
      typeof value === "boolean" || typeof value === "number" || deciding.includes(String(place[place.length - 1]));
    return `${placeText(place)}=${counts ? String(typeof value === "number" ? Math.min(value, 2) : value) : ""}`;
  });
}

async function changesSomething({ release, place, keys }: Question, render: Render): Promise<boolean> {
  const values = withValueAt(release.values, place, otherThan(at(release.values, ...place))) as Block;
  const question = { chart: release.folder, release: release.release, namespace: release.namespace };
  const before = await render({ ...question, values: release.values });
  try {
    const after = await render({ ...question, values });
    if (effect(before.objects) !== effect(after.objects) || before.notes !== after.notes) return true;
    // Shipped to istiod, whose templates read it when they make a pod: the manifests here can only show the shipping.
    return keys !== undefined && shipped(before.objects) !== shipped(after.objects);
  } catch (error) {
    // A template that stops at the value has read it; a schema that stops at its form has not.
    return !String(error).includes("values don't meet the specifications of the schema");
  }
}

/** A value of the same form, so that only its meaning differs. */
function otherThan(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  return typeof value === "string" ? `${value}-changed` : "changed";
}

/** The manifests without the copies of the values that istiod's chart writes out for people and for later. */
function effect(objects: readonly Block[]): string {
  return JSON.stringify(objects.map((object) => (isCopy(object) ? {} : object)));
}

function shipped(objects: readonly Block[]): string {
  return JSON.stringify(objects.filter((object) => textAt(object, "metadata", "name").startsWith("istio-sidecar-inj")));
}

function isCopy(object: Block): boolean {
  const data = blockAt(object, "data");
  return textAt(object, "kind") === "ConfigMap" && ("merged-values" in data || ("values" in data && "config" in data));
}
