import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const repository = join(__dirname, "..", "..");

/** Runs one file of the tier on a machine that has Node and nothing of Pulumi. */
function runWithoutPulumi(environment: NodeJS.ProcessEnv) {
  const folder = mkdtempSync(join(tmpdir(), "istio-eks-tier-"));
  const which = spawnSync("which", ["which"], { encoding: "utf8" }).stdout.trim();
  symlinkSync(which, join(folder, "which"));
  symlinkSync("/bin/sh", join(folder, "sh"));
  const mocha = join(repository, "node_modules", "mocha", "bin", "mocha.js");
  const command = [mocha, "--no-config", "--import=tsx", "tests/live/modes.test.ts"];
  const env = { ...process.env, REQUIRE_LIVE: "", ...environment, PATH: folder };
  const { status, stdout } = spawnSync(process.execPath, command, { cwd: repository, env, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return { status, output: stdout };
}

describe("the live tier on a machine without Pulumi", () => {
  it("is skipped, never passed, and names what is missing", () => {
    const { status, output } = runWithoutPulumi({});
    assert.equal(status, 0, output);
    assert.match(output, /missing: .*pulumi on the PATH, pulumi-language-nodejs on the PATH/);
    assert.match(output, /0 passing[\s\S]*1 pending/);
  });

  it("fails where it is required", () => {
    const { status, output } = runWithoutPulumi({ REQUIRE_LIVE: "1" });
    assert.equal(status, 1, output);
    assert.match(output, /1 failing[\s\S]*Error: missing: .*pulumi on the PATH/);
  });
});
