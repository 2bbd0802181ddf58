import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type FleetCommand, runFleet } from "../../../cli/fleet/fleet-command";
import { InputError } from "../../../cli/input-error";
import { inFolder, writeIn } from "../../support/plans";

const asked: FleetCommand = {
  ...{ fleet: "", format: "tree", output: undefined, all: false, colours: false, width: 100, environment: {} },
};
const small = 'defaults: { config: { "istio-mesh:mesh": { mode: ambient } } }\nclusters: { a: {}, b: {} }\n';
const run = (text: string, command: Partial<FleetCommand> = {}, note: (text: string) => void = () => undefined) =>
  inFolder((folder) => runFleet({ ...asked, fleet: writeIn(folder, "fleet.yaml", text), ...command }, note));

describe("plan --fleet", () => {
  it("shows the fleet in each of its formats", async () => {
    assert.match((await run(small)).text, /^fleet\.yaml: 2 clusters in 1 ring\.\n/);
    assert.match((await run(small, { format: "json" })).text, /^\{\n {2}"file": "fleet\.yaml"/);
    assert.match((await run(small, { format: "html", output: "-" })).text, /^<!doctype html>/);
  });

  it("is not fine if one cluster has problems", async () => {
    assert.equal((await run(small)).fine, true);
    const wrong = 'clusters: { a: { config: { "istio-mesh:mesh": { mode: ambient } } }, b: {} }';
    assert.equal((await run(wrong)).fine, false);
  });

  it("writes to a file and says so", async () => {
    await inFolder(async (folder) => {
      const [output, noted] = [join(folder, "fleet.txt"), [] as string[]];
      assert.deepEqual(await run(small, { output }, (text) => noted.push(text)), { text: "", fine: true });
      assert.ok(existsSync(output) && readFileSync(output, "utf8").startsWith("fleet.yaml: 2"));
      assert.deepEqual(noted, [`wrote ${output} (tree)\n`]);
    });
  });

  it("plans clusters that name no region for that of the environment", async () => {
    const arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
    const ingress = `ingress: { strategy: nlb, scheme: internal, tls: { certificateArn: "${arn}" } }`;
    const text = `clusters: { a: { config: { "istio-mesh:mesh": { mode: ambient, ${ingress} } } } }`;
    assert.equal((await run(text, { environment: { AWS_REGION: "us-east-1" } })).fine, true);
    assert.equal((await run(text, { environment: { AWS_REGION: "", AWS_DEFAULT_REGION: "eu-west-1" } })).fine, false);
  });

  it("is refused with a file that is not there, a folder that cannot be written, and other formats", async () => {
    const refused = async (command: Partial<FleetCommand>, message: RegExp) => {
      await assert.rejects(run(small, command), (error) => error instanceof InputError && message.test(error.message));
    };
    await refused({ fleet: "/nowhere/fleet.yaml" }, /^--fleet \/nowhere\/fleet\.yaml cannot be read/);
    await refused({ output: "/nowhere/fleet.txt" }, /^--output \/nowhere\/fleet\.txt cannot be written/);
    await refused(
      { format: "svg" },
      /^--fleet does not go with --format svg\.\n\n {2}allowed {2}--format tree, json, html/,
    );
  });
});
