import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import {
  findContradictions,
  isTree,
  mergeLayers,
} from "../../../../components/control-plane/charts/values/chart-values";
import type { Tree } from "../../../../components/plan/input-value";

/** Trees as they stand in a stack file; few keys, so that layers meet. */
const { tree } = fc.letrec<{ tree: Tree; value: unknown }>((tie) => ({
  tree: fc.dictionary(fc.constantFrom("global", "hub", "resources", "env", "__proto__"), tie("value"), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>("a", 1, true, null, []),
    fc.array(fc.integer(), { maxLength: 2 }),
    tie("tree"),
  ),
}));

/** Every path that leads to something else than a block with members, with what is there. */
function ends(value: unknown, path: readonly string[] = []): readonly (readonly [readonly string[], unknown])[] {
  if (!isTree(value) || Object.keys(value).length === 0) return [[path, value]];
  return Object.entries(value).flatMap(([key, member]) => ends(member, [...path, key]));
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (isTree(found) && Object.hasOwn(found, key) ? found[key] : undefined),
    value,
  );
}

describe("isTree", () => {
  it("takes plain blocks for trees, and lists, texts and nothing not", () => {
    assert.equal(isTree({}), true);
    for (const value of [[], "a", null, undefined, 1]) assert.equal(isTree(value), false);
  });

  it("takes an Output whole: its members are not those of a block", () => {
    assert.equal(isTree(pulumi.output({ cpu: "1" })), false);
  });
});

describe("mergeLayers", () => {
  it("merges blocks member by member, as Helm does", () => {
    assert.deepEqual(mergeLayers({ global: { hub: "a", tag: "b" } }, { global: { hub: "c" } }), {
      global: { hub: "c", tag: "b" },
    });
  });

  it("replaces a list as a whole, as Helm does", () => {
    assert.deepEqual(mergeLayers({ tolerations: [1, 2] }, { tolerations: [3] }), { tolerations: [3] });
  });

  it("lets a later layer put a value in place of a block, and a block in place of a value", () => {
    assert.deepEqual(mergeLayers({ pdb: { minAvailable: 1 } }, { pdb: null }), { pdb: null });
    assert.deepEqual(mergeLayers({ pdb: null }, { pdb: { minAvailable: 1 } }), { pdb: { minAvailable: 1 } });
  });

  it("does not take an unset member of a TypeScript program for a wish", () => {
    assert.deepEqual(mergeLayers({ autoscaleMin: 2 }, { autoscaleMin: undefined }), { autoscaleMin: 2 });
  });

  it("changes no layer", () => {
    const lower = { global: { hub: "a" } };
    mergeLayers(lower, { global: { hub: "b" } });
    assert.deepEqual(lower, { global: { hub: "a" } });
  });

  it("lets the user win over our defaults, and never loses what is required", () => {
    fc.assert(
      fc.property(tree, tree, tree, (defaults, user, required) => {
        const merged = mergeLayers(defaults, user, required);
        for (const [path, value] of ends(required)) {
          // A block without members asks for nothing.
          if (!isTree(value)) assert.deepEqual(at(merged, path), value);
        }
        for (const [path, value] of ends(user)) {
          const overruled = path.some((_, index) => {
            const there = at(required, path.slice(0, index + 1));
            return there !== undefined && (!isTree(there) || index + 1 === path.length);
          });
          if (!overruled && !isTree(value)) assert.deepEqual(at(merged, path), value);
        }
        for (const [path] of ends(merged)) {
          assert.ok([defaults, user, required].some((layer) => at(layer, path) !== undefined || path.length === 0));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("findContradictions", () => {
  it("finds where the user says something else, at its path below the chart", () => {
    const user = { global: { istioNamespace: "mesh" }, profile: "demo", pilot: {} };
    assert.deepEqual(findContradictions(user, { global: { istioNamespace: "istio-system" }, profile: "ambient" }), [
      { path: "global.istioNamespace", given: "mesh", required: "istio-system" },
      { path: "profile", given: "demo", required: "ambient" },
    ]);
  });

  it("has nothing against the user saying the same, in whatever order of members", () => {
    assert.deepEqual(findContradictions({ profile: "ambient" }, { profile: "ambient" }), []);
    assert.deepEqual(findContradictions({ a: [{ x: 1, y: 2 }] }, { a: [{ y: 2, x: 1 }] }), []);
  });

  it("has nothing against members that nobody requires, or that are unset", () => {
    assert.deepEqual(findContradictions({ env: {}, profile: undefined }, { profile: "ambient" }), []);
    assert.deepEqual(findContradictions(undefined, { profile: "ambient" }), []);
  });

  it("finds a value in place of a required block, and anything where nothing may be", () => {
    assert.deepEqual(findContradictions({ service: null }, { service: { type: "None" } }), [
      { path: "service", given: null, required: { type: "None" } },
    ]);
    assert.deepEqual(findContradictions({ revision: "" }, { revision: undefined }), [
      { path: "revision", given: "", required: undefined },
    ]);
  });

  it("quotes a key that has dots of its own, such as a label's", () => {
    const [found] = findContradictions({ labels: { "a.b/c": "x" } }, { labels: { "a.b/c": "y" } });
    assert.equal(found?.path, 'labels["a.b/c"]');
  });

  it("takes no member that every JavaScript object has for one that the user wrote", () => {
    assert.deepEqual(findContradictions({}, { constructor: "x" }), []);
  });

  it("takes an Output, whose text nobody knows yet, for something else, and does not fail on a circle", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    assert.equal(findContradictions({ profile: pulumi.output("ambient") }, { profile: "ambient" }).length, 1);
    assert.equal(findContradictions({ profile: circle }, { profile: "ambient" }).length, 1);
  });
});
