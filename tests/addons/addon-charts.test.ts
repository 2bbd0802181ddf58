import assert from "node:assert/strict";
import semver from "semver";
import { addonCharts, istioDashboards } from "../../components/addons/addon-charts";

describe("addonCharts", () => {
  it("names of each chart one full version and the repository of its own project", () => {
    for (const { chart, version, repository, application } of Object.values(addonCharts)) {
      assert.equal(semver.valid(version), version, chart);
      assert.match(repository, /^https:\/\/[a-z.-]+\/[a-z-]*helm-charts$/, chart);
      assert.match(application, /^[A-Z][A-Za-z ]+ \d+\.\d+\.\d+$/, chart);
    }
  });
});

describe("istioDashboards", () => {
  it("have ids of their own and pinned revisions", () => {
    const all = Object.values(istioDashboards);
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    assert.ok(all.every(({ id, revision }) => Number.isInteger(id) && Number.isInteger(revision)));
  });
});
