import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { ArgumentsError } from "../../cli/plan/plan";
import { runPlan } from "../../cli/plan/plan-command";
import { IstioMesh, type IstioMeshArgs } from "../../components";
import { problemsText } from "../../components/inputs/problem";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { withIngress } from "../support/args";
import { recordProgram } from "../support/recorded";
import { wrongArguments } from "../support/wrong";

const tables = wrongArguments();
const all = Object.values(tables).flat();

describe("Wrong arguments", () => {
  for (const [table, rows] of Object.entries(tables)) {
    describe(`of tests/bad-input/${table}.yaml`, () => {
      for (const { when, args, problems } of rows) {
        it(when, () => assert.deepEqual(resolveIstioMesh(args).problems, problems));
      }
    });
  }

  it("are each wrong in another way", () => {
    const ways = all.map(({ args }) => JSON.stringify(args));
    assert.deepEqual(
      ways.filter((way, index) => ways.indexOf(way) !== index),
      [],
    );
    assert.ok(all.length >= 80, `${all.length} rows`);
  });

  it("become one error of the component, which Pulumi prints as it is, and nothing is registered or asked", async () => {
    const { resources, lookups } = await recordProgram(() => {
      for (const { when, args, problems } of all) {
        const isReported = (error: unknown) => {
          assert.ok(pulumi.RunError.isInstance(error), when);
          assert.equal(error.message, problemsText("mesh", problems), when);
          return true;
        };
        assert.throws(() => new IstioMesh("mesh", args as IstioMeshArgs), isReported, when);
      }
    });
    assert.deepEqual([resources, lookups], [[], []]);
  });

  it("become one error of the plan command with the same text, and where it stands in the file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bad-input-"));
    const config = join(folder, "Pulumi.wrong.yaml");
    try {
      for (const { when, args, problems } of all) {
        writeFileSync(config, stringify({ config: { "istio-mesh:mesh": args } }));
        const command = { config, format: "tree", output: undefined, facts: undefined } as const;
        const isReported = (error: unknown) => {
          assert.ok(error instanceof ArgumentsError, when);
          const places = / \(Pulumi\.wrong\.yaml:\d+\)$/gm;
          assert.equal(error.message.replaceAll(places, ""), problemsText("mesh", problems), when);
          assert.equal([...error.message.matchAll(places)].length, problems.length, error.message);
          return true;
        };
        await assert.rejects(runPlan({ ...command, destroy: false, colours: false }), isReported, when);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("that are malformed in many ways are reported together, each by its place in what was written", () => {
    const { problems } = resolveIstioMesh({
      mode: "ambiant",
      cluster: { nmae: "prod", subnetIds: ["public-a"] },
      istio: { version: "1.31", profile: "minimal", revisionTags: ["prod", "prod"] },
      controlPlane: { minReplicas: 9, maxReplicas: "12", resources: { limits: { cpu: "1 core" } } },
      ingress: {
        strategy: "nlb",
        scheme: "public",
        hostnames: ["App.example.com", "shop.example.org", "shop.example.org"],
        tls: { certificateArn: "app.example.com" },
        allowedCidrs: ["10.0.0.0", "10.0.0.0/8", "10.0.0.0/8"],
        alb: { webAclArn: "main" },
      },
    });
    assert.deepEqual(
      problems.map(({ path }) => path),
      [
        "mode",
        "cluster.subnetIds[0]",
        "cluster.nmae",
        "ingress.scheme",
        "ingress.hostnames[0]",
        "ingress.tls.certificateArn",
        "ingress.allowedCidrs[0]",
        "ingress.alb.webAclArn",
        "istio.version",
        "controlPlane.maxReplicas",
        "controlPlane.resources.limits.cpu",
      ],
    );
  });

  it("that contradict each other in many ways are reported together, once every value is well-formed", () => {
    const { problems } = resolveIstioMesh({
      mode: "ambient",
      cluster: { name: "prod" },
      istio: { profile: "minimal", revisionTags: ["prod", "prod"] },
      ingress: {
        strategy: "nlb",
        hostnames: ["app.example.com", "shop.example.org", "shop.example.org"],
        dns: { zoneName: "example.com" },
        allowedCidrs: ["10.0.0.0/8", "10.0.0.0/8"],
        healthCheck: { timeoutSeconds: 60 },
      },
      additionalIngresses: { inner: { strategy: "alb", gateway: { shareWith: "outer" } } },
      namespaces: { "kube-system": {}, shop: { labels: { "istio.io/rev": "a" } } },
      tags: { "aws:owner": "shop" },
      vpcCni: {},
    });
    assert.deepEqual(
      problems.map(({ path }) => path),
      [
        "istio.revisionTags[1]",
        "ingress.hostnames[1]",
        "ingress.hostnames[2]",
        "ingress.healthCheck.timeoutSeconds",
        "ingress.hostnames[2]",
        "ingress.allowedCidrs[1]",
        "additionalIngresses.inner.gateway.shareWith",
        "namespaces.kube-system",
        'namespaces.shop.labels["istio.io/rev"]',
        "ingress",
        "additionalIngresses.inner",
        'tags["aws:owner"]',
      ],
    );
  });

  it("that a program computes are told as known later, without their insides", () => {
    const later = pulumi.output("ambient");
    assert.deepEqual(resolveIstioMesh({ mode: later, cluster: { name: "prod" } }).problems, [
      {
        path: "mode",
        given: "[known later]",
        allowed: 'one of "sidecar", "ambient"',
        suggestion: 'write one of "sidecar", "ambient"',
      },
    ]);
  });

  it("in a list that a program computes are told without their insides", () => {
    const eipAllocationIds = [pulumi.secret("eipalloc-0123456789abcdef0")];
    const [problem] = resolveIstioMesh(withIngress({ nlb: { eipAllocationIds } })).problems;
    assert.equal(problem?.path, "ingress.nlb.eipAllocationIds");
    assert.equal(problem?.given, '["[known later]"]');
  });
});
