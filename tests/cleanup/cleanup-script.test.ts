import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanupScript } from "../../components/cleanup/cleanup-script";

/**
 * A kubectl that knows a cluster of files: `objects` has a line of each, in the fields that the script asks for, and
 * what is deleted goes, but for what `stuck` names as `Kind/name`. Files `fails-…` make a call fail with their text.
 */
const kubectl = String.raw`#!/bin/sh
case "$1" in --kubeconfig=*) cat "$(echo "$1" | cut -d= -f2)" >"$STATE/kubeconfig"; shift ;; esac
printf '%s\n' "$*" >>"$STATE/calls"
if [ -f "$STATE/asks-for-a-token" ]; then aws eks get-token --cluster-name my-cluster >>"$STATE/tokens" || exit 1; fi
fail() { if [ -f "$STATE/fails-$1" ]; then cat "$STATE/fails-$1" >&2; exit 1; fi; }
case "$1 $2" in
"get --raw=/apis")
  fail apis
  if [ -f "$STATE/silent-once" ]; then mv "$STATE/silent-once" "$STATE/silenced"; echo "i/o timeout" >&2; exit 1; fi
  cat "$STATE/groups" ;;
"get services,"*)
  fail list
  [ ! -f "$STATE/deleted" ] || fail second-list
  place=$(echo "$3" | cut -d= -f2)
  mark=$(echo "$*" | sed -n 's/.*range .items\[\*\]}\([^|]*\)|.*/\1/p')
  while IFS= read -r line; do
    [ "$(printf '%s' "$line" | cut -d'|' -f3)" != "$place" ] || printf '%b\n' "$mark|$line"
  done <"$STATE/objects" ;;
"get -f") fail progress; sed -n 's/^kind: //p' "$3" ;;
"get events") case "$*" in *involvedObject.kind=Service,involvedObject.name=*) cat "$STATE/events" 2>/dev/null ;; esac ;;
"get deployments") cat "$STATE/controller" 2>/dev/null || true ;;
"delete -f")
  fail delete
  [ ! -f "$STATE/interrupts" ] || { kill -INT "$PPID"; exit 130; }
  [ ! -f "$STATE/slow" ] || /bin/sleep 0.4
  sed -n 's/^kind: //p; s/^metadata: {name: "\(.*\)", namespace: "\(.*\)"}/\2 \1/p; s/^apiVersion: //p' "$3" | paste -d' ' - - - |
    while read -r version kind namespace name; do
      echo "$version $kind/$name $namespace" >>"$STATE/deleted"
      grep -q "^$kind/$name\$" "$STATE/stuck" 2>/dev/null && continue
      grep -v "^$version|$kind|$namespace|$name|" "$STATE/objects" >"$STATE/rest"
      mv "$STATE/rest" "$STATE/objects"
    done
  [ ! -f "$STATE/stuck" ] || { echo "error: timed out waiting for the condition on services/shop" >&2; exit 1; } ;;
esac
`;

const groups = JSON.stringify({
  kind: "APIGroupList",
  groups: [{ name: "apps" }, { name: "gateway.networking.k8s.io" }, { name: "elbv2.k8s.aws" }],
});

/** Passes time quickly, but for the half minute between two words on the progress, unless the cluster is slow. */
const sleep = String.raw`#!/bin/sh
if [ "$1" = 30 ]; then if [ -f "$STATE/slow" ]; then exec /bin/sleep 0.1; else exec /bin/sleep 2; fi; fi
`;

const aws = String.raw`#!/bin/sh
echo "aws $*" >>"$STATE/calls"
echo "$2 $AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_SESSION_TOKEN" >>"$STATE/credentials"
if [ "$2" = assume-role ]; then
  if [ -f "$STATE/fails-assume" ]; then cat "$STATE/fails-assume" >&2; exit 254; fi
  printf 'AKIAROLE\tse+cret/x=\ttoken==\n'
  exit
fi
if [ -f "$STATE/fails-aws" ]; then cat "$STATE/fails-aws" >&2; exit 255; fi
if [ "$2" = describe-security-groups ]; then [ ! -f "$STATE/other-account" ]; exit; fi
if [ -s "$STATE/interfaces" ]; then cat "$STATE/interfaces"; : >"$STATE/interfaces"; fi
`;

interface TestEnv {
  /** Files of the cluster. */
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the script against a cluster of files and reports how it ended, what it said and what it called. */
function destroy({ files = {}, environment = {} }: TestEnv = {}) {
  const state = mkdtempSync(join(tmpdir(), "cleanup-"));
  const call = (name: string, script: string) => writeFileSync(join(state, name), script, { mode: 0o755 });
  call("kubectl", kubectl);
  call("aws", aws);
  call("sleep", sleep);
  for (const [name, text] of Object.entries({ calls: "", objects: "", groups, ...files }))
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
        PROFILE: "",
        ROLE_ARN: "",
        ...environment,
      },
    });
    const read = (name: string) => readFileSync(join(state, name), "utf8");
    const calls = read("calls").trim().split("\n");
    const credentials = existsSync(join(state, "credentials")) ? read("credentials").trim().split("\n") : [];
    const removed = existsSync(join(state, "deleted")) ? read("deleted").trim().split("\n") : [];
    const kubeconfig = existsSync(join(state, "kubeconfig")) ? read("kubeconfig") : undefined;
    const folders = readdirSync(state, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return { status, stderr, calls, credentials, removed, kubeconfig, folders };
  } finally {
    rmSync(state, { recursive: true });
  }
}

/** A line of the cluster: `fields` are type, class of a Gateway, finalizers, and the Gateway's kind of Service. */
const object = (type: string, [namespace, name]: readonly [string, string], fields = "|||") =>
  `${type}|${namespace}|${name}|${fields}\n`;
const service = (namespace: string, name: string, type = "LoadBalancer") =>
  object("v1|Service", [namespace, name], `${type}||["service.k8s.aws/resources"]|`);
const ingress = (namespace: string, name: string) => object("networking.k8s.io/v1|Ingress", [namespace, name]);
const gateway = (name: string, fields: string) =>
  object("gateway.networking.k8s.io/v1|Gateway", ["istio-ingress", name], fields);
const binding = (version: string, name: string) => object(`${version}|TargetGroupBinding`, ["istio-ingress", name]);

const balancers = ingress("istio-ingress", "shop") + service("istio-ingress", "shop");

describe("cleanupScript", () => {
  it("is content where there is nothing to remove", () => {
    const { status, stderr, removed } = destroy();
    assert.deepEqual([status, stderr, removed], [0, "", []]);
  });

  it("removes every Ingress and every Service with a load balancer in the mesh's namespaces, and waits for their end", () => {
    const others = service("shop", "theirs") + service("istio-system", "istiod", "ClusterIP");
    const { status, removed, calls, stderr } = destroy({ files: { objects: balancers + others } });
    assert.equal(status, 0);
    assert.deepEqual(removed, ["networking.k8s.io/v1 Ingress/shop istio-ingress", "v1 Service/shop istio-ingress"]);
    assert.match(String(calls.find((line) => line.startsWith("delete "))), /--wait --timeout=[12]s/);
    assert.match(stderr, /removing Service\/shop in namespace istio-ingress/);
  });

  it("calls kubectl as seldom as can be: each call may take a helper for credentials a second or two", () => {
    const verbs = (objects: string) => destroy({ files: { objects } }).calls.map((line) => line.split(" ")[0]);
    const once = ["get", "get"];
    assert.deepEqual(verbs(""), ["get", ...once]);
    assert.deepEqual(verbs(balancers), ["get", ...once, "delete", ...once]);
  });

  it("asks for a token once, and hands on what else is asked of aws", () => {
    const files = { objects: balancers, "asks-for-a-token": "" };
    const environment = { SECURITY_GROUPS: "sg-1", REGION: "eu-central-1" };
    const { status, calls } = destroy({ files, environment });
    assert.equal(status, 0);
    const asked = calls.filter((line) => line.startsWith("aws ")).map((line) => line.split(" ").slice(1, 3).join(" "));
    assert.deepEqual(asked, ["eks get-token", "ec2 describe-security-groups", "ec2 describe-network-interfaces"]);
  });

  it("asks again for a token that it did not get", () => {
    const files = { objects: balancers, "asks-for-a-token": "", "fails-aws": "expired\n" };
    const { status, stderr, calls } = destroy({ files });
    assert.equal(status, 1);
    assert.match(stderr, /the cluster refuses the credentials, so nothing was removed yet.*expired/);
    assert.equal(calls.filter((line) => line.startsWith("aws ")).length, 1, "and stops at the first");
  });

  it("removes a Gateway whose Service istiod makes again, but not one that stays inside the cluster", () => {
    const objects = [
      gateway("public", "|istio||"),
      gateway("inside", "|istio||ClusterIP"),
      gateway("ports", "|istio||NodePort"),
      gateway("waypoint", "|istio-waypoint||"),
      gateway("other-cluster", "|istio-remote||"),
    ].join("");
    const { status, removed } = destroy({ files: { objects } });
    assert.deepEqual([status, removed], [0, ["gateway.networking.k8s.io/v1 Gateway/public istio-ingress"]]);
  });

  it("touches only the named objects in namespaces of others, and not what is gone already", () => {
    const environment = { NAMESPACES: "", OBJECTS: "Service/shop@edge Ingress/gone@edge" };
    const objects = service("edge", "shop") + service("edge", "other") + ingress("edge", "shop");
    const { status, removed } = destroy({ files: { objects }, environment });
    assert.deepEqual([status, removed], [0, ["v1 Service/shop edge"]]);
  });

  it("removes bindings to target groups that someone made by hand, once the load balancers are gone", () => {
    const objects = binding("elbv2.k8s.aws/v1beta1", "a") + balancers;
    const { status, removed } = destroy({ files: { objects } });
    assert.equal(status, 0);
    assert.equal(removed.at(-1), "elbv2.k8s.aws/v1beta1 TargetGroupBinding/a istio-ingress");
    assert.equal(removed.length, 3);
  });

  it("asks for bindings of EKS Auto Mode where that is the controller: others have its group for other kinds", () => {
    const asked = (CONTROLLER: string) =>
      destroy({ files: { groups: '{"groups":[{"name": "eks.amazonaws.com"}]}' }, environment: { CONTROLLER } })
        .calls[1];
    assert.match(String(asked("eks-auto-mode")), /targetgroupbindings\.eks\.amazonaws\.com/);
    assert.doesNotMatch(String(asked("aws-load-balancer-controller")), /targetgroupbindings/);
  });

  describe("where others may write objects", () => {
    const hostile = (name: string, text: string) =>
      object("v1|Service", ["istio-ingress", name], `ClusterIP|||${text.replaceAll("\n", "\\n")}`);

    it("asks only in the mesh's namespaces and in those of the named objects, once in each", () => {
      const environment = { NAMESPACES: "istio-system edge", OBJECTS: "Service/a@edge Ingress/b@shop" };
      const asked = destroy({ environment })
        .calls.slice(1)
        .map((line) => /--namespace=(\S+)/.exec(line)?.[1]);
      assert.deepEqual(asked, ["edge", "istio-system", "shop"]);
    });

    it("takes no line of an annotation for an object", () => {
      const forged = [
        "x\nv1|Service|istio-ingress|forged|LoadBalancer|||",
        "x\n|v1|Service|istio-ingress|forged|LoadBalancer|||",
        "x\nrow-1|v1|Service|istio-ingress|forged|LoadBalancer|||",
        "|LoadBalancer|v1|Service|istio-ingress|forged|LoadBalancer|",
      ];
      const objects = forged.map((text, index) => hostile(`hostile-${index}`, text)).join("");
      const { status, removed } = destroy({ files: { objects: objects + service("istio-ingress", "shop") } });
      assert.deepEqual([status, removed], [0, ["v1 Service/shop istio-ingress"]]);
    });

    it("takes no name that Kubernetes would not take", () => {
      const names = ["x}, a: {b: c", 'x", namespace: "kube-system', "x\\n---", "$(id)", "`id`", "X", "a*"];
      const objects = names.map((name) => service("istio-ingress", name)).join("");
      const { status, removed, stderr } = destroy({ files: { objects } });
      assert.deepEqual([status, removed, stderr], [0, [], ""]);
    });

    it("writes a name that YAML would read as something else as the text it is", () => {
      const objects = service("istio-ingress", "123") + service("istio-ingress", "null");
      assert.deepEqual(destroy({ files: { objects } }).removed, [
        "v1 Service/123 istio-ingress",
        "v1 Service/null istio-ingress",
      ]);
    });
  });

  it("reads the kubeconfig from its input, where no list of processes shows it", () => {
    const { calls, kubeconfig } = destroy({ files: { objects: balancers } });
    assert.equal(kubeconfig, "the kubeconfig");
    for (const line of calls) assert.doesNotMatch(line, /the kubeconfig/);
  });

  it("leaves no file behind, whether it succeeds or not: a kubeconfig is a secret", () => {
    assert.deepEqual(destroy({ files: { objects: balancers } }).folders, []);
    assert.deepEqual(destroy({ files: { "fails-list": "Forbidden\n" } }).folders, []);
  });

  it("says how to go on or back when it is interrupted, and leaves no file behind", () => {
    const { status, stderr, folders } = destroy({ files: { objects: balancers, interrupts: "" } });
    assert.equal(status, 1);
    assert.match(stderr, /interrupted\. Run pulumi destroy again to go on; to keep the mesh, pulumi up --refresh/);
    assert.deepEqual(folders, []);
  });

  it("does not ask a cluster for kinds that it does not have", () => {
    const { status, calls } = destroy({ files: { groups: '{"groups":[{"name":"apps"}]}' } });
    assert.equal(status, 0);
    assert.match(String(calls[1]), /^get services,ingresses\.networking\.k8s\.io --namespace=istio-ingress /);
  });

  it("takes nothing for gone that it may not see, and touches nothing then", () => {
    const forbidden = "Error from server (Forbidden): ingresses is forbidden\n";
    const { status, stderr, removed } = destroy({ files: { objects: balancers, "fails-list": forbidden } });
    assert.deepEqual([status, removed], [1, []]);
    assert.match(stderr, /is forbidden[^]*The mesh itself is untouched/);
  });

  it("takes nothing for gone because it could not look again", () => {
    const { status, stderr } = destroy({ files: { objects: balancers, "fails-second-list": "connection refused\n" } });
    assert.equal(status, 1);
    assert.match(stderr, /connection refused[^]*whether all is gone could not be read/);
  });

  it("tells meanwhile what it waits for: AWS takes minutes", () => {
    const { status, stderr } = destroy({ files: { objects: balancers, slow: "" } });
    assert.equal(status, 0);
    assert.match(stderr, /still waiting for Ingress Service - [12] of 2 seconds left/);
  });

  it("says nothing of what it waits for where it cannot ask", () => {
    const { status, stderr } = destroy({ files: { objects: balancers, slow: "", "fails-progress": "no route\n" } });
    assert.equal(status, 0);
    assert.doesNotMatch(stderr, /still waiting|no route/);
  });

  it("stops at a delete that is refused", () => {
    const { status, stderr } = destroy({ files: { objects: balancers, "fails-delete": "denied by webhook\n" } });
    assert.equal(status, 1);
    assert.match(stderr, /The mesh itself is untouched.*denied by webhook/);
  });

  describe("when the time is over", () => {
    const files = {
      objects: service("istio-ingress", "shop"),
      stuck: "Service/shop\n",
      events: "FailedDeployModel: deletion_protection is enabled\n",
    };

    // A Deployment of the same name has events of its own, which would mislead.
    it("names what is still there, its finalizers and its own last events", () => {
      const { status, stderr } = destroy({ files: { ...files, controller: "2" } });
      assert.equal(status, 1);
      assert.match(stderr, /still there: Service\/shop in namespace istio-ingress, finalizers .*service\.k8s\.aws/);
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
      const { status, stderr } = destroy({ files: { "fails-apis": "dial tcp: connection refused\n" } });
      assert.equal(status, 1);
      assert.match(
        stderr,
        /cannot be reached, so nothing was removed yet.*When destroy cannot finish.*connection refused/,
      );
    });

    it("asks a cluster again that does not answer at once, and goes on", () => {
      const files = { "silent-once": "", objects: "v1|Service|istio-ingress|shop|LoadBalancer|||\n" };
      const { status, stderr, removed } = destroy({ files, environment: { IGNORE_UNREACHABLE: "true" } });
      assert.equal(status, 0, stderr);
      assert.match(stderr, /does not answer; attempt 2 of 3 follows\. It said: i\/o timeout/);
      assert.deepEqual(removed, ["v1 Service/shop istio-ingress"]);
    });

    it("asks a cluster three times before it takes it for unreachable", () => {
      const { calls } = destroy({ files: { "fails-apis": "connection refused\n" } });
      assert.equal(calls.filter((line) => line.startsWith("get --raw=/apis")).length, 3);
    });

    it("takes such a cluster for gone only if told to", () => {
      const environment = { IGNORE_UNREACHABLE: "true" };
      const { status, stderr } = destroy({ files: { "fails-apis": "connection refused\n" }, environment });
      assert.equal(status, 0);
      assert.match(stderr, /counts as gone.*Load balancers it made may still be in AWS/);
    });

    it("does not take a cluster for gone that only refuses the credentials", () => {
      const environment = { IGNORE_UNREACHABLE: "true" };
      for (const answer of ["Unauthorized", "Error: ExpiredToken", "Forbidden", "Unable to locate credentials"]) {
        const { status, stderr } = destroy({ files: { "fails-apis": `${answer}\n` }, environment });
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
      assert.equal(asked.length, 3);
      assert.match(String(asked[1]), /--filters Name=group-id,Values=sg-1 .*--region eu-central-1/);
    });

    it("are asked for with the profile of the mesh's AWS provider, as an option: it wins over credentials there", () => {
      const { status, calls } = destroy({ environment: { ...environment, PROFILE: "work of shop" } });
      const asked = calls.filter((line) => line.startsWith("aws "));
      assert.equal(status, 0);
      assert.equal(asked.length, 2);
      for (const call of asked) assert.match(call, / --profile work of shop --region eu-central-1 --output text$/);
    });

    it("are asked for in the role that it assumes, with the profile's credentials", () => {
      const { status, calls, credentials } = destroy({
        environment: { ...environment, PROFILE: "work", ROLE_ARN: "arn:aws:iam::123456789012:role/deployer" },
      });
      const [assume, ...asked] = calls.filter((line) => line.startsWith("aws "));
      assert.equal(status, 0);
      assert.match(
        String(assume),
        /sts assume-role --role-arn arn:aws:iam::123456789012:role\/deployer .*--profile work --region eu-central-1/,
      );
      for (const call of asked) assert.doesNotMatch(call, /--profile/, "it would win over the role's credentials");
      assert.deepEqual(credentials.slice(1), [
        "describe-security-groups AKIAROLE se+cret/x= token==",
        "describe-network-interfaces AKIAROLE se+cret/x= token==",
      ]);
    });

    it("do not count as gone because the role cannot be assumed", () => {
      const { status, stderr, calls } = destroy({
        files: { "fails-assume": "AccessDenied\n" },
        environment: { ...environment, ROLE_ARN: "arn:aws:iam::123456789012:role/deployer" },
      });
      assert.equal(status, 1);
      assert.match(stderr, /AccessDenied[^]*the role arn:aws:iam::123456789012:role\/deployer cannot be assumed/);
      assert.ok(!calls.some((line) => line.includes("describe-network-interfaces")));
    });

    it("need no role where there is no load balancer", () => {
      const { status, calls } = destroy({ environment: { ROLE_ARN: "arn:aws:iam::123456789012:role/deployer" } });
      assert.equal(status, 0);
      assert.ok(!calls.some((line) => line.startsWith("aws ")));
    });

    it("do not count as gone because another account has none", () => {
      const { status, stderr } = destroy({ files: { "other-account": "" }, environment });
      assert.equal(status, 1);
      assert.match(stderr, /the security group sg-1 cannot be seen/);
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
