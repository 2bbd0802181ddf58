import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { changesOf } from "../../../cli/against/plan-changes";
import { changesJson, changesText } from "../../../cli/formats/plan-changes";
import { inWaves } from "../../../cli/plan/graph";
import { withIngress } from "../../support/args";
import { madeUp, madeUpPlan, planOf } from "../../support/plans";

const plain = { colours: false };
const changed = () => {
  const old = [
    madeUp("a", { inputs: { gone: 1, list: [{ name: "x" }, { name: "y" }], same: 1, value: "was" } }),
    madeUp("crds", { options: { retainOnDelete: true } }),
    madeUp("removed"),
  ];
  const now = [
    madeUp("a", { inputs: { list: [{ name: "y" }, { name: "x" }], same: 1, value: "is", more: true } }),
    ...["team-1", "team-2", "team-3"].map((name) => madeUp(name)),
  ];
  return changesOf(madeUpPlan(inWaves(old)), madeUpPlan(inWaves(now), { warnings: ["look"] }));
};

describe("changesText", () => {
  it("reports each change with what was and what is, and folds what is alike", () => {
    assert.equal(
      changesText(changed(), plain),
      `3 created, 1 updated, 0 replaced, 1 deleted, 0 unchanged.
+ team-…  3 × Thing: undefined … undefined
~ a  Thing
    gone: removed 1
    list: in another order
    value: "was" → "is"
    more: added true
- removed  Thing: undefined
  crds  Thing: undefined (stays in the cluster)
warning look
`,
    );
    assert.match(changesText(changed(), { ...plain, all: true }), /\n\+ team-2 {2}Thing/);
  });

  it("puts load balancers first, and says of one that is replaced what clients notice", async () => {
    const [was, is] = [
      await planOf(withIngress({ scheme: "internal" })),
      await planOf(withIngress({ scheme: "internet-facing" })),
    ];
    const text = changesText(changesOf(was, is), plain);
    assert.match(
      text,
      /unchanged\.\n! load balancer of mesh-service-istio-ingress: REPLACED by another metadata\.annotations\.\S+-scheme\. It has no address in between, and a new DNS name after it\.\n/,
    );
    assert.match(
      text,
      /\n± mesh-service-istio-ingress {2}Service, replaced by another metadata\.annotations\.\S+-scheme\n/,
    );
    const more = await planOf(withIngress({ scheme: "internal", nlb: { crossZone: false } }));
    assert.match(changesText(changesOf(was, more), plain), /\n {2}load balancer of \S+: updated in place\n/);
    const other = changesText(changesOf(await planOf({ mode: "sidecar", cluster: { name: "prod" } }), was), plain);
    assert.match(other, /\n {2}load balancer of mesh-service-istio-ingress: created\n/);
  });

  it("wraps at the width, and paints only where it is asked to", async () => {
    const [was, is] = [await planOf(withIngress({ scheme: "internal" })), await planOf(withIngress({}))];
    const changes = changesOf(was, is);
    const painted = changesText(changed(), { colours: true });
    assert.notEqual(painted, changesText(changed(), plain));
    assert.equal(stripVTControlCharacters(painted), changesText(changed(), plain));
    const lines = changesText(changes, { ...plain, width: 60 }).split("\n");
    assert.deepEqual(
      lines.filter((line) => line.length > 60 && line.trim().includes(" ")),
      [],
    );
    assert.match(changesText(changed(), { ...plain, width: 14 }), /\n\+ team-… {2}3 ×\n {2}Thing:/);
  });
});

describe("changesJson", () => {
  it("has names, types, paths and values", () => {
    assert.deepEqual(JSON.parse(changesJson(changed())), {
      created: ["team-1", "team-2", "team-3"].map((name) => ({ name, type: "test:index:Thing" })),
      updated: [
        {
          ...{ name: "a", type: "test:index:Thing", because: [] },
          changes: [
            { path: "gone", was: 1, is: null },
            {
              path: "list",
              was: [{ name: "x" }, { name: "y" }],
              is: [{ name: "y" }, { name: "x" }],
            },
            { path: "value", was: "was", is: "is" },
            { path: "more", was: null, is: true },
          ],
        },
      ],
      replaced: [],
      deleted: [{ name: "removed", type: "test:index:Thing" }],
      kept: [{ name: "crds", type: "test:index:Thing" }],
      ...{ unchanged: 0, loadBalancers: [], warnings: ["look"] },
    });
  });
});
