import { join, resolve } from "node:path";
import { inNamespaces, runToEnd } from "./isolated";
import { missingForNamespaces } from "./missing-parts";

/**
 * Runs mocha in namespaces of its own. The kernel ends and removes all that the tests have started or made as soon as mocha
 * is gone, however it went.
 */
const repository = resolve(__dirname, "..", "..");
const mocha = [
  join(repository, "node_modules", "mocha", "bin", "mocha.js"),
  ...["--config", join(__dirname, "mocharc.json"), ...process.argv.slice(2)],
];
const command = [process.execPath, ...mocha] as const;

// Where something is missing for namespaces, the tests themselves report it, and are skipped or fail.
runToEnd(missingForNamespaces().length > 0 ? command : inNamespaces(command), repository);
