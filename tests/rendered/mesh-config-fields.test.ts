import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { meshConfigText } from "./sources/mesh-config-fields";

const hasGo = () => {
  try {
    return execFileSync("go", ["version"], { stdio: "pipe" }).length > 0;
  } catch {
    return false;
  }
};

describe("the table of MeshConfig's fields", () => {
  it("is what Istio's own proto files declare: `npm run mesh-config-fields` writes it", function () {
    if (!hasGo()) {
      process.stdout.write("      skipped: not on the PATH: go\n");
      this.skip();
    }
    const written = readFileSync(
      join(__dirname, "../../components/control-plane/charts/values/mesh-config-fields.json"),
      "utf8",
    );
    assert.equal(written, meshConfigText());
  });
});
