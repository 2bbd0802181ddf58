import { missingParts } from "./build/stamp";
import { missingOnMachine } from "./missing-parts";

const lackingHere = missingOnMachine();

/** When a run with a time budget starts no further test file: `LIVE_DEADLINE`, in seconds since 1970. */
const deadline = Number(process.env["LIVE_DEADLINE"] ?? Infinity);

/**
 * A `describe` that runs on real parts. Where some are missing, it names them and is skipped, never passed; with
 * `REQUIRE_LIVE=1` it fails. After the deadline of the run it is skipped, which the report states.
 */
export function describeLive(title: string, body: (this: Mocha.Suite) => void): void {
  describeWith(lackingHere, title, body);
}

/** The parts that play AWS. */
const awsParts = ["moto", "iam-simulate"];

/** The same for tests that need AWS but no cluster. */
export function describeAws(title: string, body: (this: Mocha.Suite) => void): void {
  const missing = missingParts().filter((name) => awsParts.includes(name));
  describeWith(
    missing.map((name) => `${name} (npm run live:build)`),
    title,
    body,
  );
}

function describeWith(lacking: readonly string[], title: string, body: (this: Mocha.Suite) => void): void {
  if (lacking.length > 0) {
    describeMissing(title, `missing: ${lacking.join(", ")}`);
    return;
  }
  // Mocha's workers load a file just before they run it.
  if (Date.now() / 1000 < deadline) {
    describe(title, body);
    return;
  }
  describe(title, () => it.skip("was not reached within the time budget of this run"));
}

function describeMissing(title: string, reason: string): void {
  describe(title, () => {
    it(`needs parts that are not here; ${reason}`, function () {
      if (process.env["REQUIRE_LIVE"] === "1") throw new Error(reason);
      this.skip();
    });
  });
}
