import assert from "node:assert/strict";
import { peeringMermaid } from "../../../cli/peering/peering-mermaid";
import { clusterFile, plannedPeering } from "../../support/peerings";

describe("peeringMermaid", () => {
  it("has a lane for each cluster, and lines for requests and for what istiod reads in both directions", async () => {
    const plan = await plannedPeering({ east: clusterFile("east"), west: clusterFile("west") });
    const lines = peeringMermaid(plan).split("\n");
    assert.equal(lines[0], "flowchart LR");
    assert.equal(lines[1], '  subgraph c0["east: production-east<br/>mode sidecar, network production-east"]');
    assert.ok(lines.includes("    c0b --> c0g --> c0p"));
    const balancer = lines.find((line) => line.startsWith("    c1b["));
    assert.equal(balancer, '    c1b["NLB<br/>internal<br/>listens on 15443"]');
    assert.deepEqual(lines.slice(-5, -1), [
      '  c0p -- "from 10.0.0.0/16" --> c1b',
      '  c0i -. "reads by Secret istio-system/istio-remote-secret-production-west" .-> c1a',
      '  c1p -- "from 10.0.0.0/16" --> c0b',
      '  c1i -. "reads by Secret istio-system/istio-remote-secret-production-east" .-> c0a',
    ]);
  });

  it("leads to the pods themselves on one network, with the ranges of the rules if there are any", async () => {
    const flat = { eastWest: undefined, network: "vpc" };
    const flatNetwork = { allowedCidrs: ["10.0.0.0/16"] };
    const plan = await plannedPeering({
      east: clusterFile("east", { ...flat, flatNetwork }),
      west: clusterFile("west", flat),
    });
    const text = peeringMermaid(plan);
    assert.match(text, /c0p -- "directly" --> c1p/);
    assert.match(text, /c1p -- "from 10\.0\.0\.0\/16" --> c0p/);
  });
});
