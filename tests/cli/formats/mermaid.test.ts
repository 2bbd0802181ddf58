import assert from "node:assert/strict";
import { mermaidText } from "../../../cli/formats/mermaid";
import { inWaves } from "../../../cli/plan/graph";
import { smallest } from "../../support/args";
import { madeUp, madeUpPlan, planOf } from "../../support/plans";

describe("mermaidText", () => {
  it("is a flowchart of what is made, thick what the whole waits for", async () => {
    assert.equal(
      mermaidText(await planOf({ ...smallest, istio: { sidecarCni: true } })),
      `flowchart LR
  n0["kubernetes<br/>provider"]
  n1["namespace-istio-system<br/>Namespace"]
  n2["base<br/>Helm release"]
  n3["cni<br/>Helm release"]
  n4["istiod<br/>Helm release"]
  n5["cleanup<br/>command"]
  n0 --> n1
  n1 --> n2
  n1 --> n3
  n2 --> n4
  n4 --> n5
  n3 --> n5
  classDef slow stroke-width:3px
  class n0,n1,n2,n4,n5 slow
`,
    );
  });

  it("escapes what Mermaid would take for its own, such as the star of a wildcard", () => {
    const text = mermaidText(madeUpPlan(inWaves([madeUp('*.a "b" <c>')])));
    assert.match(text, /^ {2}n0\["#42;\.a #quot;b#quot; #lt;c><br\/>Thing"\]$/m);
  });
});
