import { z } from "zod";
import { textForm, field } from "../../components/inputs/form";
import { duplicates, oneOf } from "../../components/inputs/list";
import { pathText } from "../../components/inputs/path";
import { placed, problem, problemsIn, type Source } from "../../components/inputs/problem";
import { checkShape, mapOf, shape } from "../../components/inputs/shape";
import type { Problem } from "../../components/plan/problem";
import { ArgumentsError } from "../arguments-error";
import { type Members, membersOf } from "../members";

/** What a fleet file holds. */
export interface FleetContent {
  readonly defaults?: Level;
  /** In the order in which they are deployed. */
  readonly rings?: readonly ({ readonly name: string } & Level)[];
  readonly clusters: Readonly<Record<string, { readonly ring?: string } & Level>>;
}

interface Level {
  readonly config?: Members;
}

/** The ring of a fleet that names none. */
export const onlyRing = "all";

const nameForm = "letters, digits, -, _ and ., at most 100";
const name = field(
  textForm(nameForm, (given) => (/^[\w.-]{1,100}$/.test(given) ? undefined : `write ${nameForm}: it names a stack`)),
);
const level = { config: mapOf(z.unknown()).optional() };
const fleetShape = shape({
  defaults: shape(level).optional(),
  rings: z.array(shape({ name, ...level })).optional(),
  clusters: mapOf(shape({ ring: z.unknown().optional(), ...level })),
});

const example =
  "clusters:\n             eu-1:\n               config:\n                 aws:region: eu-central-1\n" +
  "                 istio-mesh:mesh: { … }";

/** Refuses what is no fleet: all problems together, each with its line. */
export function checkFleet(given: unknown, source: Source, path: string): FleetContent {
  const content = withEmptyBlocks(given);
  const { problems: malformed } =
    given === null ? { problems: [nothing("clusters", "an empty file")] } : checkShape(fleetShape, content);
  const problems = malformed.length > 0 ? malformed : rules(content as FleetContent);
  if (problems.length > 0)
    throw new ArgumentsError(
      problemsIn(
        `the fleet file ${path}; nothing was planned`,
        problems.map((one) => placed(one, source)),
      ),
    );
  return content as FleetContent;
}

/** `eu-1:` with nothing below it is a cluster as the defaults are. */
function withEmptyBlocks(given: unknown): unknown {
  const { clusters, ...rest } = membersOf(given);
  if (typeof clusters !== "object" || clusters === null || Array.isArray(clusters)) return given;
  const blocks = Object.entries(clusters).map(([key, block]: [string, unknown]) => [key, block === null ? {} : block]);
  return { ...rest, clusters: Object.fromEntries(blocks) as unknown };
}

function nothing(path: string, given: string): Problem {
  return { path, given, allowed: "the clusters of the fleet by name", suggestion: `write\n\n           ${example}` };
}

function rules({ rings = [], clusters }: FleetContent): readonly Problem[] {
  const names = Object.keys(clusters);
  const known = rings.map((ring) => ring.name);
  return [
    ...(names.length === 0 ? [nothing("clusters", "no cluster")] : []),
    ...duplicates(known, "rings"),
    ...names.flatMap((one) => ringProblems(one, clusters[one]?.ring, known)),
    ...names.flatMap((one) => nameProblems(one)),
  ];
}

function ringProblems(cluster: string, ring: unknown, known: readonly string[]): readonly Problem[] {
  if (known.length === 0 ? ring === undefined : known.some((one) => one === ring)) return [];
  return [
    problem(pathText(["clusters", cluster, "ring"]), {
      given: ring,
      allowed: known.length === 0 ? "no ring: the file has no rings" : oneOf(known),
      suggestion:
        known.length === 0
          ? "list the rings in their order: rings: [{ name: … }]"
          : "name one of them, or add it to rings, at its place in the order",
    }),
  ];
}

function nameProblems(cluster: string): readonly Problem[] {
  const { error } = name.safeParse(cluster);
  if (error === undefined) return [];
  const suggestion = "rename it; a different name of the EKS cluster goes into cluster.name of its mesh";
  return [problem(pathText(["clusters", cluster]), { given: cluster, allowed: nameForm, suggestion })];
}
