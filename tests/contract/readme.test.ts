import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { parse } from "yaml";
import { answerWith, exampleFacts } from "../../cli/plan/example-facts";
import { record } from "../../cli/plan/recording";
import { readStackFile } from "../../cli/stack/stack-file";
import * as istioEks from "../../api";
import { addonsShape } from "../../components/addons/addons-args";
import { controlPlaneShape } from "../../components/control-plane/args/control-plane-args";
import { istioShape } from "../../components/control-plane/args/istio-args";
import { defaultIstioVersion, istioMinors } from "../../components/control-plane/charts/versions";
import { cleanupShape } from "../../components/cleanup/cleanup-args";
import { clusterShape } from "../../components/cluster/cluster-args";
import { egressShape } from "../../components/egress/egress-args";
import { gatewayApiShape } from "../../components/control-plane/gateway-api/gateway-api-args";
import { gatewayShape } from "../../components/ingress/gateways/gateway-args";
import { ingressShape } from "../../components/ingress/ingress-args";
import { albShape } from "../../components/ingress/strategies/alb/alb-args";
import { dnsShape } from "../../components/ingress/dns/dns-args";
import { healthCheckShape } from "../../components/ingress/health-check-args";
import { nlbShape } from "../../components/ingress/strategies/nlb/nlb-args";
import { tlsShape } from "../../components/ingress/certificates/tls-args";
import { istioMeshShape } from "../../components/istio-mesh-args";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { securityShape } from "../../components/security/security-args";
import { routeShape } from "../../components/ingress/routes/route-args";
import { rateLimitShape } from "../../components/ingress/gateways/rate-limit-args";
import { trafficShape } from "../../components/traffic/traffic-args";
import { telemetryShape } from "../../components/telemetry/telemetry-args";
import { vpcCniShape } from "../../components/vpc-cni/vpc-cni-args";
import { smallest } from "../support/args";
import { codeBlocks, plannedPicture, readReadme, root, section, repositoryPath } from "../support/readme";

const noProblems = (args: unknown) => assert.deepEqual(resolveIstioMesh(args).problems, []);

/** Rows of a table: the words in backticks of the first cell, and the whole row. */
function rows(name: "args" | "ingress"): ReadonlyMap<string, string> {
  const lines = section(name)
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  return new Map(
    lines.flatMap((line) =>
      [...String(line.split("|")[1]).matchAll(/`(\w+)`/g)].map((word) => [String(word[1]), line] as const),
    ),
  );
}

describe("README", () => {
  it("shows programs that compile and run", async () => {
    const programs = codeBlocks("ts");
    assert.ok(programs.length > 0);
    for (const program of programs) {
      const script = ts.transpileModule(program, {
        compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
      });
      const load = (name: string): unknown => (name === "istio-eks" ? istioEks : assert.fail(`it imports ${name}`));
      const run = new Function("require", "exports", script.outputText) as (load: unknown, exports: object) => void;
      const resources = await record(() => run(load, {}), { answer: answerWith(exampleFacts({})) });
      assert.ok(resources.some(({ type }) => type === "istio-eks:index:IstioMesh"));
    }
  });

  it("shows programs whose types are right", () => {
    const file = join(root, "readme-program.ts");
    const options: ts.CompilerOptions = {
      ...tsOptions(),
      paths: { "istio-eks": [join(root, "api/index.ts")] },
      noEmit: true,
    };
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists } = host;
    const text = codeBlocks("ts").join("\n");
    host.fileExists = (name) => name === file || fileExists(name);
    host.getSourceFile = (name, target) =>
      name === file ? ts.createSourceFile(name, text, target) : getSourceFile(name, target);
    const program = ts.createProgram([file], options, host);
    const found = ts.getPreEmitDiagnostics(program, program.getSourceFile(file));
    assert.deepEqual(
      found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
      [],
    );
  }).timeout(300_000);

  it("shows configuration without problems", () => {
    const blocks = codeBlocks("yaml");
    assert.ok(blocks.length > 0);
    for (const block of blocks) {
      if (block.startsWith("config:")) noProblems(readStackFile(block, "README.md", () => "").mesh);
      else noProblems({ ...smallest, ...(parse(block) as object) });
    }
  });

  it("is short, and shows first what it is, a picture, how to install it and a program without a warning", async () => {
    const readme = readReadme();
    assert.ok(readme.split("\n").length < 200);
    const [picture, install, program] = ["![", "npm install istio-eks", "new IstioMesh("].map((text) =>
      readme.indexOf(text),
    );
    assert.ok(Number(picture) > 0 && Number(picture) < 800 && Number(install) > Number(picture));
    assert.ok(Number(program) > Number(install));
    const [stack = ""] = codeBlocks("yaml");
    const { mesh, region } = readStackFile(stack, "README.md", () => "");
    assert.deepEqual(resolveIstioMesh(mesh, region).warnings, []);
  });

  it("names the minors of Istio that the versions table has", () => {
    const [first, last] = [istioMinors[0], istioMinors.at(-1)];
    assert.ok(readReadme().includes(`| Istio | ${String(first?.minor)} to ${String(last?.minor)},`));
    const ended = istioMinors.filter(({ supported }) => !supported).map(({ minor }) => minor);
    assert.ok(readReadme().includes(`Istio's own support of ${ended.join(" and ")} has ended;`));
    const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      readonly engines: { node: string };
    };
    assert.ok(readReadme().includes(`| Node.js | ${engines.node.replace(">=", "")} or newer |`));
    const kubernetes = istioMinors.find(({ minor }) => minor === defaultIstioVersion.replace(/\.\d+$/, ""))?.kubernetes;
    assert.ok(
      readReadme().includes(
        `${String(kubernetes?.from)} to ${String(kubernetes?.to)} for Istio ${defaultIstioVersion.replace(/\.\d+$/, "")}`,
      ),
    );
  });

  it("names every argument of the mesh and of an ingress, and no other", () => {
    assert.deepEqual([...rows("args").keys()].sort(), Object.keys(istioMeshShape.shape).sort());
    assert.deepEqual([...rows("ingress").keys()].sort(), Object.keys(ingressShape.shape).sort());
  });

  it("names every member of the blocks", () => {
    const blocks = {
      args: {
        cluster: clusterShape,
        istio: istioShape,
        controlPlane: controlPlaneShape,
        egress: egressShape,
        gatewayApi: gatewayApiShape,
        security: securityShape,
        telemetry: telemetryShape,
        traffic: trafficShape,
        addons: addonsShape,
        vpcCni: vpcCniShape,
        cleanup: cleanupShape,
      },
      ingress: {
        dns: dnsShape,
        tls: tlsShape,
        healthCheck: healthCheckShape,
        gateway: gatewayShape,
        nlb: nlbShape,
        alb: albShape,
        routes: routeShape,
        rateLimit: rateLimitShape,
      },
    };
    for (const table of ["args", "ingress"] as const) {
      const members: Readonly<Record<string, { readonly shape: object }>> = blocks[table];
      for (const [member, { shape }] of Object.entries(members)) {
        for (const name of Object.keys(shape)) {
          assert.ok(rows(table).get(member)?.includes(`\`${name}\``), `the row of ${member} does not name ${name}`);
        }
      }
    }
  });

  it("shows the plan that `npm run plan` makes today", async () => {
    assert.equal(section("plan"), await plannedPicture(), "run `npm run golden`");
  });

  it("links to this repository as a registry's page needs it, and only to what is there", () => {
    const links = [...readReadme().matchAll(/\]\(([^)#]+)[^)]*\)/g)].map((match) => String(match[1]));
    assert.deepEqual(
      links.filter((link) => !/^https:\/\//.test(link)),
      [],
      "relative links are dead on a registry's page",
    );
    const paths = links.flatMap((link) => repositoryPath(link) ?? []);
    assert.ok(paths.includes("docs/arguments.md") && paths.includes("docs/plan-page.png"));
    assert.deepEqual(
      paths.filter((path) => !existsSync(join(root, path))),
      [],
    );
  });
});

function tsOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile) as { config: object };
  return ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root).options;
}
