import assert from "node:assert/strict";
import fc from "fast-check";
import { validLoadBalancerName } from "../../../components/inputs/aws/load-balancer-name";
import { loadBalancerName } from "../../../components/inputs/text";

describe("validLoadBalancerName", () => {
  it("leaves a valid name as it is: another name would be another load balancer", () => {
    for (const name of ["prod-istio-ingress", "a", "n".repeat(32)]) assert.equal(validLoadBalancerName(name), name);
  });

  it("cuts every name that @pulumi/eks makes for a cluster, the same way every time", () => {
    const name = "cluster-eksCluster-1a2b3c4-istio-ingress";
    assert.equal(validLoadBalancerName(name), "cluster-eksCluster-1a2b3-ad58077");
    assert.notEqual(validLoadBalancerName(name), validLoadBalancerName(`${name}-2`));
  });

  it("fixes characters and beginnings that Elastic Load Balancing refuses", () => {
    for (const name of [
      "my_cluster-shop",
      "internal-tools-shop",
      "internal-internal-shop",
      "-shop",
      "shop-",
      "internal-",
    ])
      assert.equal(loadBalancerName.check(validLoadBalancerName(name)), undefined, validLoadBalancerName(name));
  });

  it("makes a valid name of every cluster and every ingress", () => {
    const cluster = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/);
    const ingress = fc.stringMatching(/^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/);
    fc.assert(
      fc.property(cluster, ingress, (of, name) => {
        assert.equal(loadBalancerName.check(validLoadBalancerName(`${of}-${name}`)), undefined);
      }),
    );
  });
});
