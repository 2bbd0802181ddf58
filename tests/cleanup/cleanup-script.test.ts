import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanupScript } from "../../components/cleanup/cleanup-script";

/**
 * A kubectl that knows a cluster of files: `objects` has a line `<kind>/<name> <namespace>` each, and what is deleted
 * goes, but for what `stuck` names. Files `fails-…` make a call fail with their text.
 */
const kubectl = String.raw`#!/bin/sh
case "$1" in --kubeconfig=*) cat "$(echo "$1" | cut -d= -f2)" >"$STATE/kubeconfig"; shift ;; esac
echo "$*" >>"$STATE/calls"
all="$*" verb=$1 what=$2
fail() { if [ -f "$STATE/fails-$1" ]; then cat "$STATE/fails-$1" >&2; exit 1; fi; }
namespace() { while [ $# -gt 0 ]; do [ "$1" = -n ] && echo "$2"; shift; done; }
here=$(namespace "$@")
in_namespace() { grep "^$1/.* $here\$" "$STATE/objects" | cut -d' ' -f1; }
case "$verb $what" in
"get --raw=/readyz") fail readyz; echo ok ;;
"get gateways.gateway.networking.k8s.io") fail gateways; cat "$STATE/gateways-$here" 2>/dev/null || true ;;
"get ingresses.networking.k8s.io") fail ingresses; in_namespace ingress.networking.k8s.io || true ;;
"get services") fail services; in_namespace service || true ;;
"get targetgroupbindings."*) fail bindings; in_namespace "targetgroupbinding.$(echo "$what" | cut -d. -f2-)" || true ;;
"get events") cat "$STATE/events" 2>/dev/null || true ;;
"get deployments") cat "$STATE/controller" 2>/dev/null || true ;;
get*) case "$all" in *finalizers*) echo '["service.k8s.aws/resources"]' ;; *) grep "^$what $here\$" "$STATE/objects" | cut -d' ' -f1; fail object ;; esac ;;
delete*)
  fail delete
  grep -q "^$what $here\$" "$STATE/stuck" 2>/dev/null && exit 0
  grep -v "^$what $here\$" "$STATE/objects" >"$STATE/rest"
  mv "$STATE/rest" "$STATE/objects"
  [ ! -f "$STATE/gateways-$here" ] || : >"$STATE/gateways-$here" ;;
wait*) grep -q "^$3 $here\$" "$STATE/objects" && exit 1 || exit 0 ;;
esac
`;

const aws = String.raw`#!/bin/sh
echo "aws $*" >>"$STATE/calls"
if [ -f "$STATE/fails-aws" ]; then cat "$STATE/fails-aws" >&2; exit 255; fi
if [ -s "$STATE/interfaces" ]; then cat "$STATE/interfaces"; : >"$STATE/interfaces"; fi
`;

interface World {
  /** Files of the cluster. */
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the script against a cluster of files and tells how it ended, what it said and what it called. */
function destroy({ files = {}, environment = {} }: World = {}) {
  const state = mkdtempSync(join(tmpdir(), "cleanup-"));
  const call = (name: string, script: string) => writeFileSync(join(state, name), script, { mode: 0o755 });
  call("kubectl", kubectl);
  call("aws", aws);
  call("sleep", "#!/bin/sh\n");
  for (const [name, text] of Object.entries({ calls: "", objects: "", ...files }))
    writeFileSync(join(state, name), text);
  try {
    const { status, stderr } = spawnSync("/bin/sh", ["-c", cleanupScript], {
      encoding: "utf8",
      input: "the kubeconfig",
      env: {
        PATH: `${state}:${String(process.env["PATH"])}`,
        STATE: state,
        TMPDIR: state,
        KUBECTL: "kubectl",
        TIMEOUT: "2",
        IGNORE_UNREACHABLE: "false",
        CONTROLLER: "aws-load-balancer-controller",
        NAMESPACES: "istio-system istio-ingress",
        OBJECTS: "",
        SECURITY_GROUPS: "",
        REGION: "",
        ...environment,
      },
    });
    const read = (name: string) => readFileSync(join(state, name), "utf8");
    const calls = read("calls").trim().split("\n");
    const removed = calls.filter((line) => line.startsWith("delete ")).map((line) => line.split(" ")[1]);
    const kubeconfig = existsSync(join(state, "kubeconfig")) ? read("kubeconfig") : undefined;
    const folders = readdirSync(state, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return { status, stderr, calls, removed, kubeconfig, folders };
  } finally {
    rmSync(state, { recursive: true });
  }
}

const balancers = "service/shop istio-ingress\ningress.networking.k8s.io/shop istio-ingress\n";

describe("cleanupScript", () => {
  it("is content where there is nothing to remove", () => {
    const { status, stderr, removed } = destroy();
    assert.deepEqual([status, stderr, removed], [0, "", []]);
  });

  it("removes every Ingress and every Service with a load balancer in the mesh's namespaces, and waits for their end", () => {
    const { status, removed, calls, stderr } = destroy({ files: { objects: balancers } });
    assert.equal(status, 0);
    assert.deepEqual(removed, ["ingress.networking.k8s.io/shop", "service/shop"]);
    const waits = calls.filter((line) => line.startsWith("wait --for=delete"));
    assert.equal(waits.length, 2);
    assert.match(stderr, /removing service\/shop in namespace istio-ingress/);
  });

  it("deletes all before it waits for any, so that AWS removes the load balancers side by side", () => {
    const { calls } = destroy({ files: { objects: balancers } });
    const verbs = calls.map((line) => line.split(" ")[0]).filter((verb) => verb === "delete" || verb === "wait");
    assert.deepEqual(verbs, ["delete", "delete", "wait", "wait"]);
  });

  it("asks only for Services of type LoadBalancer", () => {
    const asked = destroy().calls.filter((line) => line.startsWith("get services"));
    assert.ok(asked.length > 0);
    for (const line of asked) assert.match(line, /@\.spec\.type=="LoadBalancer"/);
  });

  it("removes a Gateway whose Service istiod makes again, but not one that stays inside the cluster", () => {
    const gateway = "gateway.gateway.networking.k8s.io";
    const lines = [
      `${gateway}/public istio `,
      `${gateway}/inside istio ClusterIP`,
      `${gateway}/ports istio NodePort`,
      `${gateway}/waypoint istio-waypoint `,
      "",
    ].join("\n");
    const { status, removed } = destroy({ files: { "gateways-istio-ingress": lines } });
    assert.deepEqual([status, removed], [0, [`${gateway}/public`]]);
  });

  it("touches only the named objects in namespaces of others, and not what is gone already", () => {
    const environment = { NAMESPACES: "", OBJECTS: "service/shop@edge service/gone@edge" };
    const { status, removed } = destroy({ files: { objects: "service/shop edge\nservice/other edge\n" }, environment });
    assert.deepEqual([status, removed], [0, ["service/shop"]]);
  });

  it("removes bindings to target groups that someone made by hand, of either controller", () => {
    const objects =
      "targetgroupbinding.elbv2.k8s.aws/a istio-ingress\ntargetgroupbinding.eks.amazonaws.com/b istio-system\n";
    const { status, removed } = destroy({ files: { objects } });
    assert.equal(status, 0);
    assert.deepEqual([...removed].sort(), [
      "targetgroupbinding.eks.amazonaws.com/b",
      "targetgroupbinding.elbv2.k8s.aws/a",
    ]);
  });

  it("reads the kubeconfig from its input, where no list of processes shows it", () => {
    const { calls, kubeconfig } = destroy({ files: { objects: balancers } });
    assert.equal(kubeconfig, "the kubeconfig");
    for (const line of calls) assert.doesNotMatch(line, /the kubeconfig/);
  });

  it("leaves no file behind, whether it succeeds or not: a kubeconfig is a secret", () => {
    assert.deepEqual(destroy({ files: { objects: balancers } }).folders, []);
    assert.deepEqual(destroy({ files: { "fails-services": "Forbidden\n" } }).folders, []);
  });

  it("does not mind a cluster without the Gateway API or without bindings", () => {
    const missing = 'error: the server doesn\'t have a resource type "gateways"\n';
    assert.equal(destroy({ files: { "fails-gateways": missing, "fails-bindings": missing } }).status, 0);
  });

  it("takes nothing for gone that it may not see, and touches nothing then", () => {
    for (const kind of ["gateways", "ingresses", "services"]) {
      const forbidden = `Error from server (Forbidden): ${kind} is forbidden\n`;
      const { status, stderr, removed } = destroy({ files: { objects: balancers, [`fails-${kind}`]: forbidden } });
      assert.equal(status, 1, kind);
      assert.deepEqual(removed, [], kind);
      assert.match(stderr, /is forbidden[^]*The mesh itself is untouched/);
    }
  });

  it("stops at a delete that is refused", () => {
    const { status, stderr } = destroy({ files: { objects: balancers, "fails-delete": "denied by webhook\n" } });
    assert.equal(status, 1);
    assert.match(stderr, /denied by webhook/);
  });

  describe("when the time is over", () => {
    const files = {
      objects: "service/shop istio-ingress\n",
      stuck: "service/shop istio-ingress\n",
      events: "FailedDeployModel: deletion_protection is enabled\n",
    };

    it("names what is still there, its finalizers and its last events", () => {
      const { status, stderr } = destroy({ files: { ...files, controller: "2" } });
      assert.equal(status, 1);
      assert.match(stderr, /still there: service\/shop in namespace istio-ingress, finalizers .*service\.k8s\.aws/);
      assert.match(stderr, /event FailedDeployModel: deletion_protection is enabled/);
      assert.match(stderr, /gave up after 2 seconds\. The mesh itself is untouched/);
    });

    it("says so if nobody is there who could remove a load balancer", () => {
      for (const controller of ["", "0", "0 0"]) {
        assert.match(destroy({ files: { ...files, controller } }).stderr, /No AWS Load Balancer Controller is ready/);
      }
    });

    it("does not look for a controller that EKS runs itself", () => {
      const { stderr } = destroy({ files, environment: { CONTROLLER: "eks-auto-mode" } });
      assert.doesNotMatch(stderr, /No AWS Load Balancer Controller/);
      assert.match(stderr, /gave up after 2 seconds/);
    });

    it("never strips a finalizer: that would make an orphan of the load balancer", () => {
      const { calls } = destroy({ files });
      assert.ok(!calls.some((line) => /^(patch|edit|replace|apply) /.test(line)));
      assert.doesNotMatch(cleanupScript, /patch|"finalizers":/);
    });
  });

  describe("before it touches anything", () => {
    it("wants its kubectl", () => {
      const { status, stderr } = destroy({ environment: { KUBECTL: "kubectl-1.35" } });
      assert.equal(status, 1);
      assert.match(stderr, /kubectl-1\.35 was not found, so nothing was removed yet/);
    });

    it("stops at a cluster that does not answer, and says where to read on", () => {
      const { status, stderr } = destroy({ files: { "fails-readyz": "dial tcp: connection refused\n" } });
      assert.equal(status, 1);
      assert.match(
        stderr,
        /cannot be reached, so nothing was removed yet.*When destroy cannot finish.*connection refused/,
      );
    });

    it("takes such a cluster for gone only if told to", () => {
      const environment = { IGNORE_UNREACHABLE: "true" };
      const { status, stderr } = destroy({ files: { "fails-readyz": "connection refused\n" }, environment });
      assert.equal(status, 0);
      assert.match(stderr, /counts as gone.*Load balancers it made may still be in AWS/);
    });

    it("does not take a cluster for gone that only refuses the credentials", () => {
      const environment = { IGNORE_UNREACHABLE: "true" };
      for (const answer of ["Unauthorized", "Error: ExpiredToken", "Forbidden", "Unable to locate credentials"]) {
        const { status, stderr } = destroy({ files: { "fails-readyz": `${answer}\n` }, environment });
        assert.equal(status, 1, answer);
        assert.match(stderr, /refuses the credentials/);
      }
    });
  });

  describe("network interfaces", () => {
    const environment = { SECURITY_GROUPS: "sg-1", REGION: "eu-central-1" };

    it("are not asked for unless wanted", () => {
      assert.ok(!destroy().calls.some((line) => line.startsWith("aws ")));
    });

    it("are asked for by the load balancer's group, until AWS has released them", () => {
      const { status, calls } = destroy({
        files: { interfaces: "eni-1\n" },
        environment: { ...environment, TIMEOUT: "30" },
      });
      const asked = calls.filter((line) => line.startsWith("aws "));
      assert.equal(status, 0);
      assert.equal(asked.length, 2);
      assert.match(String(asked[0]), /--region eu-central-1 --filters Name=group-id,Values=sg-1/);
    });

    it("are named if they are still there when the time is over", () => {
      const { status, stderr } = destroy({
        files: { interfaces: "eni-1\n" },
        environment: { ...environment, TIMEOUT: "1" },
      });
      assert.equal(status, 1);
      assert.match(stderr, /AWS still holds network interfaces with sg-1: eni-1/);
    });

    it("do not count as gone because AWS could not be asked", () => {
      assert.equal(destroy({ files: { "fails-aws": "AccessDenied\n" }, environment }).status, 1);
    });
  });
});
