import assert from "node:assert/strict";
import { essentialArrows, pictureOf } from "../../../cli/formats/boxes";
import { criticalPath, inWaves } from "../../../cli/plan/graph";
import { orderOf } from "../../support/order";
import { madeUp, planOfWholeMesh } from "../../support/plans";

const arrows = (...resources: readonly ReturnType<typeof madeUp>[]) =>
  essentialArrows(inWaves(resources)).map(({ from, to }) => `${from} > ${to}`);
const pictured = (...resources: readonly ReturnType<typeof madeUp>[]) =>
  pictureOf({ resources: inWaves(resources), mesh: "mesh" });
const whole = () => planOfWholeMesh({ mode: "ambient", strategy: "alb", routing: "gateway-api" });

describe("essentialArrows", () => {
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

  it("draws none from what is not there", () => {
    assert.deepEqual(arrows(madeUp("a", { parent: "mesh", dependsOn: ["elsewhere"] })), []);
  });
});

describe("pictureOf", () => {
  it("is everything but the mesh itself, which comes before everything; its name in front of others says nothing", () => {
    const { boxes, arrows: drawn } = pictured(madeUp("mesh"), madeUp("mesh-a", { parent: "mesh" }), madeUp("other"));
    assert.deepEqual(
      boxes.map(({ id, label }) => [id, label]),
      [
        ["other", "other"],
        ["mesh-a", "a"],
      ],
    );
    assert.deepEqual(drawn, []);
  });

  it("puts those that are alike into one box: rules of a security group would fill the picture", () => {
    const rules = ["http", "https", "status"].map((name) => madeUp(`mesh-rule-${name}`, { dependsOn: ["mesh-group"] }));
    const service = madeUp("mesh-service", { dependsOn: rules.map(({ name }) => name) });
    const { boxes, arrows: drawn } = pictured(madeUp("mesh-group"), ...rules, service);
    assert.deepEqual(
      boxes.map(({ label, kind, nodes }) => [label, kind, nodes.length]),
      [
        ["group", "Thing", 1],
        ["rule-…", "3 × Thing", 3],
        ["service", "Thing", 1],
      ],
    );
    assert.deepEqual(drawn, [
      { from: "mesh-group", to: "mesh-rule-http" },
      { from: "mesh-rule-http", to: "mesh-service" },
    ]);
  });

  it("keeps apart what differs in kind, or in what it comes after or before", () => {
    const three = (change: Parameters<typeof madeUp>[1]) =>
      pictured(
        madeUp("x"),
        madeUp("y", { type: "test:index:Elsewhere" }),
        madeUp("a"),
        madeUp("b"),
        madeUp("c", change),
        madeUp("d", { dependsOn: ["y"] }),
      );
    for (const change of [{ type: "test:index:Other" }, { dependsOn: ["x"] }]) {
      assert.ok(
        three(change).boxes.every(({ nodes }) => nodes.length === 1 || !nodes.some(({ name }) => name === "c")),
      );
    }
  });

  it("calls a box slow if the whole waits for any of its resources", async () => {
    const { resources, mesh } = await whole();
    const path = criticalPath(resources).filter((name) => name !== mesh);
    const slow = pictureOf({ resources, mesh }).boxes.filter((box) => box.slow);
    assert.deepEqual(
      path.filter((name) => !slow.some(({ nodes }) => nodes.some((node) => node.name === name))),
      [],
    );
    assert.equal(slow.length, path.length);
  });

  it("keeps enough arrows of a real mesh that its order can be told from them", async () => {
    const { resources, mesh } = await whole();
    const { boxes, arrows: drawn } = pictureOf({ resources, mesh });
    const membersOf = new Map(boxes.map(({ id, nodes }) => [id, nodes.map(({ name }) => name)]));
    const fromArrows = orderOf(
      boxes.flatMap(({ id, nodes }) =>
        nodes.map(({ name }) =>
          madeUp(name, {
            dependsOn: drawn.filter(({ to }) => to === id).flatMap(({ from }) => membersOf.get(from) ?? []),
          }),
        ),
      ),
    );
    const real = orderOf(resources);
    for (const { name } of resources.filter((resource) => resource.name !== mesh)) {
      const expected = [...real.before(name)].filter((other) => other !== mesh);
      assert.deepEqual([...fromArrows.before(name)].sort(), expected.sort(), name);
    }
    const direct = resources.flatMap(({ dependsOn }) => dependsOn);
    assert.ok(drawn.length < direct.length * 0.6, `${drawn.length} of ${direct.length} arrows`);
  });
});
