/**
 * What a request costs on its way through the mesh, and what a proxy costs in memory: `npm run bench:traffic`, as root, on a
 * machine that does nothing else. It prints tables; nothing here is asserted in a test. `-- --requests 500` sends fewer.
 */
import { join, resolve } from "node:path";
import { inNamespaces, runToEnd } from "../../tests/data-plane/isolated";
import { missingOnMachine } from "../../tests/data-plane/missing-parts";

const missing = missingOnMachine();
if (missing.length > 0) {
  process.stderr.write(`missing: ${missing.join(", ")}\n`);
  process.exitCode = 1;
} else {
  const program = [...process.execArgv, join(__dirname, "measure.ts"), ...process.argv.slice(2)];
  runToEnd(inNamespaces([process.execPath, ...program]), resolve(__dirname, "..", ".."));
}
