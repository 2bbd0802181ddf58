import assert from "node:assert/strict";
import { settled } from "../cli/recording";
import { withIngress } from "./support/args";
import { recordMesh } from "./support/recorded";

describe("IstioMesh", () => {
  it("hands the load balancer its security group by the annotation's value", async () => {
    const { input, find } = await recordMesh(withIngress({}));
    const annotations = input("mesh-service-istio-ingress", "metadata.annotations") as Record<string, string>;
    assert.equal(
      annotations["service.beta.kubernetes.io/aws-load-balancer-security-groups"],
      "<mesh-security-group-istio-ingress.id>",
    );
    assert.ok(find("mesh-service-istio-ingress").dependsOn.includes("mesh-security-group-istio-ingress"));
  });

  it("tells the load balancer's address", async () => {
    const { mesh } = await recordMesh(withIngress({ hostnames: ["app.example.com"] }));
    assert.equal(await settled(mesh.url), "http://app.example.com");
  });
});
