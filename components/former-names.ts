import type { AnnotationValue, InputValue } from "./plan/input-value";
import type { Planned } from "./plan/planned";

/** What a rule leads to or comes from, in the rule's logical name. */
export interface NamedPeer {
  readonly name: string;
  /** What it is called in other programs that say the same: its place in a list, for example, where they get its id later. */
  readonly otherNames: readonly InputValue[];
}

/** A peer by the id that the user wrote, or by its place where the id is known later. */
export function namedById(writtenId: string | undefined, place: string, id: InputValue): NamedPeer {
  return writtenId === undefined ? { name: place, otherNames: [id] } : { name: writtenId, otherNames: [place] };
}

/**
 * Names a rule by its peers, and lists the names that it may have had. AWS refuses a second rule of the same content, so no
 * rule may be created again only because its name has changed.
 */
export function namedByPeers(
  peers: readonly NamedPeer[],
  nameOf: (...peers: readonly string[]) => string,
): Pick<Planned, "name" | "formerNames"> {
  const name = nameOf(...peers.map((peer) => peer.name));
  const formerNames = combinations(peers)
    .map((parts) => withParts(parts, nameOf))
    .filter((former) => former !== name);
  return formerNames.length === 0 ? { name } : { name, formerNames };
}

function combinations(peers: readonly NamedPeer[]): readonly (readonly InputValue[])[] {
  return peers.reduce<readonly (readonly InputValue[])[]>(
    (all, { name, otherNames }) => all.flatMap((parts) => [name, ...otherNames].map((part) => [...parts, part])),
    [[]],
  );
}

/** Stands for a part that is known later: no id and no range holds it. */
const gap = "\n";

function withParts(parts: readonly InputValue[], nameOf: (...parts: readonly string[]) => string): AnnotationValue {
  if (isKnown(parts)) return nameOf(...parts);
  const between = nameOf(...parts.map(() => gap)).split(gap);
  return { concat: between.flatMap((text, index) => [text, ...parts.slice(index, index + 1)]) };
}

function isKnown(parts: readonly InputValue[]): parts is readonly string[] {
  return parts.every((part) => typeof part === "string");
}
