import assert from "node:assert/strict";
import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { IstioMesh } from "../components";
import { withIngress } from "./support/args";
import { recordMesh, recordProgram } from "./support/recorded";

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

  it("has the type under which every language of Pulumi knows it", async () => {
    const { find } = await recordMesh(withIngress({}));
    assert.equal(find("mesh").type, "istio-eks:index:IstioMesh");
  });

  it("logs what is worth knowing, and goes on", async () => {
    const { warnings, resources } = await recordMesh(
      withIngress({ tls: { secretName: "tls" } }, { istio: { version: "1.28.10" } }),
    );
    assert.deepEqual(warnings, [
      'istio.version: Istio no longer supports 1.28 (since 2026-07-01); move to "1.30.8" or "1.31.4".',
    ]);
    assert.ok(resources.some(({ name }) => name === "mesh-istiod"));
  });

  it("refuses wrong arguments with one error that Pulumi prints without a stack, before anything is registered", async () => {
    let thrown: unknown;
    const { resources, lookups } = await recordProgram(() => {
      try {
        new IstioMesh("mesh", withIngress({ allowedCidrs: ["10.0.0.1/8"] }, { mode: "ambiant" as "ambient" }));
      } catch (error) {
        thrown = error;
      }
    });
    assert.ok(pulumi.RunError.isInstance(thrown), inspect(thrown));
    assert.equal(
      thrown.message,
      `2 problems in the arguments of the mesh "mesh"; nothing was made.

  mode
    given    "ambiant"
    allowed  one of "sidecar", "ambient"
    to do    did you mean "ambient"?

  ingress.allowedCidrs[0]
    given    "10.0.0.1/8"
    allowed  a range in CIDR form, such as 10.0.0.0/16 or 2001:db8::/32
    to do    AWS would read it as another range; write "10.0.0.0/8"`,
    );
    assert.deepEqual([resources, lookups], [[], []]);
  });

  it("names the mesh that is wrong, where a program makes several", async () => {
    await recordProgram(() => {
      assert.throws(
        () => new IstioMesh("second", { mode: "sidecar", cluster: {} }),
        (error: Error) =>
          error.message.startsWith('1 problem in the arguments of the mesh "second"; nothing was made.'),
      );
    });
  });

  it("makes two meshes in one program without one name meeting another", async () => {
    const { resources } = await recordProgram(() => {
      for (const name of ["blue", "green"]) new IstioMesh(name, withIngress({}));
    });
    const names = resources.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    assert.equal(names.filter((name) => name.startsWith("blue")).length, names.length / 2);
  });
});
