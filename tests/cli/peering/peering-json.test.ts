import assert from "node:assert/strict";
import { peeringJson } from "../../../cli/peering/peering-json";
import { clusterFile, plannedPeering } from "../../support/peerings";

describe("peeringJson", () => {
  it("says of clusters on one network who reaches their pods, and that they have no east-west load balancer", async () => {
    const flat = { eastWest: undefined, network: "vpc", flatNetwork: { allowedCidrs: ["10.0.0.0/16"] } };
    const plan = await plannedPeering({ east: clusterFile("east", flat), west: clusterFile("west", flat) });
    const { clusters } = JSON.parse(peeringJson(plan)) as {
      readonly clusters: readonly { readonly eastWest: unknown; readonly direct: unknown; readonly network: string }[];
    };
    assert.deepEqual(
      clusters.map(({ eastWest, direct, network }) => [eastWest, direct, network]),
      [
        [null, ["10.0.0.0/16"], "vpc"],
        [null, ["10.0.0.0/16"], "vpc"],
      ],
    );
  });
});
