import assert from "node:assert/strict";
import { allowedPeerShape } from "../../../components/inputs/kubernetes/allowed-peer-args";
import { checkShape } from "../../../components/inputs/shape";

const places = (args: unknown) => checkShape(allowedPeerShape, args).problems.map(({ path }) => path);

describe("allowedPeerShape", () => {
  it("takes all that can be said of a peer", () => {
    const podLabels = { app: "job" };
    assert.deepEqual(places({ direction: "egress", cidr: "10.0.0.0/8", ports: [1], protocol: "UDP" }), []);
    assert.deepEqual(places({ direction: "ingress", namespace: "legacy", podLabels }), []);
  });

  it("wants a direction", () => assert.deepEqual(places({ cidr: "10.0.0.0/8" }), ["direction"]));

  it("refuses names, labels, ranges, ports and protocols that there are not", () => {
    const wrong = {
      direction: "in",
      namespace: "My",
      podLabels: { a: "b c" },
      cidr: "10/8",
      ports: [0],
      protocol: "tcp",
    };
    assert.deepEqual(places(wrong), ["direction", "namespace", "podLabels.a", "cidr", "ports[0]", "protocol"]);
  });
});
