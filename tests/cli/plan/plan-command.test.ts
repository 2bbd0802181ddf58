import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ArgumentsError } from "../../../cli/plan/plan";
import {
  comparedFormats,
  type Format,
  formats,
  formatsWithWarnings,
  orderedFormats,
} from "../../../cli/formats/format";
import { InputError } from "../../../cli/input-error";
import { type PlanCommand, runPlan } from "../../../cli/plan/plan-command";
import { StackFileError } from "../../../cli/stack/stack-file";
import { stringify } from "yaml";
import { defaultIstioVersion } from "../../../components/control-plane/charts/versions";
import { smallest, withIngress } from "../../support/args";
import { html, readMarkup, xml } from "../../support/markup";
import { inFolder, writeIn, writeStack } from "../../support/plans";
import { withoutStacks } from "../../support/quick";
import { memberAt } from "../../support/recorded";

const asked: PlanCommand = {
  ...{ config: "", format: "tree", output: undefined, facts: undefined },
  ...{ destroy: false, colours: false },
};

/** Runs the command on a stack file with this mesh. */
const run = (mesh: unknown, command: Partial<PlanCommand> = {}, otherKeys: Readonly<Record<string, unknown>> = {}) =>
  inFolder((folder) =>
    withoutStacks(() => runPlan({ ...asked, config: writeStack(folder, mesh, otherKeys), ...command })),
  );

/** The error of a command that is refused. */
async function refusal(command: Promise<string>): Promise<Error> {
  try {
    await command;
  } catch (error) {
    assert.ok(error instanceof Error);
    return error;
  }
  throw new Error("it was planned");
}

interface Resource {
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const resourcesOf = (json: string) => (JSON.parse(json) as { readonly resources: readonly Resource[] }).resources;
const inputsOf = (json: string, wanted: string) => resourcesOf(json).find(({ name }) => name === wanted)?.inputs ?? {};

describe("The plan command", () => {
  describe("shows a plan", () => {
    const beginnings: Readonly<Record<(typeof formats)[number], RegExp>> = {
      tree: new RegExp(`^IstioMesh "mesh": sidecar, Istio ${defaultIstioVersion}. \\d+ resources to make`),
      json: /^\{\n {2}"resources": \[/,
      values: new RegExp(`^# istio-base in istio-system: chart base ${defaultIstioVersion}\n`),
      traffic: /^flowchart LR\n  subgraph i0/,
      mermaid: /^flowchart LR\n/,
      dot: /^digraph "mesh" \{\n/,
      svg: /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/,
      html: /^<!doctype html>\n/,
      iam: /^\{\n {2}"Version": "2012-10-17",\n/,
      rbac: /^# Istio's charts make roles.*\napiVersion: rbac\.authorization\.k8s\.io\/v1\nkind: ClusterRole\n/,
    };

    for (const format of formats) {
      it(`in the format ${format}`, async () => {
        const text = await run(withIngress({}), { format });
        assert.match(text, beginnings[format]);
        assert.ok(text.endsWith("\n"));
        if (format === "svg") readMarkup(text, xml);
        if (format === "html") readMarkup(text, html);
      });
    }

    for (const format of formats) {
      const own = formatsWithWarnings.includes(format);
      it(`in the format ${format} with its warnings ${own ? "in it" : "beside it: some are about rights of others"}`, async () => {
        const noted: string[] = [];
        const mesh = withIngress({}, { loadBalancerController: "eks-auto-mode", tags: { team: "platform" } });
        await inFolder(async (folder) => {
          const config = writeStack(folder, mesh);
          const text = await runPlan({ ...asked, config, format }, (note) => noted.push(note));
          assert.equal(noted.filter((note) => note.includes('"Sid":"TagLoadBalancers"')).length, own ? 0 : 1);
          assert.equal(text.includes("TagLoadBalancers"), own);
        });
      });
    }

    /** A plan in a format, and what is written on stderr. */
    const reported = async (
      command: Partial<PlanCommand>,
      keys: Readonly<Record<string, unknown>> = {},
      args = withZone,
    ) => {
      const warnings: string[] = [];
      const text = await inFolder((folder) => {
        const facts = command.facts === undefined ? undefined : writeIn(folder, "facts.yaml", command.facts);
        const config = writeStack(folder, args, keys);
        return withoutStacks(() => runPlan({ ...asked, ...command, facts, config }, (line) => warnings.push(line)));
      });
      return { text, warnings: warnings.filter((line) => /example/.test(line)) };
    };
    const withZone = withIngress({ hostnames: ["app.example.com"], dns: { zoneName: "example.com" } });

    it("as a policy, and says which ids in it are examples and how to give real ones", async () => {
      const { warnings } = await reported({ format: "iam" });
      assert.equal(warnings.length, 1);
      const [warning = ""] = warnings;
      assert.match(
        warning,
        /^warning eu-central-1, vpc-0example00000000, sg-0example0cluster0, ZEXAMPLEEXAMPLECOM: examples\. .*--facts:\n/,
      );
      for (const line of ["region: …", "vpcId: …", "securityGroupId: …", "zones: { example.com: … }"])
        assert.ok(warning.includes(`\n    ${line} # `), line);
    });

    it("as a policy without such words where everything is known, or is not in it", async () => {
      const known = {
        ...{ vpcId: "vpc-0a1b2c3d4e5f60718", securityGroupId: "sg-0a1b2c3d4e5f60718" },
        ...{ zones: { "example.com": "Z0123456789ABCDEFGHIJ" } },
      };
      const facts = stringify(known);
      assert.deepEqual((await reported({ format: "iam", facts }, { "aws:region": "eu-west-1" })).warnings, []);
      assert.match(String((await reported({ format: "iam", facts })).warnings), /^warning eu-central-1: examples/);
    });

    it("for the region that the AWS provider would read: the stack file's, else the environment's", async () => {
      const arns = async (environment: PlanCommand["environment"], keys = {}) => {
        const { text } = await reported({ format: "iam", ...(environment === undefined ? {} : { environment }) }, keys);
        return /arn:aws:eks:([^:]*):/.exec(text)?.[1];
      };
      const both = { AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-west-2" };
      assert.equal(await arns(both, { "aws:region": "eu-west-1" }), "eu-west-1");
      assert.equal(await arns(both), "us-east-1");
      assert.equal(await arns({ AWS_REGION: "", AWS_DEFAULT_REGION: "us-west-2" }), "us-west-2");
      assert.equal(await arns({}), "eu-central-1");
    });

    it("with a word where no region is known at all", async () => {
      const { warnings } = await reported({ format: "json" }, {}, smallest);
      assert.equal(warnings.length, 1);
      assert.match(String(warnings[0]), /^warning no region is set \(aws:region in the stack file, AWS_REGION/);
      assert.deepEqual((await reported({ format: "json", environment: { AWS_REGION: "us-east-1" } })).warnings, []);
      assert.deepEqual((await reported({ format: "json" }, { "aws:region": "eu-west-1" })).warnings, []);
    });

    it("as a policy with the role in which Kubernetes is asked", async () => {
      const roleArn = "arn:aws:iam::123456789012:role/deployer";
      const { text } = await reported({ format: "iam" }, {}, { ...withZone, cluster: { name: "prod", roleArn } });
      const { Statement } = JSON.parse(text) as { readonly Statement: readonly { readonly Sid: string }[] };
      assert.deepEqual(
        Statement.find(({ Sid }) => Sid === "AssumeClusterRole"),
        { Sid: "AssumeClusterRole", Effect: "Allow", Action: ["sts:AssumeRole"], Resource: [roleArn] },
      );
    });

    it("not of a certificate of another region than the stack's", async () => {
      const tls = { certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/0f" };
      const error = await refusal(run(withIngress({ tls }), {}, { "aws:region": "eu-west-1" }));
      assert.match(error.message, /ingress\.tls\.certificateArn \(.*:\d+\)\n.*us-east-1/);
    });

    it("as the order of removal, in words and in JSON", async () => {
      assert.match(await run(smallest, { destroy: true }), /resources to remove.*\n.*1 {2}\(alone, for at most 600 s/);
      const removed = resourcesOf(await run(smallest, { destroy: true, format: "json" }));
      const created = resourcesOf(await run(smallest, { format: "json" }));
      assert.deepEqual(
        removed.map(({ name }) => name),
        created.map(({ name }) => name).reverse(),
      );
      const [first, second] = removed as readonly (Resource & { readonly removedAfter: readonly string[] })[];
      assert.deepEqual([first?.name, first?.removedAfter], ["mesh-cleanup", []]);
      assert.deepEqual([second?.name, second?.removedAfter], ["mesh-istiod", ["mesh-cleanup"]]);
      assert.ok(!created.some((one) => "removedAfter" in one));
      const ambient = withIngress({ routing: "gateway-api" }, { mode: "ambient" });
      const text = await run(ambient, { destroy: true, format: "json" });
      const { kept } = JSON.parse(text) as { readonly kept: readonly { readonly what: string }[] };
      assert.ok(kept.some(({ what }) => what.startsWith("mesh-crds (https://")));
      assert.ok(!resourcesOf(text).some(({ name }) => name === "mesh-crds"), "Pulumi keeps it");
    });

    it("as the order of removal in each format that has an order, and refuses --destroy in the others", async () => {
      const arrows = {
        mermaid: /n\d+\["cleanup<br\/>command"\][\s\S]*\n {2}n0 --> n1\n/,
        dot: /"mesh-cleanup" -> "mesh-istiod";/,
        svg: /aria-label="Order in which the mesh is removed"/,
      };
      for (const [format, pattern] of Object.entries(arrows)) {
        const text = await run(smallest, { destroy: true, format: format as Format });
        assert.match(text, pattern);
        assert.doesNotMatch(text, /classDef slow|penwidth|class="box slow/);
      }
      for (const format of formats.filter((one) => !orderedFormats.includes(one))) {
        const { message } = await refusal(run(smallest, { destroy: true, format }));
        assert.match(
          message,
          new RegExp(`^--destroy does not go with --format ${format}: .+\\n\\n {2}allowed .*tree, json`),
        );
      }
    });

    it("as what changes from the plan of another file, in words and in JSON", async () => {
      await inFolder(async (folder) => {
        const against = writeIn(folder, "old.yaml", stringify({ config: { "istio-mesh:mesh": withIngress({}) } }));
        const wider = withIngress({ scheme: "internet-facing" });
        assert.match(await run(wider, { against }), /\n! load balancer of mesh-service-istio-ingress: REPLACED by/);
        const changes = JSON.parse(await run(wider, { against, format: "json" })) as {
          readonly replaced: readonly { readonly name: string }[];
        };
        assert.deepEqual(
          changes.replaced.map(({ name }) => name),
          ["mesh-service-istio-ingress"],
        );
        assert.match(await run(wider, { against, format: "html" }), /<pre>\d+ created, [^]*REPLACED by another/);
        for (const format of formats.filter((one) => !comparedFormats.includes(one))) {
          const { message } = await refusal(run(wider, { against, format }));
          assert.match(
            message,
            /^--against does not go with --format \w+\.\n\n {2}allowed {2}--format tree, json, html\n/,
          );
        }
        assert.match(
          (await refusal(run(wider, { against, destroy: true }))).message,
          /^--against does not go with --des/,
        );
        const missing = await refusal(run(wider, { against: join(folder, "none.yaml") }));
        assert.match(missing.message, /^--against .*none\.yaml cannot be read: ENOENT/);
      });
    });

    it("into a file, and then not on the screen", async () => {
      await inFolder(async (folder) => {
        const output = join(folder, "plan.json");
        const config = writeStack(folder, smallest, { "aws:region": "eu-central-1" });
        const noted: string[] = [];
        assert.equal(await runPlan({ ...asked, config, format: "json", output }, (note) => noted.push(note)), "");
        assert.deepEqual(noted, [`wrote ${output} (json)\n`]);
        assert.equal(resourcesOf(readFileSync(output, "utf8")).length, 6);
      });
    });

    it("in colours only where it is asked to", async () => {
      const escape = String.fromCharCode(27);
      assert.ok((await run(smallest, { colours: true })).includes(escape));
      assert.ok(!(await run(smallest)).includes(escape));
    });

    it("of this project's own stack file, which `npm run plan` shows to someone who is new here", async () => {
      const text = await runPlan({ ...asked, config: "Pulumi.dev.yaml" });
      assert.match(text, /IstioMesh "mesh": ambient/);
    });
  });

  describe("takes as known", () => {
    it("what follows from the region of the stack file, as the program reads it", async () => {
      const mesh = { ...smallest, egress: { policy: "registry-only", hosts: ["sts.us-east-1.amazonaws.com"] } };
      const hostsOf = async (region: string) =>
        memberAt(
          inputsOf(await run(mesh, { format: "json" }, { "aws:region": region }), "mesh-aws-credentials-sts"),
          "spec.hosts",
        );
      assert.deepEqual(await hostsOf("eu-west-1"), ["sts.eu-west-1.amazonaws.com"]);
      assert.equal(await hostsOf("us-east-1"), undefined);
    });

    it("the region of the stack file", async () => {
      const json = await run(smallest, { format: "json" }, { "aws:region": "us-east-1" });
      assert.match(JSON.stringify(inputsOf(json, "mesh-kubernetes")), /arn:aws:eks:us-east-1:/);
    });

    it("real ids from a facts file, and examples for what is not there", async () => {
      const facts = [
        ...["region: eu-west-1", "vpcId: vpc-0123456789abcdef0", "securityGroupId: sg-0123456789abcdef0"],
        ...["zones: { example.com: Z0123456789 }", "loadBalancerZones: { network: Z9876543210 }"],
        "certificates: { '*.example.com': 'arn:aws:acm:eu-west-1:123456789012:certificate/0f' }",
      ].join("\n");
      await inFolder(async (folder) => {
        const mesh = withIngress({
          hostnames: ["a.example.com"],
          dns: { zoneName: "example.com" },
          tls: { certificateDomain: "*.example.com" },
        });
        const config = writeStack(folder, mesh, { "aws:region": "us-east-1" });
        const json = await runPlan({ ...asked, config, format: "json", facts: writeIn(folder, "facts.yaml", facts) });
        assert.equal(inputsOf(json, "mesh-security-group-istio-ingress")["vpcId"], "vpc-0123456789abcdef0");
        assert.deepEqual(inputsOf(json, "mesh-a-record-a.example.com"), {
          name: "a.example.com",
          type: "A",
          zoneId: "Z0123456789",
          aliases: [
            {
              name: "<mesh-service-istio-ingress.status.loadBalancer.ingress[0].hostname>",
              zoneId: "Z9876543210",
              evaluateTargetHealth: true,
            },
          ],
        });
        assert.match(json, /arn:aws:acm:eu-west-1:123456789012:certificate\/0f/);
        assert.equal(
          inputsOf(json, "mesh-rule-istio-ingress/http2-into-nodes")["securityGroupId"],
          "sg-0123456789abcdef0",
        );
        // What the facts do not tell is an example; what they tell goes before the stack file.
        assert.equal(inputsOf(json, "mesh-rule-istio-ingress/http-from-vpc")["cidrIpv4"], "10.0.0.0/16");
        assert.match(JSON.stringify(inputsOf(json, "mesh-kubernetes")), /arn:aws:eks:eu-west-1:/);
      });
    });
  });

  describe("keeps secret", () => {
    it("what is encrypted in the stack file, wherever it goes", async () => {
      const secure = { secure: "v1:abc:def" };
      const mesh = withIngress({}, { mode: "ambient" });
      const json = await run(
        { ...mesh, tags: { owner: secure }, istio: { values: { istiod: { env: { TOKEN: secure } } } } },
        { format: "json" },
      );
      assert.equal(memberAt(inputsOf(json, "mesh-istiod"), "values.env.TOKEN"), "[secret]");
      assert.equal(memberAt(inputsOf(json, "mesh-security-group-istio-ingress"), "tags.owner"), "[secret]");
      assert.ok(!json.includes("v1:abc"));
    });

    it("the kubeconfig", async () => {
      const cluster = { name: "prod", kubeconfig: { secure: "v1:abc" } };
      const json = await run({ mode: "sidecar", cluster }, { format: "json" });
      assert.equal(inputsOf(json, "mesh-kubernetes")["kubeconfig"], "[secret]");
      assert.equal(inputsOf(json, "mesh-cleanup")["stdin"], "[secret]");
    });
  });

  describe("refuses", () => {
    it("wrong arguments, with every problem at once", async () => {
      const error = await refusal(run({ mode: "ambiant", cluster: { nmae: "prod" } }));
      assert.ok(error instanceof ArgumentsError);
      assert.match(error.message, /^2 problems in the arguments of the mesh "mesh"; nothing was made\./);
    });

    it("keys of the configuration that nobody would read, with a hint where they belong", async () => {
      const error = await refusal(run(smallest, {}, { "istio-mesh:mode": "ambient", "istio-mesh:mash": {} }));
      assert.ok(error instanceof ArgumentsError);
      assert.equal(
        error.message,
        `2 problems in the arguments of the mesh "mesh"; nothing was made.

  istio-mesh:mode
    given    "a configuration key"
    allowed  istio-mesh:mesh, which holds all arguments of the mesh
    to do    move it below istio-mesh:mesh, such as: pulumi config set --path mesh.mode …

  istio-mesh:mash
    given    "a configuration key"
    allowed  istio-mesh:mesh, which holds all arguments of the mesh
    to do    did you mean "istio-mesh:mesh"?`,
      );
    });

    it("a stack file that is not there, or no file", async () => {
      const missing = await refusal(runPlan({ ...asked, config: "Pulumi.nowhere.yaml" }));
      assert.ok(missing instanceof InputError);
      assert.match(missing.message, /^--config Pulumi\.nowhere\.yaml cannot be read: ENOENT/);
      assert.match((await refusal(runPlan({ ...asked, config: "tests" }))).message, /^--config tests cannot be read/);
    });

    it("a stack file that is no YAML", async () => {
      await inFolder(async (folder) => {
        const config = writeIn(folder, "Pulumi.broken.yaml", "config: [\n");
        assert.ok((await refusal(runPlan({ ...asked, config }))) instanceof StackFileError);
      });
    });

    const withFacts = (facts: string) =>
      inFolder(async (folder) => {
        const path = writeIn(folder, "facts.yaml", facts);
        const error = await refusal(runPlan({ ...asked, config: writeStack(folder, smallest), facts: path }));
        assert.ok(error instanceof InputError);
        return error.message.replace(path, "FACTS");
      });

    it("a facts file that is not there", async () => {
      const error = await refusal(run(smallest, { facts: "nowhere.yaml" }));
      assert.ok(error instanceof InputError);
      assert.match(error.message, /^--facts nowhere\.yaml cannot be read: ENOENT/);
    });

    it("a facts file that is no YAML, with the line", async () => {
      assert.match(await withFacts("region: [\n"), /^--facts FACTS is no YAML: .* line 2/);
    });

    it("a facts file with wrong facts, as facts and not as arguments of the mesh", async () => {
      assert.equal(
        await withFacts("vpcid: vpc-1\nregion: Frankfurt"),
        `2 problems in the facts of FACTS.

  region
    given    "Frankfurt"
    allowed  an AWS region, such as eu-central-1
    to do    write an AWS region, such as eu-central-1

  vpcid
    given    "vpc-1"
    allowed  one of region, vpcId, vpcCidr, vpcSecondaryCidrs, vpcIpv6Cidr, vpcSecondaryIpv6Cidrs, securityGroupId, ipFamily, endpoint, zones, certificates, loadBalancerZones
    to do    did you mean "vpcId"?`,
      );
    });

    it("a file that it cannot write", async () => {
      const error = await refusal(run(smallest, { output: join("nowhere", "plan.json") }));
      assert.ok(error instanceof InputError);
      assert.match(error.message, /^--output nowhere.plan\.json cannot be written: ENOENT/);
    });
  });
});
