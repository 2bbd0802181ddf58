import assert from "node:assert/strict";
import { ArgumentsError } from "../../cli/arguments-error";
import { type CheckCommand, type Gather, runCheck } from "../../cli/check/check-command";
import { checkFormats } from "../../cli/check/check-format";
import { answered, type Facts } from "../../cli/check/facts";
import { InputError } from "../../cli/input-error";
import { smallest } from "../support/args";
import { inFolder, writeStack } from "../support/plans";
import { controllerOf, fineAws, fineKubernetes, no } from "../support/situation";

const facts: Facts = { aws: fineAws, kubernetes: fineKubernetes };
const asked: CheckCommand = {
  ...{ config: "", format: "text", kubeconfig: undefined, context: undefined, region: undefined },
  ...{ timeoutSeconds: 5, colours: false, width: 80 },
};
const mesh = { ...smallest, cluster: { name: "prod" }, ingress: { strategy: "nlb" } };

const run = (gather: Gather, command: Partial<CheckCommand> = {}, keys: Readonly<Record<string, unknown>> = {}) =>
  inFolder((folder) => runCheck({ ...asked, config: writeStack(folder, mesh, keys), ...command }, gather));
const reported = (some: Partial<Facts>) => run(() => Promise.resolve({ ...facts, ...some }));

describe("The check command", () => {
  it("is content where nothing is wrong", async () => {
    const { text, fine } = await reported({});
    assert.ok(fine, text);
    assert.match(text, /0 problems, 0 not checked, 0 warnings, \d+ fine\.\n$/);
  });

  it("is not content with a problem, nor with what nobody could look at, but with a warning", async () => {
    const late = { ...fineKubernetes, controllers: answered([]) };
    assert.equal((await reported({ kubernetes: late })).fine, false);
    assert.equal((await reported({ aws: { ...fineAws, subnets: no("aws", "forbidden") } })).fine, false);
    const warned = await reported({ kubernetes: { ...fineKubernetes, version: answered("1.40") } });
    assert.ok(warned.fine, warned.text);
    assert.match(warned.text, /1 warning/);
  });

  it("tells the rest where the cluster does not answer", async () => {
    const refusal = no("cluster", "unreachable", "connection refused");
    const silent = Object.fromEntries(Object.keys(fineKubernetes).map((key) => [key, refusal]));
    const { text, fine } = await reported({ kubernetes: silent as unknown as Facts["kubernetes"] });
    assert.equal(fine, false);
    assert.match(text, /access\/cluster-unreachable/);
    assert.match(text, /✓ cluster prod: EKS reports ACTIVE/);
    assert.ok(!text.includes("access/answered") && !text.includes("not installed"), text);
  });

  it("writes something in every format", async () => {
    for (const format of checkFormats) {
      const { text } = await run(() => Promise.resolve(facts), { format });
      assert.ok(text.endsWith("\n"), format);
    }
  });

  it("writes JSON for programs", async () => {
    const kubernetes = { ...fineKubernetes, controllers: answered([controllerOf("lbc:v1.0.0")]) };
    const { text } = await run(() => Promise.resolve({ ...facts, kubernetes }), { format: "json" });
    const { counts, findings } = JSON.parse(text) as { counts: { problem: number }; findings: { id: string }[] };
    assert.equal(counts.problem, 1);
    assert.ok(findings.some(({ id }) => id === "controller/too-old"));
  });

  it("looks where the stack file and the command line say, the latter first", async () => {
    const sites: unknown[] = [];
    const listening: Gather = (_, site) => {
      sites.push(site);
      return Promise.resolve(facts);
    };
    const roles = [{ roleArn: "arn:aws:iam::111111111111:role/hub" }];
    const keys = { "aws:region": "eu-west-1", "aws:profile": "work", "aws:assumeRoles": roles };
    await run(listening, {}, keys);
    await run(listening, { region: "us-east-1", kubeconfig: "kube", context: "ctx" }, keys);
    const rest = { timeoutSeconds: 5, profile: "work", roles, unusable: [] };
    assert.deepEqual(sites, [
      { ...rest, region: "eu-west-1", kubeconfig: undefined, context: undefined },
      { ...rest, region: "us-east-1", kubeconfig: "kube", context: "ctx" },
    ]);
  });

  it("carries what is encrypted in the stack file unread", async () => {
    await inFolder(async (folder) => {
      const encrypted = { ...mesh, cluster: { name: { secure: "v1:abc" } } };
      const config = writeStack(folder, encrypted);
      const { text } = await runCheck({ ...asked, config }, () => Promise.resolve(facts));
      assert.match(text, /the cluster: AWS and the cluster answered/);
    });
  });

  it("refuses wrong arguments and a missing stack file as plan does, and asks nobody", async () => {
    const never: Gather = () => assert.fail("it asked");
    await inFolder(async (folder) => {
      const config = writeStack(folder, { mode: "ambiant", cluster: { name: "prod" } });
      await assert.rejects(runCheck({ ...asked, config }, never), ArgumentsError);
    });
    await assert.rejects(runCheck({ ...asked, config: "nowhere.yaml" }, never), InputError);
    await assert.rejects(run(never, {}, { "istio-mesh:mash": {} }), /did you mean "istio-mesh:mesh"/);
  });
});
