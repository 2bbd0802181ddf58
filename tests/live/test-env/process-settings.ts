import { join, resolve } from "node:path";

/** What is made once and used by many processes of test runs. */
export const cacheFolder = resolve(__dirname, "../../../node_modules/.cache/istio-eks");

/**
 * Settings of the programs that run here, in their environment. They cost memory and save CPU time, of which a test run
 * has too little; what a program does stays the same.
 */
export const processSettings: Readonly<Record<string, string>> = {
  // Go collects garbage when the heap has grown fivefold, not twofold, as long as it is below the limit.
  GOGC: "400",
  GOMEMLIMIT: "1500MiB",
  // Node.js from 22.1 keeps compiled code here: most processes load the same SDKs.
  NODE_COMPILE_CACHE: join(cacheFolder, "compiled"),
};
