import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { jsonText } from "../../../cli/formats/json";
import { combinations, wholeMesh, withIngress } from "../../support/args";
import type { Plan } from "../../../cli/plan/plan";
import { planOf, planOfWholeMesh } from "../../support/plans";

interface PlanJson {
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

const planned = (plan: Plan) => JSON.parse(jsonText(plan)) as PlanJson;
const jsonOf = async (args: unknown) => planned(await planOf(args));
const named = ({ resources }: PlanJson, name: string) => resources.find((resource) => resource["name"] === name);

describe("jsonText", () => {
  it("has exactly the members that programs rely on", async () => {
    const plan = await jsonOf(withIngress({}));
    assert.deepEqual(Object.keys(plan), ["resources", "outputs", "warnings"]);
    for (const resource of plan.resources) {
      assert.deepEqual(Object.keys(resource), ["name", "type", "parent", "dependsOn", "inputs", "options"]);
    }
  });

  for (const combination of combinations) {
    const { mode, strategy, routing } = combination;
    it(`lists each resource after all that it needs (${mode}, ${strategy}, ${routing})`, async () => {
      const { resources } = planned(await planOfWholeMesh(combination));
      const seen = new Set<unknown>([null]);
      for (const { name, parent, dependsOn, options } of resources) {
        const provider = (options as Record<string, unknown>)["provider"];
        const needed = [parent, ...(dependsOn as string[]), ...(provider === undefined ? [] : [provider])];
        assert.deepEqual(
          needed.filter((other) => !seen.has(other)),
          [],
          String(name),
        );
        seen.add(name);
      }
    });
  }

  it("shows dependencies by name, those through inputs as well", async () => {
    const plan = await jsonOf(withIngress({}));
    assert.deepEqual(named(plan, "mesh-rule-istio-ingress/http-from-vpc")?.["dependsOn"], [
      "mesh-security-group-istio-ingress",
    ]);
  });

  it("shows a secret as [secret], and what is known only when it is made as <name.property>", async () => {
    const plan = await jsonOf(withIngress({}, { tags: { owner: pulumi.secret("hush") } }));
    const provider = named(plan, "mesh-kubernetes")?.["inputs"] as Record<string, unknown>;
    assert.equal(provider["kubeconfig"], "[secret]");
    assert.ok(!JSON.stringify(plan).includes("hush"));
    const rule = named(plan, "mesh-rule-istio-ingress/http-from-vpc")?.["inputs"] as Record<string, unknown>;
    assert.equal(rule["securityGroupId"], "<mesh-security-group-istio-ingress.id>");
  });

  it("has options only where they are set", async () => {
    const plan = await jsonOf(withIngress({}));
    assert.deepEqual(named(plan, "mesh-base")?.["options"], { provider: "mesh-kubernetes", deleteBeforeReplace: true });
    assert.deepEqual(named(plan, "mesh")?.["options"], {});
  });

  it("has the outputs and warnings of the mesh", async () => {
    const { outputs, warnings } = await jsonOf(withIngress({ hostnames: ["app.example.com"] }));
    assert.equal(outputs["url"], "http://app.example.com");
    assert.deepEqual(Object.keys(outputs).sort(), [
      ...["enrolmentLabels", "hostname", "ingressNamespace", "ingresses", "namespace", "revision", "url", "version"],
    ]);
    assert.equal(warnings.length, 1);
  });

  it("is the same text for the same arguments", async () => {
    const args = wholeMesh({ mode: "ambient", strategy: "alb", routing: "gateway-api" });
    assert.equal(jsonText(await planOf(args)), jsonText(await planOf(args)));
  });
});
