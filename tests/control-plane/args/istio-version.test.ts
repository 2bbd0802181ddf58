import assert from "node:assert/strict";
import fc from "fast-check";
import { istioVersion } from "../../../components/control-plane/args/istio-version";
import { defaultIstioVersion } from "../../../components/control-plane/charts/versions";
import { accepts, refuses, suggestion } from "../../support/forms";

describe("istioVersion", () => {
  it("takes any patch of a minor in the table, the ones that Istio no longer fixes too", () => {
    accepts(istioVersion, defaultIstioVersion, "1.31.0", "1.30.99", "1.28.10", "1.32.0-alpha.0".replace("32", "31"));
  });

  it("wants the patch: a chart's version is exact", () => {
    assert.equal(istioVersion.check("1.30"), 'name the patch too: "1.30.8"');
    assert.equal(istioVersion.check("v1.31"), 'name the patch too: "1.31.4"');
  });

  it("wants patch and quotes: YAML reads 1.30 as the number 1.3", () => {
    assert.match(String(istioVersion.check(1.3)), /^write "1\.30\.8": .*quotes.*YAML reads 1\.30 as a number/);
    assert.match(String(istioVersion.check(1.31)), /^write "1\.31\.4": /);
    assert.match(String(istioVersion.check(7)), /^write major, minor and patch: "/);
  });

  it("takes a minor that is newer than the table, and no other major", () => {
    accepts(istioVersion, "1.32.0", "1.33.1", "1.40.0");
    assert.equal(istioVersion.check("9.9.9"), `there is no such Istio; write "${defaultIstioVersion}"`);
    assert.equal(istioVersion.check("v1.33.0"), 'write "1.33.0"');
  });

  it("takes away the v that Git tags have", () =>
    assert.equal(istioVersion.check(`v${defaultIstioVersion}`), `write "${defaultIstioVersion}"`));

  it("says of an older minor that it is fixed no longer", () => {
    assert.equal(istioVersion.check("1.27.3"), `Istio no longer supports it; move to ${defaultIstioVersion}`);
    assert.equal(istioVersion.check("v1.27.3"), `Istio no longer supports it; move to ${defaultIstioVersion}`);
  });

  it("refuses what is no version, ranges, words, and one with spaces around it", () => {
    for (const given of [
      "latest",
      "^1.31.0",
      "1.31.x",
      `${defaultIstioVersion} `,
      `=${defaultIstioVersion}`,
      "",
      `${defaultIstioVersion}.0`,
    ]) {
      assert.equal(istioVersion.check(given), `write major, minor and patch: "${defaultIstioVersion}"`, given);
    }
    refuses(istioVersion, null, {}, undefined);
  });

  it("suggests only what it would accept itself", () => {
    const number = fc.constantFrom("0", "1", "27", "28", "31", "32", "99");
    const part = fc.oneof(number, fc.constantFrom(".", "v", "=", " ", "-rc.0", "+x"));
    const version = fc.tuple(fc.constantFrom("", "v"), number, number, number).map(([v, ...n]) => v + n.join("."));
    fc.assert(
      fc.property(
        fc.oneof(
          version,
          fc.array(part, { maxLength: 7 }).map((parts) => parts.join("")),
        ),
        (given) => {
          const suggested = suggestion(istioVersion.check(given));
          if (suggested !== undefined) accepts(istioVersion, suggested);
        },
      ),
      { numRuns: 500, examples: [["v1.27.0"], ["v1.99.0"], ["1.28"]] },
    );
  });
});
