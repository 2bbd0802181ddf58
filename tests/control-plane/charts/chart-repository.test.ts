import assert from "node:assert/strict";
import { istioChartRepository } from "../../../components/control-plane/charts/chart-repository";
import { settingsOf } from "../../support/settings";

describe("istioChartRepository", () => {
  it("is where charts come from unless istio.chartRepository names another place", () => {
    assert.equal(settingsOf().controlPlane.repository, istioChartRepository);
    const chartRepository = "oci://mirror.example.com/charts";
    assert.equal(settingsOf({ istio: { chartRepository } }).controlPlane.repository, chartRepository);
  });
});
