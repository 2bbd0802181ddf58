import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { istioMinors } from "../../components/control-plane/charts/versions";
import { root } from "../support/readme";

interface Renovate {
  readonly packageRules: readonly {
    readonly matchPackageNames?: readonly string[];
    readonly matchUpdateTypes?: readonly string[];
    readonly enabled?: boolean;
    readonly separateMinorPatch?: boolean;
  }[];
  readonly customManagers: readonly {
    readonly managerFilePatterns: readonly string[];
    readonly matchStrings: readonly string[];
    readonly depNameTemplate: string;
  }[];
}

const { packageRules, customManagers } = JSON.parse(readFileSync(join(root, "renovate.json"), "utf8")) as Renovate;

describe("Renovate's rule for the table of Istio's versions", () => {
  const table = "components/control-plane/charts/versions.ts";
  const [manager] = customManagers;

  it("finds the newest patch of each minor, and nothing else", () => {
    const [file = "", pattern = ""] = [manager?.managerFilePatterns[0]?.slice(1, -1), manager?.matchStrings[0]];
    assert.match(table, new RegExp(file));
    const found = [...readFileSync(join(root, table), "utf8").matchAll(new RegExp(pattern, "g"))];
    assert.deepEqual(
      found.map(({ groups }) => groups?.["currentValue"]),
      istioMinors.map(({ newestPatch }) => newestPatch),
    );
  });

  it("brings patches also where a newer minor is out, and no minor: that is a row and a table of keys", () => {
    const rules = packageRules.filter(({ matchPackageNames }) =>
      matchPackageNames?.includes(String(manager?.depNameTemplate)),
    );
    // Renovate takes minors and patches for one update, to the newest of both, unless they are separated.
    assert.ok(rules.some(({ separateMinorPatch }) => separateMinorPatch === true));
    const disabled = rules
      .filter(({ enabled }) => enabled === false)
      .flatMap(({ matchUpdateTypes = [] }) => matchUpdateTypes);
    assert.deepEqual(disabled, ["major", "minor"]);
  });
});
