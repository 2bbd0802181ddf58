import { spawnSync } from "node:child_process";
import { missingParts } from "./build/stamp";

/** Programs that the machine brings itself: Pulumi's engine with what it needs for this program. */
const programs = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-kubernetes", "pulumi-resource-command"];

/** What this machine lacks to run the tier; each with what to do. */
function missing(): readonly string[] {
  const parts = missingParts().map((name) => `${name} (npm run live:build)`);
  const tools = programs.filter((name) => spawnSync("which", [name]).status !== 0).map((name) => `${name} on the PATH`);
  return [...parts, ...tools];
}

const lacking = missing();

/**
 * A `describe` that runs on real parts. Where some are missing it says so and is skipped, never passed; with
 * `REQUIRE_LIVE=1` it fails.
 */
export function describeLive(title: string, body: (this: Mocha.Suite) => void): void {
  if (lacking.length === 0) {
    describe(title, body);
    return;
  }
  const reason = `missing: ${lacking.join(", ")}`;
  describe(title, () => {
    it(`needs parts that are not here; ${reason}`, function () {
      if (process.env["REQUIRE_LIVE"] === "1") throw new Error(reason);
      this.skip();
    });
  });
}
