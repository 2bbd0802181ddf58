import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Problem } from "../../components/plan/problem";

/** Arguments that are wrong in one way, and all that must be told of them. */
export interface Wrong {
  /** What is wrong with them, in words. */
  readonly when: string;
  readonly args: unknown;
  readonly problems: readonly Problem[];
}

/** A row of a table in tests/bad-input, as it is written there. */
interface Row {
  readonly when: string;
  /** Members beside a valid mode and cluster, or in their place. */
  readonly write?: Readonly<Record<string, unknown>>;
  /** In place of the whole. */
  readonly whole?: unknown;
  readonly reported: readonly {
    readonly at: string;
    readonly given: string;
    readonly allowed: string;
    readonly "to do": string;
  }[];
}

const folder = join(__dirname, "..", "bad-input");

/** What a row adds to. */
const valid = { mode: "sidecar", cluster: { name: "prod" } };

/** Every table with its rows, by the name of its file. */
export function wrongArguments(): Readonly<Record<string, readonly Wrong[]>> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  return Object.fromEntries(
    files.map((file) => [
      file.replace(/\.yaml$/, ""),
      (parse(readFileSync(join(folder, file), "utf8")) as readonly Row[]).map(wrongOf),
    ]),
  );
}

function wrongOf(row: Row): Wrong {
  return {
    when: row.when,
    args: "whole" in row ? row.whole : { ...valid, ...row.write },
    problems: row.reported.map(({ at, given, allowed, "to do": suggestion }) => ({
      path: at,
      given,
      allowed,
      suggestion,
    })),
  };
}
