import assert from "node:assert/strict";
import type { Form } from "../../components/inputs/form";

/** Asserts that a form takes each of these values. */
export function accepts(form: Form, ...given: readonly unknown[]): void {
  for (const value of given) assert.equal(form.check(value), undefined, `${String(value)} was refused`);
}

/** Asserts that a form refuses each of these values. */
export function refuses(form: Form, ...given: readonly unknown[]): void {
  for (const value of given) assert.notEqual(form.check(value), undefined, `${String(value)} was accepted`);
}

/** What a suggestion tells to write: the text in its last pair of quotes, if there is one. */
export function suggestion(suggestionText: string | undefined): string | undefined {
  return suggestionText?.match(/"([^"]*)"[^"]*$/)?.[1];
}
