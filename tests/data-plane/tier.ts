import { missingForBalancers } from "./missing-parts";

/**
 * A group of tests, each of which goes on where the one before ended. Where something is missing it reports that and is
 * skipped, never passed; with `REQUIRE_LIVE=1` it fails.
 */
export function describeUnlessMissing(
  title: string,
  missing: readonly string[],
  body: (failed: () => boolean) => void,
): void {
  describe(title, () => {
    if (missing.length > 0) {
      const reason = `missing: ${missing.join(", ")}`;
      it(`needs what is not here; ${reason}`, function () {
        if (process.env["REQUIRE_LIVE"] === "1") throw new Error(reason);
        this.skip();
      });
      return;
    }
    let failed = false;
    beforeEach(function () {
      if (failed) this.skip();
    });
    afterEach(function () {
      failed ||= this.currentTest?.state === "failed";
    });
    body(() => failed);
  });
}

/** Tests of load balancers in a network, without a cluster. */
export function describeBalancers(title: string, body: () => void): void {
  describeUnlessMissing(title, missingForBalancers(), body);
}
