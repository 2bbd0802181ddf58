import assert from "node:assert/strict";
import { dotText } from "../../../cli/formats/dot";
import { inWaves } from "../../../cli/plan/graph";
import { smallest } from "../../support/args";
import { madeUp, madeUpPlan, planOf } from "../../support/plans";

describe("dotText", () => {
  it("draws boxes with names and kinds, arrows in the order of making, thick what the whole waits for", async () => {
    assert.equal(
      dotText(await planOf({ ...smallest, istio: { sidecarCni: true } })),
      `digraph "mesh" {
  rankdir=LR;
  node [shape=box, fontname=sans];
  "mesh-kubernetes" [label="kubernetes\\nprovider", penwidth=3];
  "mesh-namespace-istio-system" [label="namespace-istio-system\\nNamespace", penwidth=3];
  "mesh-base" [label="base\\nHelm release", penwidth=3];
  "mesh-cni" [label="cni\\nHelm release"];
  "mesh-istiod" [label="istiod\\nHelm release", penwidth=3];
  "mesh-cleanup" [label="cleanup\\ncommand", penwidth=3];
  "mesh-kubernetes" -> "mesh-namespace-istio-system";
  "mesh-namespace-istio-system" -> "mesh-base";
  "mesh-namespace-istio-system" -> "mesh-cni";
  "mesh-base" -> "mesh-istiod";
  "mesh-istiod" -> "mesh-cleanup";
  "mesh-cni" -> "mesh-cleanup";
}
`,
    );
  });

  it("quotes what Graphviz would take for its own", () => {
    const text = dotText(madeUpPlan(inWaves([madeUp('a "b" \\c')])));
    assert.match(text, /^ {2}"a \\"b\\" \\\\c" \[label="a \\"b\\" \\\\c\\nThing", penwidth=3\];$/m);
  });
});
