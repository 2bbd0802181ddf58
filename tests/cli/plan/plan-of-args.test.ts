import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as istioEks from "../../../api";
import type { IstioMeshArgs } from "../../../api";
import { runPlan } from "../../../cli/plan/plan-command";
import { makeEksCluster } from "../../support/eks-cluster";
import { memberAt } from "../../support/recorded";
import { inFolder, writeStack } from "../../support/plans";
import { withoutStacks } from "../../support/quick";

const planOf: typeof istioEks.planOf = (...given) => withoutStacks(() => istioEks.planOf(...given));

const args: IstioMeshArgs = {
  mode: "ambient",
  cluster: { name: "production" },
  ingress: {
    strategy: "nlb",
    scheme: "internet-facing",
    hostnames: ["shop.example.com"],
    dns: { zoneName: "example.com" },
    tls: { requestCertificate: true },
  },
  namespaces: { shop: {} },
};

const inputsOf = async (planned: ReturnType<typeof planOf>, name: string) =>
  (await planned).resources.find((resource) => resource.name === name)?.inputs;

interface Metadata {
  readonly annotations: Readonly<Record<string, string>>;
}

describe("planOf", () => {
  it("is what the plan command prints as JSON of the same arguments", async () => {
    const json = await inFolder((folder) =>
      runPlan({
        ...{ config: writeStack(folder, args, { "aws:region": "eu-west-1" }), format: "json", destroy: false },
        ...{ output: undefined, facts: undefined, colours: false },
      }),
    );
    assert.deepEqual(await planOf(args, { facts: { region: "eu-west-1" } }), JSON.parse(json));
  });

  it("shows an Output as unknown, with what is made from it, and keeps the placeholders of resources", async () => {
    const planned = planOf({
      ...args,
      tags: { Team: pulumi.output("shop"), Stage: "test" },
      cluster: { name: "production", vpcId: Promise.resolve("vpc-0123456789abcdef0") },
    });
    const group = await inputsOf(planned, "mesh-security-group-istio-ingress");
    assert.equal(memberAt(group, "vpcId"), "[unknown]");
    assert.deepEqual(memberAt(group, "tags"), { Name: "istio-ingress", Team: "[unknown]", Stage: "test" });
    const { outputs } = await planned;
    assert.equal(outputs["hostname"], "<mesh-service-istio-ingress.status.loadBalancer.ingress[0].hostname>");
  });

  it("plans a cluster of the same unit test, which has the values of its mocks", async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({
        id: name,
        state: { ...inputs, eksCluster: { name: "mocked", vpcConfig: {} } },
      }),
      call: ({ inputs }) => inputs,
    });
    const planned = planOf({
      mode: "ambient",
      cluster: { eksCluster: makeEksCluster() },
      ingress: { strategy: "alb" },
    });
    const { annotations } = memberAt(await inputsOf(planned, "mesh-ingress-istio-ingress"), "metadata") as Metadata;
    assert.equal(annotations["alb.ingress.kubernetes.io/load-balancer-name"], "mocked-istio-ingress");
  });

  it("names resources after the component of the program", async () => {
    const { resources } = await planOf(args, { name: "istio" });
    assert.deepEqual(
      resources.filter(({ name }) => !/^istio(-|$)/.test(name)),
      [],
    );
  });

  it("plans several meshes, one after another", async () => {
    const plans = await Promise.all(["a", "b"].map((name) => planOf(args, { name })));
    assert.deepEqual(
      plans.map(({ resources }) => resources[0]?.name),
      ["a", "b"],
    );
  });

  it("rejects wrong arguments and facts with every problem, and plans the next", async () => {
    await assert.rejects(planOf({ ...args, mode: "ambiant" as "ambient" }), /mode[\s\S]*did you mean "ambient"/);
    const facts = { vpcId: "vpc", region: "frankfurt" };
    await assert.rejects(planOf(args, { facts }), /^Error: 2 problems in the facts of planOf/);
    assert.ok((await planOf(args)).resources.length > 10);
  });

  it("rejects in a program that Pulumi's engine runs, whose runtime it would replace", async () => {
    pulumi.runtime.resetOptions("project", "stack", 16, "127.0.0.1:1", "", false, "");
    try {
      await assert.rejects(planOf(args), /planOf cannot run in a program that pulumi runs[\s\S]*pulumi preview/);
    } finally {
      // With one at a time, programs of later tests that nest components would wait forever.
      pulumi.runtime.resetOptions("project", "stack", 16, "", "", false, "");
    }
  });
});
