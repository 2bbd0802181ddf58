import assert from "node:assert/strict";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { getVpcOutput } from "@pulumi/aws/ec2/getVpc";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { readable, record, settled } from "../../../cli/plan/recording";

const answer = () => ({ cidrBlock: "10.0.0.0/16" });
const recorded = (program: () => void, preview = false) => record(program, { answer, preview });

describe("record", () => {
  it("writes down name, type, parent, dependencies, inputs and options of what a program registers", async () => {
    const [parent, child] = await recorded(() => {
      const group = new SecurityGroup("group", { description: "a" });
      new ConfigMap("child", { data: { group: group.id } }, { parent: group, protect: true });
    });
    assert.deepEqual(parent, {
      name: "group",
      type: "aws:ec2/securityGroup:SecurityGroup",
      parent: null,
      dependsOn: [],
      inputs: { description: "a" },
      options: {},
    });
    assert.deepEqual(child, {
      name: "child",
      type: "kubernetes:core/v1:ConfigMap",
      parent: "group",
      // A parent is no dependency besides.
      dependsOn: [],
      inputs: { apiVersion: "v1", kind: "ConfigMap", data: { group: "<group.id>" } },
      options: { protect: true },
    });
  });

  it("tells explicit dependencies and those through inputs alike, each once", async () => {
    const resources = await recorded(() => {
      const [one, other] = [new SecurityGroup("one", {}), new SecurityGroup("other", {})];
      new ConfigMap("both", { data: { one: one.id } }, { dependsOn: [one, other] });
    });
    const both = resources.find(({ name }) => name === "both");
    assert.deepEqual([...(both?.dependsOn ?? [])].sort(), ["one", "other"]);
  });

  it("keeps a name with the signs that stand between the parts of a URN", async () => {
    const resources = await recorded(() => {
      const group = new SecurityGroup("rule/from-::/0", {});
      new ConfigMap("after", {}, { dependsOn: [group] });
    });
    assert.deepEqual(resources.find(({ name }) => name === "after")?.dependsOn, ["rule/from-::/0"]);
  });

  it("reports every option that says how something is replaced, removed or found again", async () => {
    const resources = await recorded(() => {
      const kubernetes = new Provider("cluster", { kubeconfig: "k" });
      const group = new SecurityGroup("group", {});
      new ConfigMap(
        "all",
        {},
        {
          provider: kubernetes,
          deleteBeforeReplace: true,
          retainOnDelete: true,
          deletedWith: group,
          ignoreChanges: ["data"],
          additionalSecretOutputs: ["data"],
          replaceOnChanges: ["spec.a"],
          customTimeouts: { create: "1m", update: "2m", delete: "3m" },
          aliases: [{ name: "before" }],
        },
      );
    });
    const { aliases, ...options } = resources.find(({ name }) => name === "all")?.options ?? {};
    assert.deepEqual(options, {
      provider: "cluster",
      deleteBeforeReplace: true,
      retainOnDelete: true,
      deletedWith: "group",
      ignoreChanges: ["data"],
      additionalSecretOutputs: ["data"],
      replaceOnChanges: ["spec.a"],
      customTimeouts: { create: "1m", update: "2m", delete: "3m" },
    });
    assert.equal(JSON.stringify(aliases).includes("before"), true);
  });

  it("tells the provider that a component hands to what it holds", async () => {
    class Box extends pulumi.ComponentResource {}
    const resources = await recorded(() => {
      const kubernetes = new Provider("cluster", { kubeconfig: "k" });
      new Box("test:index:Box", "box", {}, { providers: [kubernetes] });
    });
    assert.deepEqual(resources.find(({ name }) => name === "box")?.options, { provider: "cluster" });
  });

  it("hides secrets and marks what is unknown in a preview, and only them", async () => {
    const resources = await recorded(() => {
      const { id } = new SecurityGroup("group", {});
      new ConfigMap("map", { data: { id, hush: pulumi.secret("hush"), known: "yes" } });
    }, true);
    const inputs = resources.find(({ name }) => name === "map")?.inputs as { readonly data: unknown };
    assert.deepEqual(inputs.data, { id: "[unknown]", hush: "[secret]", known: "yes" });
  });

  it("asks its answers for every look-up", async () => {
    const asked: unknown[] = [];
    await record(
      () => {
        const { cidrBlock } = getVpcOutput({ id: "vpc-1" });
        new SecurityGroup("group", { description: cidrBlock });
      },
      {
        answer: (token, inputs) => {
          asked.push([token, inputs]);
          return { cidrBlock: "10.0.0.0/16" };
        },
      },
    );
    assert.deepEqual(asked, [["aws:ec2/getVpc:getVpc", { id: "vpc-1" }]]);
  });

  it("starts anew each time", async () => {
    assert.equal((await recorded(() => new SecurityGroup("one", {}))).length, 1);
    assert.equal((await recorded(() => new SecurityGroup("two", {}))).length, 1);
  });

  it("keeps what the program logs from the console, and tells it to who wants to hear it", async () => {
    const [heard, printed]: [string[], string[]] = [[], []];
    const { warn } = console;
    console.warn = (line: string) => printed.push(line);
    try {
      await record(() => void pulumi.log.warn("mind this"), { answer });
      await record(() => void pulumi.log.warn("and this"), { answer, hear: (line) => heard.push(line) });
      console.warn("of the test itself");
    } finally {
      console.warn = warn;
    }
    assert.deepEqual(heard, ["and this"]);
    assert.deepEqual(printed, ["of the test itself"]);
  });

  it("gives the console back when the program fails", async () => {
    const { warn } = console;
    const failing = recorded(() => {
      throw new Error("no");
    });
    await assert.rejects(failing, /^Error: no$/);
    assert.equal(console.warn, warn);
  });
});

describe("readable", () => {
  it("hides a secret wherever it stands, and leaves everything else", () => {
    const secret = { [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig, value: "hush" };
    assert.deepEqual(readable({ a: [secret, 1], b: { c: secret }, d: null, e: true }), {
      a: ["[secret]", 1],
      b: { c: "[secret]" },
      d: null,
      e: true,
    });
  });

  it("names what is unknown", () => {
    assert.deepEqual(readable([pulumi.runtime.unknownValue, "x"]), ["[unknown]", "x"]);
  });
});

describe("settled", () => {
  it("is what an output holds", async () => {
    assert.deepEqual(await settled(pulumi.output({ a: pulumi.output(1) })), { a: 1 });
    assert.equal(await settled("plain"), "plain");
  });

  it("hides a secret, and names what is unknown", async () => {
    assert.equal(await settled(pulumi.secret("hush")), "[secret]");
    assert.equal(await settled(pulumi.output(pulumi.unknown)), "[unknown]");
  });

  it("fails where the output fails, so that a test of it can", async () => {
    const failing = pulumi.output(1).apply((): number => {
      throw new Error("no");
    });
    await assert.rejects(settled(failing), /^Error: no$/);
  });
});
