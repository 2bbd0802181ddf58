import { missingOnMachine } from "./missing-parts";

const lacking = missingOnMachine();

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
