import assert from "node:assert/strict";
import {
  meshConfigsInValues,
  ownMeshConfig,
  writtenMeshConfigs,
} from "../../../../components/control-plane/charts/values/written-mesh-configs";
import { controlPlane } from "../../../support/settings";

describe("writtenMeshConfigs", () => {
  const [own, plain, flattened] = [{ ingressClass: "a" }, { ingressClass: "b" }, { ingressClass: "c" }];
  const values = (istiod: Readonly<Record<string, unknown>>) => ({ ...controlPlane().values, istiod });

  it("finds each place, in the order in which a later one wins", () => {
    const settings = controlPlane({
      meshConfig: own,
      values: values({ meshConfig: plain, pilot: { meshConfig: flattened } }),
    });
    const inValues = [
      { path: "istio.values.istiod.meshConfig", config: plain },
      { path: "istio.values.istiod.pilot.meshConfig", config: flattened },
    ];
    assert.deepEqual(ownMeshConfig(settings), { path: "istio.meshConfig", config: own });
    assert.deepEqual(meshConfigsInValues(settings), inValues);
    assert.deepEqual(writtenMeshConfigs(settings), [ownMeshConfig(settings), ...inValues]);
  });

  it("passes over values that are no configuration", () => {
    assert.deepEqual(meshConfigsInValues(controlPlane({ values: values({ meshConfig: "none", pilot: {} }) })), []);
  });
});
