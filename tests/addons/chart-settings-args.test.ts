import assert from "node:assert/strict";
import { resolveChart } from "../../components/addons/chart-settings-args";

const chart = { chart: "x", version: "1.0.0", application: "X 1", repository: "https://charts.example.com" };

describe("resolveChart", () => {
  it("takes the chart that was tested", () => {
    assert.deepEqual(resolveChart({}, chart), {
      ...{ chart: "x", version: "1.0.0", repository: "https://charts.example.com" },
      values: {},
    });
  });

  it("takes what the user names in its place", () => {
    const args = { version: "2.0.0", chartRepository: "oci://mirror.example.com", values: { a: 1 } };
    assert.deepEqual(resolveChart(args, chart), {
      chart: "x",
      version: "2.0.0",
      repository: "oci://mirror.example.com",
      values: { a: 1 },
    });
  });
});
