import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { type CleanupFacts, planCleanup, planMeshCleanup } from "../../components/cleanup/cleanup-plan";
import { cleanupScript } from "../../components/cleanup/cleanup-script";
import type { CleanupSettings } from "../../components/plan/settings";
import type { IstioMeshArgs } from "../../components";
import { clusterFacts, settingsOf } from "../support/settings";

const settings: CleanupSettings = {
  timeoutSeconds: 600,
  waitForNetworkInterfaces: false,
  ignoreUnreachableCluster: false,
  kubectl: "kubectl",
};
const facts: CleanupFacts = {
  namespaces: ["istio-system", "istio-ingress"],
  objects: ["Service/shop@edge"],
  controller: "aws-load-balancer-controller",
  securityGroupIds: ["sg-1", "sg-2"],
  region: () => "eu-central-1",
  aws: () => ({ profile: "shop", roleArn: "arn:role" }),
  kubeconfig: "kubeconfig of prod",
  needsAws: false,
  after: ["service-istio-ingress", "gateway-istio-ingress"],
};
const plan = (changes: Partial<CleanupSettings> = {}, known: Partial<CleanupFacts> = {}) =>
  planCleanup({ ...settings, ...changes }, { ...facts, ...known });

describe("planCleanup", () => {
  it("comes after everything it is told of, so that destroy runs it first and alone", () => {
    const { name, after, kubeconfig, timeoutSeconds } = plan();
    assert.deepEqual(
      { name, after, kubeconfig, timeoutSeconds },
      { name: "cleanup", after: facts.after, kubeconfig: "kubeconfig of prod", timeoutSeconds: 600 },
    );
  });

  it("keeps the script in the environment: of a command that fails the engine prints every line", () => {
    assert.equal(plan().delete, 'exec /bin/sh -c "$ISTIO_EKS_CLEANUP"');
    assert.equal(plan().environment["ISTIO_EKS_CLEANUP"], cleanupScript);
  });

  it("tells the script what to remove, for how long to wait, and who should be there to do it", () => {
    assert.deepEqual(plan().environment, {
      ISTIO_EKS_CLEANUP: cleanupScript,
      KUBECTL: "kubectl",
      TIMEOUT: "600",
      IGNORE_UNREACHABLE: "false",
      CONTROLLER: "aws-load-balancer-controller",
      NAMESPACES: "istio-system istio-ingress",
      OBJECTS: "Service/shop@edge",
      REGION: "",
      PROFILE: "",
      ROLE_ARN: "",
    });
  });

  it("asks AWS for network interfaces only if it is to", () => {
    assert.deepEqual(plan().joined, { SECURITY_GROUPS: [] });
    const waiting = plan({ waitForNetworkInterfaces: true });
    assert.deepEqual(waiting.joined, { SECURITY_GROUPS: ["sg-1", "sg-2"] });
    const { REGION, PROFILE, ROLE_ARN } = waiting.environment;
    assert.deepEqual([REGION, PROFILE, ROLE_ARN], ["eu-central-1", "shop", "arn:role"]);
  });

  it("passes on what counts as gone, and every variable that the script reads", () => {
    assert.equal(plan({ ignoreUnreachableCluster: true }).environment["IGNORE_UNREACHABLE"], "true");
    const { environment, joined } = plan();
    const given = [...Object.keys(environment), ...Object.keys(joined)];
    const read = [...cleanupScript.matchAll(/\$\{?([A-Z][A-Z_]+)/g)].map(([, variable]) => String(variable));
    for (const variable of read) assert.ok(given.includes(variable) || variable === "PATH", variable);
    assert.ok(read.includes("SECURITY_GROUPS"));
  });

  describe("its check at `up`", () => {
    /** What a shell says that knows no other commands than its own. */
    const run = (script: string) =>
      spawnSync("/bin/sh", ["-c", script], { encoding: "utf8", env: { PATH: "/nowhere" } });

    it("fails while the tools can still be installed, and says which is missing and what for", () => {
      const { status, stderr } = run(plan().create);
      assert.equal(status, 1);
      assert.match(
        stderr,
        /istio-eks: kubectl was not found; pulumi destroy will need it .* cleanup\.enabled to false/,
      );
    });

    it("does nothing where they are there", () => {
      const { status, stdout, stderr } = run(plan({ kubectl: "/bin/sh" }).create);
      assert.deepEqual([status, stdout, stderr], [0, "", ""]);
    });

    it("wants the aws command too where the kubeconfig calls it, or interfaces are to be waited for", () => {
      const kubectl = "/bin/sh";
      assert.equal(run(plan({ kubectl }).create).status, 0);
      assert.match(run(plan({ kubectl }, { needsAws: true }).create).stderr, /istio-eks: aws was not found/);
      assert.match(
        run(plan({ kubectl, waitForNetworkInterfaces: true }).create).stderr,
        /istio-eks: aws was not found/,
      );
    });

    it("takes a path with spaces and quotes for what it is", () => {
      const { status, stderr } = run(plan({ kubectl: "/opt/it's here/kubectl" }).create);
      assert.equal(status, 1);
      assert.match(stderr, /^istio-eks: \/opt\/it's here\/kubectl was not found/);
    });
  });
});

describe("planMeshCleanup", () => {
  const created = { cluster: clusterFacts, groups: { "istio-ingress": "sg-1", shop: "sg-2" }, names: ["a", "b"] };

  function plan(args: Partial<IstioMeshArgs>) {
    const [cleanup, ...more] = planMeshCleanup(settingsOf(args), created);
    assert.deepEqual(more, []);
    assert.ok(cleanup);
    return cleanup;
  }

  it("stays, and does nothing, if it is switched off: Pulumi runs the delete of a command that leaves the program", () => {
    const { name, after, create, delete: onDelete, environment, kubeconfig } = plan({ cleanup: { enabled: false } });
    assert.deepEqual({ name, after }, { name: plan({}).name, after: plan({}).after });
    assert.deepEqual([create, onDelete, environment, kubeconfig], [":", ":", {}, ""]);
  });

  it("comes after everything made", () => assert.deepEqual(plan({}).after, ["a", "b"]));

  it("empties the namespaces that the mesh makes, those of applications too", () => {
    const args: Partial<IstioMeshArgs> = {
      ingress: { strategy: "nlb", gateway: { namespace: "edge" } },
      namespaces: { shop: {}, foreign: { create: false } },
    };
    assert.equal(plan(args).environment["NAMESPACES"], "istio-system edge shop");
    assert.equal(plan(args).environment["OBJECTS"], "");
  });

  it("removes only its own objects where someone else owns the namespace", () => {
    const args: Partial<IstioMeshArgs> = {
      istio: { profile: "empty" },
      ingress: { strategy: "nlb" },
      additionalIngresses: { shop: { strategy: "alb", gateway: { shareWith: "istio-ingress" } } },
    };
    assert.equal(plan(args).environment["NAMESPACES"], "");
    assert.equal(plan(args).environment["OBJECTS"], "Service/istio-ingress@istio-ingress Ingress/shop@istio-ingress");
  });

  it("asks for the aws command where the kubeconfig will call it for credentials", () => {
    assert.match(plan({}).create, /command -v 'aws'/);
    assert.doesNotMatch(plan({ cluster: { name: "prod", kubeconfig: "k" } }).create, /command -v 'aws'/);
  });

  it("watches the network interfaces of every load balancer's group", () => {
    const args = { cleanup: { waitForNetworkInterfaces: true } };
    assert.deepEqual(plan(args).joined, { SECURITY_GROUPS: ["sg-1", "sg-2"] });
    assert.equal(plan(args).environment["REGION"], "eu-central-1");
  });

  it("knows who should be there to remove load balancers", () => {
    assert.equal(plan({ loadBalancerController: "eks-auto-mode" }).environment["CONTROLLER"], "eks-auto-mode");
  });
});
