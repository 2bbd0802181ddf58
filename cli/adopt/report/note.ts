/** What one section of the report is about. */
export const noteKinds = ["same", "change", "left", "unknown"] as const;

/** `same`: taken over as it is; `change`: the first `up` changes it; `left`: cannot be taken over; `unknown`: not read. */
export type NoteKind = (typeof noteKinds)[number];

/** One line of the report. */
export interface Note {
  readonly kind: NoteKind;
  /** An object, a resource or a member of the arguments. */
  readonly subject: string;
  readonly text: string;
  /** What to do; none: nothing. */
  readonly suggestion?: string;
}

/** A part of the arguments, and what there is to report of it. */
export interface Found<Part> {
  readonly args: Part;
  readonly notes: readonly Note[];
}
