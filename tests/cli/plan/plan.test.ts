import assert from "node:assert/strict";
import { ArgumentsError } from "../../../cli/plan/plan";
import { smallest, wholeMesh, withIngress } from "../../support/args";
import { planOf } from "../../support/plans";
import { recordWholeMesh } from "../../support/recorded";

describe("planMesh", () => {
  it("makes the same resources as the component does in `pulumi up`", async () => {
    const combination = { mode: "ambient", strategy: "nlb", routing: "gateway-api" } as const;
    const plan = await planOf(wholeMesh(combination));
    const { resources } = await recordWholeMesh(combination);
    const outline = (all: readonly { readonly name: string; readonly type: string; readonly inputs: unknown }[]) =>
      all.map(({ name, type, inputs }) => ({ name, type, inputs })).sort((a, b) => a.name.localeCompare(b.name));
    assert.deepEqual(outline(plan.resources), outline(resources));
  });

  it("lists what is made side by side in the order in which the program says it", async () => {
    const { resources } = await planOf({
      ...smallest,
      additionalIngresses: { b: { strategy: "nlb" }, a: { strategy: "nlb" }, c: { strategy: "nlb" } },
    });
    const groups = resources.map(({ name }) => name).filter((name) => name.startsWith("mesh-security-group"));
    assert.deepEqual(groups, ["mesh-security-group-b", "mesh-security-group-a", "mesh-security-group-c"]);
  });

  it("uses what is known of the real account", async () => {
    const { resources } = await planOf(withIngress({}), { vpcId: "vpc-0123456789abcdef0" });
    const group = resources.find(({ name }) => name === "mesh-security-group-istio-ingress");
    assert.equal((group?.inputs as { readonly vpcId: unknown }).vpcId, "vpc-0123456789abcdef0");
  });

  it("refuses wrong arguments with every problem", async () => {
    await assert.rejects(planOf({ mode: "ambiant", cluster: { nmae: "prod" } }), (error) => {
      assert.ok(error instanceof ArgumentsError);
      assert.match(error.message, /^2 problems in the arguments of the mesh "mesh"; nothing was made\./);
      return true;
    });
  });

  it("tells warnings, and only the outputs that there are", async () => {
    const { warnings, outputs } = await planOf({ ...smallest, istio: { version: "1.28.10" } });
    assert.deepEqual(warnings, [
      'istio.version: Istio no longer supports 1.28 (since 2026-07-01); move to "1.30.8" or "1.31.4".',
    ]);
    assert.deepEqual(Object.keys(outputs), ["ingresses", "namespace", "version", "revision", "enrolmentLabels"]);
  });
});
