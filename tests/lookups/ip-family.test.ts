import assert from "node:assert/strict";
import { checkIpFamily } from "../../components/lookups/ip-family";
import { withIngress } from "../support/args";
import { recordMesh } from "../support/recorded";

describe("checkIpFamily", () => {
  const check =
    (found: string | undefined, declared: string, ...ipv4Only: readonly string[]) =>
    () => {
      checkIpFamily(found, { declared, ipv4Only, parent: undefined });
    };

  it("stops a mesh that declares IPv6 on an IPv4 cluster", () => {
    assert.throws(check("ipv4", "ipv6"), /have IPv4 addresses\. Remove cluster\.ipFamily\.$/);
  });

  it("stops an IPv4-only load balancer before an IPv6 cluster, which the controller would never build", () => {
    assert.throws(
      check("ipv6", "ipv4", "istio-ingress", "inner"),
      /: istio-ingress, inner\. Write cluster\.ipFamily: "ipv6"\.$/,
    );
  });

  it("passes where EKS reports what the arguments hold, or nothing", () => {
    check("ipv6", "ipv6")();
    check("ipv4", "ipv4", "istio-ingress")();
    check(undefined, "ipv6")();
  });
});

describe("An IstioMesh on an IPv6 cluster", () => {
  const facts = { ipFamily: "ipv6" };

  it("warns of a missing ipFamily where the load balancers fit the cluster all the same", async () => {
    const { warnings } = await recordMesh(withIngress({ strategy: "alb", ipAddressType: "dualstack" }), { facts });
    assert.match(warnings.join(), /cluster\.ipFamily: EKS reports ipv6/);
  });

  it("has load balancers with addresses of both families", async () => {
    for (const strategy of ["nlb", "alb"] as const) {
      const args = withIngress({ strategy }, { cluster: { name: "prod", ipFamily: "ipv6" } });
      const { input, warnings } = await recordMesh(args, { facts });
      const carrier = strategy === "nlb" ? "mesh-service-istio-ingress" : "mesh-ingress-istio-ingress";
      assert.match(JSON.stringify(input(carrier, "metadata.annotations")), /ip-address-type":"dualstack"/);
      assert.ok(!warnings.some((line) => line.includes("cluster.ipFamily")));
    }
  });
});
