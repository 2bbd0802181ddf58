import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runPeering, type PeeringCommand } from "../../../cli/peering/peering-command";
import { clusterFile } from "../../support/peerings";
import { inFolder, writeIn } from "../../support/plans";
import { withoutStacks } from "../../support/quick";

const usual = { facts: undefined, output: undefined, all: false, colours: false, width: 100, environment: {} };

/** Runs the command on the stack files of two clusters; the text, and what was noted. */
function run(changes: Partial<PeeringCommand>, names = ["Pulumi.east.yaml", "Pulumi.west.yaml"]) {
  return inFolder(async (folder) => {
    const configs = names.map((name, place) => writeIn(folder, name, clusterFile(place === 0 ? "east" : "west")));
    const output = changes.output === undefined ? undefined : join(folder, changes.output);
    const notes: string[] = [];
    const command = { ...usual, format: "tree" as const, configs, ...changes, output };
    const text = await withoutStacks(() => runPeering(command, (note) => void notes.push(note)));
    return { text, notes, written: output === undefined ? "" : readFileSync(output, "utf8") };
  });
}

describe("runPeering", () => {
  it("shows the clusters of the stack files, by the names of their stacks", async () => {
    assert.match((await run({})).text, /^Mesh "production" over 2 clusters/);
    assert.match((await run({ format: "mermaid" })).text, /^flowchart LR\n {2}subgraph c0\["east: production-east/);
    assert.equal((await run({ format: "traffic" })).text, (await run({ format: "mermaid" })).text);
  });

  it("writes JSON with the links and the whole plan of each cluster", async () => {
    const { text, notes, written } = await run({ format: "json", output: "mesh.json" });
    assert.equal(text, "");
    assert.match(notes.join(), /^wrote .*mesh\.json \(json\)/);
    const { meshId, clusters, links, peering } = JSON.parse(written) as {
      readonly meshId: string;
      readonly clusters: readonly { readonly name: string; readonly eastWest: object; readonly plan: object }[];
      readonly links: readonly object[];
      readonly peering: readonly object[];
    };
    assert.deepEqual([meshId, links.length, peering.length], ["production", 2, 2]);
    assert.deepEqual(
      clusters.map(({ name }) => name),
      ["east", "west"],
    );
    for (const { eastWest, plan } of clusters) assert.ok("scheme" in eastWest && "resources" in plan);
    assert.ok(!written.includes("BEGIN"), "no secrets");
  });

  it("takes the region of the facts or the environment where a stack file has none", async () => {
    const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
    const tls = { certificateArn };
    const ingress = { strategy: "nlb", scheme: "internal", hostnames: ["app.example.com"], tls };
    const planned = (environment: PeeringCommand["environment"]) =>
      inFolder((folder) => {
        const texts = ["east", "west"].map((name) => clusterFile(name, {}, { ingress }));
        const configs = texts.map((text, place) =>
          writeIn(folder, `Pulumi.${place}.yaml`, text.replace(/ +aws:region: .*\n/, "")),
        );
        return withoutStacks(() => runPeering({ ...usual, format: "json", configs, environment }, () => undefined));
      });
    assert.match(await planned({ AWS_REGION: "eu-west-1" }), /production-east/);
    await assert.rejects(planned({ AWS_DEFAULT_REGION: "eu-north-1" }), /certificateArn[\s\S]*eu-north-1/);
  });

  it("has no other format, and no two stacks of one name", async () => {
    await assert.rejects(
      run({ format: "svg" }),
      /do not go with --format svg[\s\S]*allowed {2}--format tree, json, mermaid/,
    );
    await assert.rejects(
      inFolder((folder) => {
        const config = writeIn(folder, "Pulumi.east.yaml", clusterFile("east"));
        return runPeering({ ...usual, format: "tree", configs: [config, config] }, () => undefined);
      }),
      /two stack files of the name "east"/,
    );
  });
});
