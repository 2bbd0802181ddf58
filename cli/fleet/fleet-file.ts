import { basename } from "node:path";
import {
  type Document,
  isMap,
  LineCounter,
  parseDocument,
  type Range,
  type Scalar,
  type YAMLError,
  type YAMLMap,
} from "yaml";
import { type Change, changesBetween } from "../against/difference";
import { hidden } from "../../components/inputs/display";
import { pathText } from "../../components/inputs/path";
import { placed, type Source } from "../../components/inputs/problem";
import type { Problem } from "../../components/plan/problem";
import { checkConfigKeys } from "../../components/stack-config";
import { type Members, membersOf } from "../members";
import { maskSecrets, meshKey, project, StackFileError } from "../stack/stack-file";
import { sourceOf, type YamlFile } from "../stack/yaml-source";
import { checkFleet, type FleetContent, onlyRing } from "./fleet-form";
import { keyOf, mergeBlocks, targetOf } from "./merge";

/** A fleet: clusters in rings, which are deployed one after the other. */
export interface Fleet {
  readonly file: string;
  /** The configuration that every cluster begins with. */
  readonly defaults: Members;
  readonly rings: readonly FleetRing[];
}

export interface FleetRing {
  readonly name: string;
  readonly clusters: readonly FleetCluster[];
}

/** A cluster, with the configuration of its stack. */
export interface FleetCluster {
  readonly name: string;
  readonly ring: string;
  /** File and line. */
  readonly place: string;
  /** What its stack file would hold below `config`. */
  readonly config: Members;
  /** The arguments of the mesh. Secrets are hidden. */
  readonly mesh: unknown;
  /** Where the arguments stand. */
  readonly source: Source;
  /** Problems of the configuration beside the mesh. */
  readonly problems: readonly Problem[];
  /** Where its configuration differs from the defaults. Secrets are hidden. */
  readonly differences: readonly Change[];
}

/** Reads the text of a fleet file: for each cluster the defaults, with those of its ring and its own over them. */
export function readFleet(text: string, path: string, maskSecret: () => unknown = () => hidden): Fleet {
  const file: YamlFile = { lines: new LineCounter(), file: basename(path) };
  const document = parseDocument(text, { lineCounter: file.lines });
  const [error] = document.errors;
  if (error !== undefined) throw notYaml(error, text, path);
  const content = checkFleet(document.toJS(), sourceOf(document.contents, file), path);
  const rings = content.rings === undefined ? [{ name: onlyRing }] : content.rings;
  const reader = { document, file, content, rings: rings.map(({ name }) => name), maskSecret };
  const clusters = entriesOf(document).map((entry) => readCluster(entry, reader));
  return {
    file: file.file,
    defaults: membersOf(content.defaults?.config),
    rings: reader.rings.map((name) => ({ name, clusters: clusters.filter(({ ring }) => ring === name) })),
  };
}

interface Reader {
  readonly document: Document;
  readonly file: YamlFile;
  readonly content: FleetContent;
  readonly rings: readonly string[];
  readonly maskSecret: () => unknown;
}

interface Entry {
  readonly name: string;
  /** Of the key. */
  readonly range: Range;
  /** What stands below it. */
  readonly block: unknown;
}

/** The clusters in the order of the file, also where names are numbers. */
function entriesOf(document: Document): readonly Entry[] {
  const { items } = document.get("clusters", true) as YAMLMap<Scalar>;
  return items.map((pair) => ({
    ...{ name: keyOf(pair), range: pair.key.range as Range, block: targetOf(document, pair.value) },
  }));
}

function readCluster({ name, range, block: own }: Entry, reader: Reader): FleetCluster {
  const { document, file, content, rings, maskSecret } = reader;
  const ring = content.clusters[name]?.ring;
  const index = ring === undefined ? 0 : rings.indexOf(ring);
  const shared = [["defaults"], ["rings", index]].map((at) => document.getIn([...at, "config"], true));
  const written = mergeBlocks(document, [...shared, isMap(own) ? own.get("config", true) : undefined]);
  // A cluster has the name that it has in the fleet, unless another one is written.
  const named = document.createNode({ [meshKey]: { cluster: { name } } });
  const block = mergeBlocks(document, [named, written]) as YAMLMap;
  const config = membersOf(plain(block, document));
  const args = block.get(meshKey, true);
  if (isMap(args)) args.range = range;
  const hide = (value: unknown) => maskSecrets(value, () => hidden);
  return {
    ...{ name, ring: String(rings[index]), config, mesh: maskSecrets(config[meshKey], maskSecret) },
    place: `${file.file}:${file.lines.linePos(range[0]).line}`,
    source: sourceOf(args, file),
    problems: keyProblems(config, sourceOf(block, file)),
    differences: changesBetween(hide(membersOf(content.defaults?.config)), hide(membersOf(plain(written, document)))),
  };
}

function keyProblems(config: Members, source: Source): readonly Problem[] {
  const problems = checkConfigKeys(project, Object.keys(config));
  return problems.map((one) => placed(one, { ...source, placeOf: () => source.placeOf(pathText([one.path])) }));
}

function plain(node: unknown, document: Document): unknown {
  return isMap(node) ? node.toJS(document) : undefined;
}

function notYaml(error: YAMLError, text: string, path: string): StackFileError {
  const line = error.linePos?.[0].line;
  if (error.code !== "DUPLICATE_KEY") return new StackFileError(`${path} is no YAML: ${error.message}`);
  const [name = ""] = text.slice(error.pos[0]).split(/[:\n]/, 1);
  return new StackFileError(
    `${path}:${String(line)} has the name ${name} a second time.\n\n  allowed  each name once in its block\n` +
      "  to do    rename one of them, or write all of its members in one place",
  );
}
