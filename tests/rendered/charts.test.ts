import assert from "node:assert/strict";
import { chartKeysTables } from "../../components/control-plane/charts/values/chart-keys";
import { istioMinors } from "../../components/control-plane/charts/versions";
import { findFaults } from "./checks/all";
import { findingsText } from "./finding";
import { keyTable } from "./key-table";
import { matrix } from "./mesh/matrix";
import { type Subject, renderMesh } from "./mesh/rendered-mesh";
import { inVersions, stacks } from "./mesh/stacks";
import { skip } from "./mocha-skip";
import { type ChartTools, sharedChartTools } from "./sources/chart-tools";
import { minorText } from "./sources/chart-set";
import { keysOfChart } from "./sources/keys-of-chart";

/** Plans, renders and checks meshes, and tells everything that is wrong, each fault once with a mesh that has it. */
async function check(subjects: readonly Subject[], tools: ChartTools): Promise<void> {
  const faults = new Map<string, string>();
  for (const subject of subjects) {
    const found = await findFaults(await renderMesh(subject, tools), tools);
    for (const text of found.map((one) => findingsText([one]))) {
      if (!faults.has(text)) faults.set(text, subject.title);
    }
  }
  const reported = [...faults].map(([text, title]) => `${text}\n    in ${title}`);
  if (reported.length > 0) assert.fail(reported.join("\n"));
}

function say(text: string): void {
  process.stdout.write(`      ${text}\n`);
}

describe("what this machine can test the component with", () => {
  it("is named", async function () {
    const tools = await sharedChartTools();
    if (typeof tools === "string") return skip(this, tools);
    for (const { version, origin } of tools.charts) say(`${version}: ${origin}`);
    const minors = tools.charts.map(({ version }) => minorText(version));
    const missing = istioMinors.filter(({ minor }) => !minors.includes(minor)).map(({ minor }) => minor);
    if (missing.length > 0) say(`not at hand: ${missing.join(", ")}; ISTIO_CHARTS may name a place that has them`);
    if (tools.validator === undefined)
      say("no go: left out is what only istiod's and the API server's own code can say");
    const unmanaged = minors.filter((minor) => !istioMinors.some((row) => row.minor === minor));
    assert.deepEqual(unmanaged, [], "charts of minors that components/control-plane/charts/versions.ts does not know");
  });
});

describe("the table of chart keys by which the plan warns", () => {
  for (const table of chartKeysTables) {
    it(`of ${table.minor} is what its charts read: npm run chart-keys`, async function () {
      const tools = await sharedChartTools();
      if (typeof tools === "string") return skip(this, tools);
      if (tools.validator === undefined) return skip(this, "it needs go");
      const set = tools.charts.find(({ origin }) => origin === table.source);
      if (set === undefined) return skip(this, `${table.source}, which it is made from, is not at hand`);
      const created = await keyTable(set, keysOfChart(tools));
      if (created.minor === table.minor) {
        assert.deepEqual(created, table);
        return;
      }
      // A minor whose own charts are not to be had yet has those of the newest before it, and no list of their files.
      const { source, charts } = created;
      assert.deepEqual({ minor: table.minor, source, charts }, table);
    });
  }
});

describe("every stack file", () => {
  for (const stack of stacks()) {
    it(`${stack.title} is read by the charts as it is meant`, async function () {
      const tools = await sharedChartTools();
      if (typeof tools === "string") return skip(this, tools);
      const subjects = inVersions(stack, tools.charts);
      if (subjects.length === 0) return skip(this, "no charts of its versions are at hand");
      await check(subjects, tools);
    });
  }
});

describe("every pair of options", () => {
  for (const { minor } of istioMinors) {
    it(`is read by the charts of ${minor} as it is meant`, async function () {
      const tools = await sharedChartTools();
      if (typeof tools === "string") return skip(this, tools);
      const sets = tools.charts.filter(({ version }) => minorText(version) === minor);
      if (sets.length === 0) return skip(this, "no charts of it are at hand");
      for (const { version } of sets) {
        const meshes = matrix(version, canaryFor(version, tools));
        say(`${meshes.length} meshes of ${version}`);
        await check(meshes, tools);
      }
    });
  }
});

/** A canary is the next version, if its charts are at hand; else the same once more, under another name. */
function canaryFor(version: string, { charts }: ChartTools): string {
  const next = charts.findIndex((set) => set.version === version) + 1;
  return charts[next]?.version ?? version;
}
