import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { settled } from "../../cli/plan/recording";
import { validLoadBalancerName } from "../../components/inputs/aws/load-balancer-name";
import { textOf } from "../../components/resources/interpolation";

describe("textOf", () => {
  it("keeps what is known a plain text, so that previews show it", () => {
    assert.equal(textOf("plain"), "plain");
    assert.equal(textOf({ concat: ["a", ",", "b"] }), "a,b");
    assert.equal(textOf({ concat: [] }), "");
  });

  it("carries a value that is known later as it is", () => {
    const later = pulumi.output("later");
    assert.equal(textOf(later), later);
  });

  it("puts known and late parts together in their order", async () => {
    assert.equal(await settled(textOf({ concat: ["https://", pulumi.output("host"), "/"] })), "https://host/");
  });

  it("cuts what becomes the name of a load balancer, known or late, and leaves a valid name as it is", async () => {
    const named = (cluster: pulumi.Input<string>) =>
      settled(textOf({ concat: [cluster, "-istio-ingress"], shorten: validLoadBalancerName }));
    assert.equal(await named("prod"), "prod-istio-ingress");
    assert.equal(await named(pulumi.output("prod")), "prod-istio-ingress");
    const cut = "shop-eksCluster-1a2b3c4d-9311464";
    assert.equal(await named("shop-eksCluster-1a2b3c4d5"), cut);
    assert.equal(await named(pulumi.output("shop-eksCluster-1a2b3c4d5")), cut);
  });

  it("keeps the whole secret where a part is", async () => {
    assert.equal(await settled(textOf({ concat: ["owner=", pulumi.secret("hush")] })), "[secret]");
  });
});
