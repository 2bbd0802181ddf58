/** Parses YAML. Loads the parser only where somebody wrote some: it would double what importing the package costs. */
export function parseYaml(text: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the core is synchronous, and so is this package's format
  const yaml = require("yaml") as { readonly parse: (text: string) => unknown };
  return yaml.parse(text);
}
