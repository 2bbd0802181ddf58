import { changesBetween, short } from "../../cli/against/difference";

/** The smallest places in which two trees differ, in words: `path: was this, is that`. */
export function differences(was: unknown, is: unknown): readonly string[] {
  return changesBetween(was, is).map((change) =>
    change.reordered
      ? `${change.path}: in another order`
      : `${change.path}: ${reported("was", change.was)}, ${reported("is", change.is)}`,
  );
}

function reported(verb: "was" | "is", value: unknown): string {
  if (value === undefined) return verb === "was" ? "was not there" : "is gone";
  return `${verb} ${short(value)}`;
}
