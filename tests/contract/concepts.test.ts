import assert from "node:assert/strict";
import { conceptMesh, currentConcepts, readConcepts } from "../support/concepts";
import { flowPicture, ruleTable } from "../support/flow";
import { planOf } from "../support/plans";

const flowOf = async (mode: string, strategy: string, more: object = {}) => {
  const mesh = conceptMesh(mode, strategy);
  return planOf({ ...mesh, ingress: { ...mesh.ingress, ...more } });
};

describe("docs/concepts.md", () => {
  it("shows what the plans of its mesh make today", async () => {
    assert.equal(readConcepts(), await currentConcepts(), "run `npm run golden`");
  });
});

describe("flowPicture", () => {
  it("leads from the NLB to the pods, and from the ALB to a node first", async () => {
    assert.match(flowPicture(await flowOf("sidecar", "nlb")), /balancer -->\|"80, 443"\| gateway/);
    const alb = flowPicture(await flowOf("sidecar", "alb"));
    assert.match(alb, /balancer -->\|"the node port"\| node\n {2}node -->\|"80"\| gateway/);
    assert.doesNotMatch(alb, /balancer -->\|[^|]*\| gateway/);
  });

  it("leads to an NLB's node ports where its targets are the nodes", async () => {
    const text = flowPicture(await flowOf("sidecar", "nlb", { nlb: { targetType: "instance" } }));
    assert.match(text, /balancer -.->\|"health check: HTTP \/healthz\/ready on node port of 15021"\| node/);
  });

  it("reports where TLS ends, only if it ends at the load balancer", async () => {
    assert.match(flowPicture(await flowOf("ambient", "nlb")), /the client's TLS ends here/);
    const passed = await flowOf("sidecar", "nlb", { tls: { secretName: "shop-tls" } });
    assert.doesNotMatch(flowPicture(passed), /TLS ends here/);
    assert.match(flowPicture(passed), /listens for HTTP on 80 and HTTPS on 443/);
  });

  it("reports what is on the wire behind the gateway", async () => {
    assert.match(
      flowPicture(await flowOf("sidecar", "nlb")),
      /gateway -->\|"mTLS on the application's own port"\| pod/,
    );
    assert.match(flowPicture(await flowOf("ambient", "nlb")), /gateway -->\|"mTLS on 15008 \(HBONE\)"\| pod/);
  });

  it("refuses a plan that lacks what it draws", async () => {
    const plan = await planOf({ mode: "sidecar", cluster: { name: "prod" } });
    assert.throws(() => flowPicture(plan), /the plan makes no \w+, of which the picture tells/);
  });
});

describe("ruleTable", () => {
  it("reports who may reach whom, each way once", async () => {
    const rows = ruleTable(await flowOf("sidecar", "nlb", { allowedCidrs: ["203.0.113.0/24"] })).split("\n");
    assert.deepEqual(rows.slice(2, -1), [
      "| 203.0.113.0/24 | 80 | load balancer |",
      "| 203.0.113.0/24 | 443 | load balancer |",
      "| load balancer | 80 | nodes |",
      "| load balancer | 443 | nodes |",
      "| load balancer | 15021 | nodes |",
    ]);
  });
});
