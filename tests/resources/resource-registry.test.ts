import assert from "node:assert/strict";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { recordMaking } from "../support/resource-registry";

describe("Made", () => {
  it("puts the mesh's name before every other, and the mesh above all", async () => {
    const { result } = await recordMaking((created) => {
      const options = created.options({ name: "x", after: [] });
      return { name: created.nameOf("x"), parent: options.parent === created.parent, options: Object.keys(options) };
    });
    assert.deepEqual(result, { name: "mesh-x", parent: true, options: ["parent"] });
  });

  it("lets what comes after something depend on it, in the cluster by the cluster's provider", async () => {
    const { find } = await recordMaking((created) => {
      created.add("first", new ConfigMap("mesh-first", {}, created.optionsInCluster({ name: "first", after: [] })));
      created.add("next", new ConfigMap("mesh-next", {}, created.optionsInCluster({ name: "next", after: ["first"] })));
      assert.deepEqual(created.names(), ["first", "next"]);
    });
    assert.deepEqual(find("mesh-next").dependsOn, ["mesh-first"]);
    assert.deepEqual(find("mesh-next").options, { provider: "cluster" });
  });

  for (const preview of [false, true]) {
    it(`registers something after another without a dependency on it${preview ? ", in previews too" : ""}`, async () => {
      const { resources, find } = await recordMaking(
        (created) => {
          created.add("base", new ConfigMap("mesh-base", {}, created.optionsInCluster({ name: "base", after: [] })));
          created.add(
            "first",
            new ConfigMap("mesh-first", {}, created.optionsInCluster({ name: "first", after: ["base"] })),
          );
          new ConfigMap(
            "mesh-next",
            {},
            created.optionsInCluster({ name: "next", after: [], createdAfter: ["first"] }),
          );
        },
        { preview },
      );
      const names = resources.map(({ name }) => name).filter((name) => name.startsWith("mesh-"));
      assert.deepEqual(names, ["mesh-base", "mesh-first", "mesh-next"]);
      assert.deepEqual(find("mesh-next").dependsOn, []);
    });
  }

  it("passes former names on as aliases, with the mesh's name before them", async () => {
    const { result } = await recordMaking(
      (created) => created.options({ name: "x", after: [], formerNames: ["y"] }).aliases,
    );
    assert.deepEqual(result, [{ name: "mesh-y" }]);
  });

  it("says that it is our mistake where something comes after what is not made yet", async () => {
    await recordMaking((created) => {
      assert.throws(
        () => created.options({ name: "x", after: ["later"] }),
        /^Error: istio-eks: "later" is needed before it is made; this is a mistake in istio-eks$/,
      );
    });
  });
});
