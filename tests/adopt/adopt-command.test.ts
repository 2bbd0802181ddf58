import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parse } from "yaml";
import { type AdoptGatherers, runAdopt, runOperator } from "../../cli/adopt/adopt-command";
import type { KubernetesObject } from "../../cli/check/kubernetes-object";
import { InputError } from "../../cli/input-error";
import { fineAws, fineKubernetes } from "../support/situation";
import { balancer, gatewayService, helmCluster, hostname, istiod } from "../support/helm-cluster";
import { inFolder, writeIn } from "../support/plans";

const site = { cluster: "prod", region: "eu-central-1", profile: undefined, kubeconfig: undefined, context: undefined };
const asked = { ...site, timeoutSeconds: 5, stack: "prod", revision: undefined };
const gather: AdoptGatherers = {
  inventory: () => Promise.resolve(helmCluster()),
  facts: () =>
    Promise.resolve({ aws: fineAws, kubernetes: { ...fineKubernetes, version: { known: true, answer: "1.20" } } }),
};
const files = ["Pulumi.prod.yaml", "adopt-start.yaml", "import.json", "report.txt", "report.json", "report.html"];

describe("The adopt command", () => {
  it("writes the stack file, the import file and the report with what check finds", async () => {
    await inFolder(async (folder) => {
      const output = join(folder, "new", "adopt");
      const text = await runAdopt({ ...asked, output }, gather);
      const read = Object.fromEntries(files.map((name) => [name, readFileSync(join(output, name), "utf8")]));
      assert.equal(read["report.txt"], text);
      assert.match(text, /^Adoption of the mesh in cluster prod: sidecar, Istio 1\.30\.4\n/);
      assert.match(text, /Findings of istio-eks check\n-+\n\* /);
      const { config } = parse(String(read["Pulumi.prod.yaml"])) as { config: Record<string, unknown> };
      assert.deepEqual(Object.keys(config), ["aws:region", "istio-mesh:mesh"]);
      assert.deepEqual((parse(String(read["adopt-start.yaml"])) as typeof read)["config"], {
        "aws:region": "eu-central-1",
        "istio-mesh:mesh": {
          mode: "sidecar",
          cluster: { name: "prod" },
          istio: { profile: "empty" },
          cleanup: { enabled: false },
        },
      });
    });
  });

  it("overwrites nothing, and needs no region", async () => {
    await inFolder(async (folder) => {
      const command = { ...asked, region: undefined, output: folder };
      await runAdopt(command, gather);
      assert.ok(!readFileSync(join(folder, "Pulumi.prod.yaml"), "utf8").includes("aws:region"));
      await assert.rejects(
        runAdopt(command, gather),
        (error) => error instanceof InputError && /EEXIST/.test(error.message),
      );
    });
  });

  it("translates an IstioOperator file", async () => {
    await inFolder((folder) => {
      const operator = writeIn(folder, "iop.yaml", "kind: IstioOperator\nspec: { tag: 1.31.1, x: 1 }\n");
      const { text, notes } = runOperator({ cluster: "prod", region: undefined, operator });
      assert.deepEqual(parse(text), {
        config: {
          "istio-mesh:mesh": {
            mode: "sidecar",
            cluster: { name: "prod" },
            istio: { version: "1.31.1" },
            controlPlane: { minReplicas: 1 },
          },
        },
      });
      assert.deepEqual(
        notes.map(({ subject }) => subject),
        ["spec.x"],
      );
    });
  });
});

/** Serves lists and objects as an API server does, and nothing else. */
const kubectl = `#!${process.execPath}
const { createServer } = require("node:http");
const { readFileSync } = require("node:fs");
const socket = process.argv.find((one) => one.startsWith("--unix-socket="));
if (socket === undefined) { process.stdout.write("https://eks.example"); process.exit(0); }
const answers = JSON.parse(readFileSync(process.env.ANSWERS, "utf8"));
createServer((request, response) => {
  const found = answers[decodeURIComponent(request.url)];
  if (request.method !== "GET") process.exit(3);
  response.writeHead(found === undefined ? 404 : (found.code ?? 200)).end(JSON.stringify(found ?? {}));
}).listen(socket.slice("--unix-socket=".length), () => console.log("Starting to serve on a socket"));
`;

const aws = `#!${process.execPath}
const answers = JSON.parse(require("node:fs").readFileSync(process.env.ANSWERS, "utf8"));
process.stdout.write(JSON.stringify(answers[process.argv[2] + " " + process.argv[3]] ?? {}));
`;

const helmSecret = ([name, namespace, chart]: readonly [string, string, string], values: object) => {
  const metadata = { name: `sh.helm.release.v1.${name}.v2`, namespace, labels: { owner: "helm", name, version: "2" } };
  const content = { name, namespace, version: 2, info: { status: "deployed" }, manifest: "", config: values };
  const packed = gzipSync(
    JSON.stringify({ ...content, chart: { metadata: { name: chart, version: "1.30.4" } } }),
  ).toString("base64");
  return { metadata, data: { release: Buffer.from(packed).toString("base64") } };
};
const secrets = [
  helmSecret(["istio-base", "istio-system", "base"], {}),
  helmSecret(["istiod", "istio-system", "istiod"], { pilot: { env: { PILOT_X: "1" } } }),
  helmSecret(["istio-ingress", "istio-ingress", "gateway"], {}),
];
const listOf = (kind: string, items: readonly object[]) => ({ kind: `${kind}List`, apiVersion: "v1", items });
/** Entries of a list say neither kind nor version. */
const bare = ({ metadata, spec, status }: KubernetesObject) => ({ metadata, spec, status });

const answers = {
  "/version": { major: "1", minor: "34" },
  "/apis/apps/v1/deployments?labelSelector=app=istiod": listOf("Deployment", [bare(istiod())]),
  "/api/v1/secrets?labelSelector=owner=helm": listOf(
    "Secret",
    secrets.map(({ metadata }) => ({ metadata })),
  ),
  ...Object.fromEntries(
    secrets.map((secret) => [
      `/api/v1/namespaces/${secret.metadata.namespace}/secrets/${secret.metadata.name}`,
      secret,
    ]),
  ),
  "/api/v1/services": listOf("Service", [bare(gatewayService())]),
  "/apis/networking.k8s.io/v1/ingresses": listOf("Ingress", []),
  "/api/v1/namespaces": listOf("Namespace", [{ metadata: { name: "shop", labels: { "istio-injection": "enabled" } } }]),
  "/apis/security.istio.io/v1/peerauthentications": listOf("PeerAuthentication", [
    { metadata: { name: "default", namespace: "istio-system" }, spec: { mtls: { mode: "STRICT" } } },
  ]),
  "/api/v1/secrets?fieldSelector=metadata.name=cacerts": listOf("Secret", [
    { metadata: { name: "cacerts", namespace: "istio-system" } },
  ]),
  "/apis/telemetry.istio.io/v1/telemetries": {
    ...listOf("Telemetry", [
      {
        metadata: { name: "mesh-default", namespace: "istio-system" },
        spec: { accessLogging: [{ providers: [{ name: "envoy" }] }] },
      },
    ]),
    apiVersion: "telemetry.istio.io/v1",
  },
  "/apis/networking.istio.io/v1/virtualservices": { kind: "Status", code: 403, message: "not you" },
  "/apis/networking.istio.io/v1/destinationrules": listOf("DestinationRule", [
    { metadata: { name: "web", namespace: "shop" }, spec: {} },
  ]),
  "eks describe-cluster": { cluster: { name: "prod", resourcesVpcConfig: { vpcId: "vpc-1" } } },
  "ec2 describe-vpcs": { Vpcs: [{ CidrBlock: "10.0.0.0/16" }] },
  "elbv2 describe-load-balancers": {
    LoadBalancers: [
      {
        LoadBalancerName: balancer.name,
        DNSName: hostname,
        Type: "network",
        Scheme: "internet-facing",
        SecurityGroups: ["sg-1"],
      },
      { LoadBalancerName: "other", DNSName: "other.elb.amazonaws.com", Type: "application" },
    ],
  },
  "ec2 describe-security-group-rules": {
    SecurityGroupRules: [
      { IsEgress: false, CidrIpv4: "203.0.113.0/24", FromPort: 443, ToPort: 443 },
      { IsEgress: true, CidrIpv4: "0.0.0.0/0", FromPort: 0, ToPort: 65535 },
    ],
  },
  "route53 list-hosted-zones": {
    HostedZones: [{ Id: "/hostedzone/Z0123456789ABC", Name: "example.com.", Config: {} }],
  },
  "route53 list-resource-record-sets": {
    ResourceRecordSets: [{ Name: "a.example.com.", Type: "A", AliasTarget: { DNSName: `dualstack.${hostname}.` } }],
  },
};

function istioEks(folder: string, args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    ...process.env,
    PATH: `${folder}:${String(process.env["PATH"])}`,
    ANSWERS: join(folder, "answers.json"),
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--import", "tsx", join("cli", "main.ts"), ...args],
      { env },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

describe("istio-eks adopt", function () {
  this.timeout(120_000);

  it("reads a cluster and an account with kubectl and aws, and changes nothing", async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "kubectl"), kubectl, { mode: 0o755 });
      writeFileSync(join(folder, "aws"), aws, { mode: 0o755 });
      writeIn(folder, "answers.json", JSON.stringify(answers));
      const output = join(folder, "adopt");
      const { code, stderr } = await istioEks(folder, [
        "adopt",
        "--cluster",
        "prod",
        "--region",
        "eu-central-1",
        "-o",
        output,
      ]);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /wrote Pulumi\.prod\.yaml/);
      const { config } = parse(readFileSync(join(output, "Pulumi.prod.yaml"), "utf8")) as {
        config: Record<string, unknown>;
      };
      assert.deepEqual(config["istio-mesh:mesh"], {
        mode: "sidecar",
        cluster: { name: "prod" },
        ingress: {
          ...{
            strategy: "nlb",
            scheme: "internet-facing",
            hostnames: ["a.example.com"],
            dns: { zoneId: "Z0123456789ABC" },
          },
          gateway: { minReplicas: 1, resources: { limits: { cpu: "2000m" } } },
          allowedCidrs: ["203.0.113.0/24"],
          nlb: { crossZone: false },
        },
        istio: { version: "1.30.4", values: { istiod: { env: { PILOT_X: "1" } } } },
        controlPlane: { minReplicas: 1 },
        namespaces: { shop: { create: false } },
        security: { mtls: "strict", certificateAuthority: { secretName: "cacerts" } },
        telemetry: { accessLogs: "text" },
      });
      const report = readFileSync(join(output, "report.txt"), "utf8");
      assert.match(report, /What could not be read\n-+\n\* .*virtualservices.*\n {4}Not read: /);
      assert.match(report, /\* DestinationRule shop\/web\n/);
      const { resources } = JSON.parse(readFileSync(join(output, "import.json"), "utf8")) as {
        resources: readonly { readonly id: string }[];
      };
      assert.ok(resources.some(({ id }) => id === "istio-system/mesh-default"));
    });
  });

  it("ends with 2 where nobody could be asked, and writes nothing", async () => {
    await inFolder(async (folder) => {
      const none = join(folder, "none");
      const child = new Promise<{ code: number; stderr: string }>((resolve) => {
        const args = ["--import", "tsx", join("cli", "main.ts"), "adopt", "--cluster", "prod", "-o", none];
        execFile(process.execPath, args, { env: { ...process.env, PATH: folder } }, (error, _, stderr) =>
          resolve({ code: Number(error?.code), stderr }),
        );
      });
      const { code, stderr } = await child;
      assert.equal(code, 2, stderr);
      assert.match(stderr, /nothing was written[\s\S]*kubectl was not found/);
    });
  });
});
