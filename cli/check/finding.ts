/** How bad a finding is; `unknown` is what could not be looked at, and is never taken for fine. */
export const levels = ["problem", "unknown", "warning", "ok"] as const;
export type Level = (typeof levels)[number];

/** One thing that a check can find, in words with `{places}` for what it finds there. */
export interface FindingKind {
  readonly level: Level;
  readonly what: string;
  /** What to do about it; nothing for what is fine. */
  readonly suggestion?: string;
}

/** All findings about one subject. The documentation of the command is made of these. */
export interface Subject {
  readonly name: string;
  readonly title: string;
  /** Whom one asks to see it oneself. */
  readonly how: string;
  readonly kinds: Readonly<Record<string, FindingKind>>;
}

/** Something that was found. */
export interface Finding {
  /** Subject and kind: `subnets/one-zone`. */
  readonly id: string;
  readonly level: Level;
  readonly where: string;
  readonly what: string;
  readonly how: string;
  readonly suggestion?: string;
}

export type Details = Readonly<Record<string, string | number>>;

/** What every subject can say of itself: that nobody could look. */
export const unknownKind: FindingKind = {
  level: "unknown",
  what: "Not checked: {why}.",
  suggestion: "Fix that, and check again.",
};

/** Makes findings of one subject. */
export function findingsOf<S extends Subject>(subject: S) {
  return (kind: (keyof S["kinds"] & string) | "unknown", where: string, details: Details = {}): Finding => {
    const { level, what, suggestion } = kind === "unknown" ? unknownKind : (subject.kinds[kind] as FindingKind);
    const place = `${subject.name}/${kind}`;
    return {
      ...{ id: place, level, where, what: fill(what, details, place), how: subject.how },
      ...(suggestion === undefined ? {} : { suggestion: fill(suggestion, details, place) }),
    };
  };
}

function fill(text: string, details: Details, place: string): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const detail = details[name];
    if (detail === undefined) throw new Error(`${place} has no ${name}; this is a bug in istio-eks`);
    return String(detail);
  });
}
