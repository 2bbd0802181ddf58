import type { QueryResult, Refusal } from "../check/facts";
import { reasonText } from "../check/situation";
import { InputError } from "../input-error";
import type { Inventory } from "./inventory";
import { chartValues, type KnownInventory, type MeshArgsFound, readMesh } from "./mesh/mesh-args";
import type { Note } from "./report/note";
import { minimal } from "./minimal";
import { ownerNotes } from "./takeover/owners";
import { withProposals } from "./proposals";
import { foundObjects, readersOf } from "./readers";
import { settle, withValues } from "./residual";
import { withoutSecrets } from "./without-secrets";
import type { Path, Tree } from "./trees";
import type { MeshSettings } from "../../components/plan/settings";

/** What an inventory is as a mesh. */
export interface Adoption {
  /** Arguments whose plan is what is there, without secrets. */
  readonly args: Tree;
  readonly settings: MeshSettings;
  /** Members that are secrets, and are set with the Pulumi CLI. */
  readonly secrets: readonly Path[];
  readonly found: MeshArgsFound;
  readonly known: KnownInventory;
  readonly notes: readonly Note[];
  /** Kinds of objects that could not be read. */
  readonly unread: readonly string[];
}

/** Questions without whose answer no mesh can be described: a guess would remove something. */
const required = ["istiods", "agents", "releases", "services", "ingresses", "namespaces", "meshConfigs", "tagWebhooks"];

/** Questions that have other names than the kind that they ask for. */
const kindNames: Readonly<Record<string, string>> = { gateways: "Gateway", peerAuthentications: "PeerAuthentication" };

/** Describes what was found as the arguments of a mesh. */
export function adoption(inventory: Inventory, revision?: string): Adoption {
  const { configuration, ...lists } = inventory.kubernetes;
  const questions = Object.entries({ ...lists, ...inventory.aws }) as readonly [string, QueryResult<unknown>][];
  const kinds = Object.entries(configuration);
  const refused = [...questions, ...kinds].flatMap(([name, result]) =>
    result.known ? [] : [{ name, refusal: result.refusal }],
  );
  const serious = refused.filter(({ name }) => required.includes(name) || name === "balancers" || name === "vpcRanges");
  if (serious.length > 0) throw new InputError(refusalText(serious));
  const answers = {
    ...Object.fromEntries(questions.map(answerOf)),
    configuration: Object.fromEntries(kinds.map(answerOf)),
  };
  const known = { cluster: inventory.cluster, ...answers } as unknown as KnownInventory;
  const found = readMesh(known, revision);
  // Before anything is compared or refused, since messages name values.
  const members = withoutSecrets(found.args);
  const charts = Object.entries(chartValues(found)).map(([chart, values]) => ({ chart, ...withoutSecrets(values) }));
  const evidence = {
    found: foundObjects(known),
    charts: Object.fromEntries(charts.map(({ chart, tree }) => [chart, tree])),
  };
  const plain = settle(members.tree);
  const proposed = withProposals(plain.args, readersOf(known, found), evidence);
  const settled = withValues(proposed.args, evidence.charts);
  const secrets = [...members.secrets, ...proposed.secrets, ...charts.flatMap(memberPaths)];
  return {
    ...{ args: minimal(settled.args), secrets, settings: settled.settings, found, known },
    unread: refused.map(({ name }) => kindNames[name] ?? name),
    notes: [...found.notes, ...plain.notes, ...settled.notes, ...refused.map(unknownNote), ...ownerNotes(found, known)],
  };
}

/** Where the arguments have values of a chart. */
function memberPaths({
  chart,
  secrets,
}: {
  readonly chart: string;
  readonly secrets: readonly Path[];
}): readonly Path[] {
  return secrets.map((path) => (path[0] === "meshConfig" ? ["istio", ...path] : ["istio", "values", chart, ...path]));
}

function answerOf([name, result]: readonly [string, QueryResult<unknown>]): readonly [string, unknown] {
  return [name, result.known ? result.answer : []];
}

interface NamedRefusal {
  readonly name: string;
  readonly refusal: Refusal;
}

function refusalText(refused: readonly NamedRefusal[]): string {
  const lines = refused.map(({ refusal }) => `  ${refusal.question}\n    ${reasonText(refusal)}`);
  return (
    "What is there cannot be read, so nothing was written: what is unknown may not be taken for absent.\n\n" +
    `${lines.join("\n")}\n\n  to do    fix that, and run adopt again; it needs to read what docs/how-to/adopt.md lists`
  );
}

/** What else is not known is left out of the arguments, and reported. */
function unknownNote({ refusal }: NamedRefusal): Note {
  return {
    ...{ kind: "unknown", subject: refusal.question, text: `Not read: ${reasonText(refusal)}.` },
    suggestion:
      "Fix that, and run adopt again: what is there of this kind is neither in the stack file nor in the import file.",
  };
}
