const numbers = ["integer", "long", "float", "double"];

/** A text of a form, an XML element or a URL as the value that the model wants; a text that is none stays a text. */
export function plainValue(type: string, text: string): unknown {
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  if (numbers.includes(type) && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}
