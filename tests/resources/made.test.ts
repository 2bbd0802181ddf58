import assert from "node:assert/strict";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { recordMaking } from "../support/made";

describe("Made", () => {
  it("puts the mesh's name before every other, and the mesh above all", async () => {
    const { result } = await recordMaking((made) => {
      const options = made.options({ name: "x", after: [] });
      return { name: made.nameOf("x"), parent: options.parent === made.parent, options: Object.keys(options) };
    });
    assert.deepEqual(result, { name: "mesh-x", parent: true, options: ["parent"] });
  });

  it("lets what comes after something depend on it, in the cluster by the cluster's provider", async () => {
    const { find } = await recordMaking((made) => {
      made.add("first", new ConfigMap("mesh-first", {}, made.optionsInCluster({ name: "first", after: [] })));
      made.add("next", new ConfigMap("mesh-next", {}, made.optionsInCluster({ name: "next", after: ["first"] })));
      assert.deepEqual(made.names(), ["first", "next"]);
    });
    assert.deepEqual(find("mesh-next").dependsOn, ["mesh-first"]);
    assert.deepEqual(find("mesh-next").options, { provider: "cluster" });
  });

  for (const preview of [false, true]) {
    it(`registers something after another without a dependency on it${preview ? ", in previews too" : ""}`, async () => {
      const { resources, find } = await recordMaking(
        (made) => {
          made.add("base", new ConfigMap("mesh-base", {}, made.optionsInCluster({ name: "base", after: [] })));
          made.add("first", new ConfigMap("mesh-first", {}, made.optionsInCluster({ name: "first", after: ["base"] })));
          new ConfigMap("mesh-next", {}, made.optionsInCluster({ name: "next", after: [], createdAfter: ["first"] }));
        },
        { preview },
      );
      const names = resources.map(({ name }) => name).filter((name) => name.startsWith("mesh-"));
      assert.deepEqual(names, ["mesh-base", "mesh-first", "mesh-next"]);
      assert.deepEqual(find("mesh-next").dependsOn, []);
    });
  }

  it("passes former names on as aliases, with the mesh's name before them", async () => {
    const { result } = await recordMaking((made) => made.options({ name: "x", after: [], formerNames: ["y"] }).aliases);
    assert.deepEqual(result, [{ name: "mesh-y" }]);
  });

  it("says that it is our mistake where something comes after what is not made yet", async () => {
    await recordMaking((made) => {
      assert.throws(
        () => made.options({ name: "x", after: ["later"] }),
        /^Error: istio-eks: "later" is needed before it is made; this is a mistake in istio-eks$/,
      );
    });
  });
});
