import assert from "node:assert/strict";
import { chartValues, type MeshArgsFound } from "../../../cli/adopt/mesh/mesh-args";

const found = (istiodValues: object): MeshArgsFound => ({
  ...{
    args: {},
    ingresses: [],
    releases: [],
    rootNamespace: "istio-system",
    notes: [],
    istiodValues: { ...istiodValues },
  },
  planes: {
    main: {
      namespace: "istio-system",
      revision: "",
      version: "1.31.1",
      hub: "docker.io/istio",
      tags: [],
      release: undefined,
    },
    canary: undefined,
    notes: [],
  },
});

describe("chartValues", () => {
  it("puts values below pilot where the chart has them", () => {
    assert.deepEqual(chartValues(found({ pilot: { env: { A: "1" } }, global: { hub: "x" } }))["istiod"], {
      env: { A: "1" },
      global: { hub: "x" },
    });
    assert.deepEqual(chartValues(found({ env: { A: "1" } }))["istiod"], { env: { A: "1" } });
  });
});
