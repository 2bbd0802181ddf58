import type { Finding } from "../../check/finding";
import type { Step } from "../takeover/commands";
import { type Note, type NoteKind } from "./note";

/** All that is reported of an adoption. */
export interface Report {
  readonly cluster: string;
  /** Such as `sidecar, Istio 1.30.4`. */
  readonly mesh: string;
  readonly notes: readonly Note[];
  readonly steps: readonly Step[];
  /** What `istio-eks check` finds, without what is fine. */
  readonly findings: readonly Finding[];
}

export const titles: Readonly<Record<NoteKind, string>> = {
  same: "Taken over as it is",
  change: "What the first up changes",
  left: "What cannot be taken over",
  unknown: "What could not be read",
};

/** The report for programs. */
export function reportJson({ cluster, mesh, notes, steps, findings }: Report): string {
  const listed = notes.map(({ kind, subject, text, suggestion = null }) => ({ kind, subject, text, suggestion }));
  const found = findings.map(({ id, level, where, what, how, suggestion = null }) => ({
    id,
    level,
    where,
    what,
    how,
    suggestion,
  }));
  return `${JSON.stringify({ cluster, mesh, notes: listed, steps, findings: found }, null, 2)}\n`;
}
