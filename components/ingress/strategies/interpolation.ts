import type { AnnotationValue, Interpolation, InputValue } from "../../plan/input-value";

/** `a,b,c`; nothing if there are none. */
export function commaSeparated(inputValues: readonly InputValue[]): Interpolation | undefined {
  if (inputValues.length === 0) return undefined;
  return { concat: inputValues.flatMap((inputValue, index) => (index === 0 ? [inputValue] : [",", inputValue])) };
}

/** `first,more,more`; the first alone if there are no more. */
export function withMore(first: InputValue, more: readonly InputValue[]): AnnotationValue {
  return more.length === 0 ? first : { concat: [first, ...more.flatMap((inputValue) => [",", inputValue])] };
}

/** Tags in the controller's way of writing, `a=1,b=2`; nothing if there are none. */
export function tagsText(tags: Readonly<Record<string, InputValue>>): Interpolation | undefined {
  const pairs = Object.entries(tags);
  if (pairs.length === 0) return undefined;
  return { concat: pairs.flatMap(([key, value], index) => [`${index === 0 ? "" : ","}${key}=`, value]) };
}
