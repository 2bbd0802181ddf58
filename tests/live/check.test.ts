import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../cli/check/finding";
import type { Stack } from "./engine/stack";
import { Toolbox, repository } from "./engine/toolbox";
import { meshOf } from "./meshes";
import { describeTrial, eventually, noChange, succeeded, type Trial } from "./trial";

interface Checked {
  readonly code: number;
  /** What is not fine, by its place. */
  readonly bad: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
}

interface CheckOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Programs that are not on the PATH this time. */
  readonly without?: readonly string[];
  readonly flags?: readonly string[];
}

/** Runs the real command on a stack's own file, as one would who works in that test environment. */
class Checker {
  private readonly toolbox: Toolbox;

  public constructor(private readonly trial: Trial) {
    this.toolbox = new Toolbox(join(trial.testEnv.folder, "check-bin")).fill();
  }

  public async check(
    stack: Stack,
    { environment = {}, without = [], flags = [] }: CheckOptions = {},
  ): Promise<Checked> {
    const { testEnv } = this.trial;
    const PATH = this.toolbox.path(without);
    const env = { ...process.env, ...testEnv.environment, PATH, ...environment };
    // The machine is shared: what answers at all is worth waiting for.
    const command = ["check", "--config", stack.configFile, "--format", "json", "--timeout", "120", ...flags];
    const node = ["--import", "tsx", join(repository, "cli", "main.ts"), ...command];
    return new Promise((resolve, reject) => {
      execFile(process.execPath, node, { env, cwd: repository, maxBuffer: 20_000_000 }, (error, stdout, stderr) => {
        try {
          const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
          // The charts at hand may be of an older patch than the newest that the table knows.
          const isBad = ({ level, id }: Finding) => level !== "ok" && id !== "istio/old-patch";
          const bad = findings.filter(isBad).map(({ where, id }) => [where, id] as const);
          resolve({ code: error === null ? 0 : Number(error.code), bad: Object.fromEntries(bad), findings });
        } catch {
          reject(new Error(`${String(error)}\n${stdout}\n${stderr}`));
        }
      });
    });
  }

  /** Waits until the check finds exactly this, since controllers take a moment. */
  public async finds(stack: Stack, bad: Readonly<Record<string, string>>): Promise<Checked> {
    let last: Checked | undefined;
    await eventually(async () => {
      last = await this.check(stack);
      assert.deepEqual(last.bad, bad, JSON.stringify(last.findings, undefined, 1));
    }, 90);
    assert.ok(last !== undefined);
    return last;
  }
}

const controller = "Deployment aws-load-balancer-controller in kube-system";

/** The cluster has no VPC CNI; the nodes' addresses are modelled. */
async function addVpcCni(trial: Trial): Promise<void> {
  const { client } = trial.testEnv.cluster;
  const labels = { "k8s-app": "aws-node" };
  await client.post("/apis/apps/v1/namespaces/kube-system/daemonsets", {
    metadata: { name: "aws-node" },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "aws-node", image: "vpc-cni" }] } },
    },
  });
}

/** Does what a finding says is to be done, as a reader would who copies it. */
async function doAsWritten(trial: Trial, { suggestion }: Finding): Promise<void> {
  const env = {
    ...process.env,
    ...trial.testEnv.environment,
    PATH: new Toolbox(join(trial.testEnv.folder, "check-bin")).path(),
  };
  await new Promise<void>((resolve, reject) => {
    execFile("bash", ["-euo", "pipefail", "-c", String(suggestion)], { env }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

describeTrial("the check of a cluster", (trial) => {
  let stack: Stack;
  let checker: Checker;

  it("finds nothing wrong before the install", async () => {
    await addVpcCni(trial);
    await trial.takeAsGiven();
    checker = new Checker(trial);
    const mesh = { ...meshOf(trial.testEnv, { mode: "ambient", strategy: "nlb" }) };
    const inner = { strategy: "alb", routing: "istio" };
    stack = await trial.stack("checked", {
      ...mesh,
      istio: { ...(mesh["istio"] as object), values: { istiod: { env: { DB_PASSWORD: "hunter2" } } } },
      additionalIngresses: { inner },
      namespaces: { "my-app": { waypoint: true } },
    });
    const { code } = await checker.finds(stack, {});
    assert.equal(code, 0);
  });

  it("names what would stop an install: a namespace that is taken, definitions of others, in another version", async () => {
    const { gatewayApiManifest } = trial.testEnv.repository;
    await trial.kubectl(["create", "namespace", "istio-ingress"]);
    await trial.kubectl([
      "apply",
      "--server-side",
      "--field-manager=platform-team",
      `--filename=${gatewayApiManifest}`,
    ]);
    const definition = ["crd/httproutes.gateway.networking.k8s.io", "--field-manager=platform-team", "--overwrite"];
    await trial.kubectl(["annotate", ...definition, "gateway.networking.k8s.io/bundle-version=v1.7.0"]);
    const { code, findings } = await checker.finds(stack, {
      "Namespace istio-ingress": "istio/namespace-taken",
      "definitions of gateway.networking.k8s.io": "gateway-api/other-owner",
    });
    assert.equal(code, 1);
    const reported = findings.map(({ what }) => what).join("\n");
    assert.match(reported, /platform-team keeps them at v1\.\d\.\d and v1\.7\.0, and the mesh would bring v/);
    await trial.kubectl(["delete", "namespace", "istio-ingress"]);
    await trial.kubectl(["delete", "--ignore-not-found", `--filename=${gatewayApiManifest}`]);
    await checker.finds(stack, {});
  });

  it("names what the load balancers lack: a ready controller, its own definitions, the IngressClass, subnets", async () => {
    const { testEnv } = trial;
    const [definition, params] = [
      "crd/loadbalancerconfigurations.gateway.k8s.aws",
      join(testEnv.folder, "definition.json"),
    ];
    writeFileSync(params, await trial.kubectl(["get", definition, "--output=json"]));
    await testEnv.loadBalancerController.stop();
    await trial.kubectl(["delete", definition]);
    const ingressClass = join(testEnv.folder, "ingress-class.json");
    writeFileSync(ingressClass, await trial.kubectl(["get", "ingressclass/alb", "--output=json"]));
    await trial.kubectl(["delete", "ingressclass/alb"]);
    const tag = ["--tags", "Key=kubernetes.io/role/internal-elb"];
    const subnets = ["--resources", ...testEnv.account.privateSubnetIds];
    await trial.aws(["ec2", "delete-tags", ...subnets, ...tag]);
    await checker.finds(stack, {
      // Of two findings at one place the last is kept.
      [controller]: "controller/definitions-missing",
      "IngressClass alb": "ingress-class/missing",
      "ingress inner": "subnets/by-routes",
    });
    await trial.aws(["ec2", "create-tags", ...subnets, "--tags", "Key=kubernetes.io/role/internal-elb,Value=1"]);
    await trial.kubectl(["create", `--filename=${params}`]);
    await trial.kubectl(["create", `--filename=${ingressClass}`]);
    await testEnv.loadBalancerController.start();
    await checker.finds(stack, {});
  });

  it("names a certificate and a zone that are not there", async () => {
    const mesh = meshOf(trial.testEnv, { mode: "sidecar", strategy: "alb" });
    const wrong = { dns: { zoneName: "example.net" }, tls: { certificateDomain: "app.example.net" } };
    const loadBalancer = { strategy: "alb", hostnames: ["app.example.net"], ...wrong };
    const other = await trial.stack("wrong", { ...mesh, ingress: loadBalancer, namespaces: {} });
    const { findings } = await checker.check(other);
    const ids = findings.filter(({ level }) => level !== "ok").map(({ id }) => id);
    assert.deepEqual(ids, ["certificates/missing", "zones/missing"]);
  });

  it("finds nothing wrong after the install, and has looked at everything", async () => {
    succeeded(await stack.up());
    const { code, findings } = await checker.finds(stack, {});
    assert.equal(code, 0);
    const ids = new Set(findings.map(({ id }) => id));
    for (const id of ["releases/intact", "gateways/programmed", "load-balancers/active", "targets/healthy"]) {
      assert.ok(ids.has(id), `${id} in ${[...ids].join(", ")}`);
    }
    assert.equal(findings.filter(({ id }) => id === "releases/intact").length, 5);
  });

  it("finds a gateway Deployment that was deleted by hand, which Pulumi does not, and its suggestion fixes it", async () => {
    await trial.kubectl(["delete", "--namespace=istio-ingress", "deployment/inner"]);
    succeeded(await stack.refresh(noChange));
    const { code, findings } = await checker.check(stack);
    assert.equal(code, 1);
    const missing = findings.find(({ id }) => id === "releases/object-missing");
    assert.equal(missing?.where, "Deployment inner in istio-ingress (release inner)");
    await doAsWritten(trial, missing);
    await checker.finds(stack, {});
    succeeded(await stack.up(noChange));
  });

  it("finds what was changed by hand, and its suggestion fixes it", async () => {
    const patch = JSON.stringify({ spec: { template: { spec: { serviceAccountName: "default" } } } });
    await trial.kubectl(["patch", "--namespace=istio-system", "daemonset/ztunnel", `--patch=${patch}`]);
    const { findings } = await checker.check(stack);
    const changed = findings.find(({ id }) => id === "releases/object-changed");
    assert.ok(changed !== undefined, JSON.stringify(findings));
    assert.equal(changed.where, "DaemonSet ztunnel in istio-system (release ztunnel)");
    assert.match(changed.what, /serviceAccountName is default, not ztunnel/);
    await doAsWritten(trial, changed);
    await checker.finds(stack, {});
  });

  it("prints no credential that was changed by hand", async () => {
    await trial.kubectl(["set", "env", "--namespace=istio-system", "deployment/istiod", "DB_PASSWORD=hunter2-changed"]);
    const { findings } = await checker.check(stack);
    const changed = findings.find(({ id }) => id === "releases/object-changed");
    assert.ok(changed !== undefined, JSON.stringify(findings));
    assert.equal(changed.where, "Deployment istiod in istio-system (release istiod)");
    assert.doesNotMatch(JSON.stringify(findings), /hunter2/);
    await doAsWritten(trial, changed);
    await checker.finds(stack, {});
  });

  it("finds a load balancer that was deleted in AWS", async () => {
    const query = ["--query=LoadBalancers[].LoadBalancerArn", "--output=text"];
    const arns = (await trial.aws(["elbv2", "describe-load-balancers", ...query])).trim().split(/\s+/);
    await trial.testEnv.loadBalancerController.stop();
    const nlb = arns.find((arn) => arn.includes("k8s-istioing"));
    await trial.aws(["elbv2", "delete-load-balancer", `--load-balancer-arn=${String(nlb)}`]);
    await checker.finds(stack, {
      [controller]: "controller/not-ready",
      "Service istio-ingress": "load-balancers/gone",
    });
    await trial.testEnv.loadBalancerController.start();
    await checker.finds(stack, {});
  });

  it("reports what it cannot see, and goes on with the rest", async () => {
    const away = await checker.check(stack, { environment: { KUBECONFIG: "/dev/null" } });
    assert.equal(away.code, 1);
    assert.equal(away.bad["cluster live"], "releases/unknown");
    const ids = (some: Checked) => some.findings.map(({ id }) => id);
    assert.ok(ids(away).includes("access/cluster-unreachable"));
    assert.ok(ids(away).includes("cluster/active") && ids(away).includes("subnets/fit"));
    const noAws = await checker.check(stack, { without: ["aws"] });
    assert.equal(noAws.code, 1);
    assert.ok(ids(noAws).includes("access/aws-tool-missing") && ids(noAws).includes("releases/intact"));
    const kubeconfig = join(trial.testEnv.folder, "strange-kubeconfig");
    writeFileSync(
      kubeconfig,
      readFileSync(trial.testEnv.cluster.kubeconfig, "utf8").replace(/token: .*/, "token: nonsense"),
    );
    const unmanaged = await checker.check(stack, { flags: ["--kubeconfig", kubeconfig] });
    assert.ok(ids(unmanaged).includes("access/cluster-credentials"));
  });

  it("has changed nothing: the stack is as it was, and goes without a trace", async () => {
    succeeded(await stack.up(noChange));
    succeeded(await stack.destroy());
    assert.deepEqual(await trial.left(), []);
    await checker.finds(stack, {});
  });
});
