import { join } from "node:path";
import { inNamespaces, runToEnd } from "../isolated";
import { missingOnMachine } from "../missing-parts";

/** Opens a shell beside a test environment with a network, in namespaces of its own: `npm run live:up -- --traffic`. */
const missing = missingOnMachine();
if (missing.length > 0) {
  process.stderr.write(`missing: ${missing.join(", ")}\n`);
  process.exitCode = 1;
} else {
  const shell = [process.execPath, ...process.execArgv, join(__dirname, "shell.ts"), ...process.argv.slice(2)];
  runToEnd(inNamespaces(shell), process.cwd());
}
