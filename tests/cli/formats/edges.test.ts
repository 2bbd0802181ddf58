import assert from "node:assert/strict";
import { essentialEdges, pictured } from "../../../cli/formats/edges";
import { inWaves } from "../../../cli/graph";
import { orderOf } from "../../support/order";
import { madeUp, planOfWholeMesh } from "../../support/plans";

const arrows = (...resources: readonly ReturnType<typeof madeUp>[]) =>
  essentialEdges(inWaves(resources), "mesh").map(({ from, to }) => `${from} > ${to}`);

describe("essentialEdges", () => {
  it("leaves out arrows that follow from others, however far", () => {
    assert.deepEqual(
      arrows(
        madeUp("a"),
        madeUp("b", { dependsOn: ["a"] }),
        madeUp("c", { dependsOn: ["a", "b"] }),
        madeUp("d", { dependsOn: ["a", "c"] }),
      ),
      ["a > b", "b > c", "c > d"],
    );
  });

  it("draws one arrow where there are two reasons for it", () => {
    assert.deepEqual(arrows(madeUp("a"), madeUp("b", { dependsOn: ["a", "a"], options: { provider: "a" } })), [
      "a > b",
    ]);
  });

  it("draws none from the mesh itself, which comes before everything, and none from what is not there", () => {
    assert.deepEqual(arrows(madeUp("mesh"), madeUp("a", { parent: "mesh", dependsOn: ["elsewhere"] })), []);
  });

  it("keeps enough arrows of a real mesh that its order can be told from them", async () => {
    const { resources, mesh } = await planOfWholeMesh({ mode: "ambient", strategy: "alb", routing: "gateway-api" });
    const drawn = essentialEdges(resources, mesh);
    const fromArrows = orderOf(
      pictured(resources, mesh).map(({ name }) =>
        madeUp(name, { dependsOn: drawn.filter(({ to }) => to === name).map(({ from }) => from) }),
      ),
    );
    const real = orderOf(resources);
    for (const { name } of pictured(resources, mesh)) {
      const expected = [...real.before(name)].filter((other) => other !== mesh);
      assert.deepEqual([...fromArrows.before(name)].sort(), expected.sort(), name);
    }
    const direct = resources.flatMap(({ dependsOn }) => dependsOn);
    assert.ok(drawn.length < direct.length, `${drawn.length} of ${direct.length} arrows`);
  });
});

describe("pictured", () => {
  it("is everything but the mesh", () => {
    const nodes = inWaves([madeUp("mesh"), madeUp("a")]);
    assert.deepEqual(
      pictured(nodes, "mesh").map(({ name }) => name),
      ["a"],
    );
  });
});
