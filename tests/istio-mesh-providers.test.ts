import assert from "node:assert/strict";
import { Provider as AwsProvider } from "@pulumi/aws/provider";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancerController } from "../components";
import type { Recorded } from "../cli/plan/recording";
import { smallest, withIngress } from "./support/args";
import { makeEksCluster, withEksCluster } from "./support/eks-cluster";
import { orderOf } from "./support/order";
import { planOf } from "./support/plans";
import { recordMesh, type RecordedMesh } from "./support/recorded";
import { brokenRules } from "./support/upgrade-rules";

const inCluster = ({ type }: Recorded) => /^kubernetes:/.test(type) && type !== "kubernetes:yaml/v2:ConfigFile";
const providersOf = (resources: readonly Recorded[]) => [
  ...new Set(resources.filter(inCluster).map(({ options }) => options["provider"])),
];
const isProvider = ({ type }: Recorded) => type === "pulumi:providers:kubernetes";

describe("The Kubernetes provider of an IstioMesh", () => {
  it("is one of its own, made from the look-up of the cluster", async () => {
    const { resources, find } = await recordMesh(withIngress({}));
    assert.deepEqual(providersOf(resources), ["mesh-kubernetes"]);
    assert.deepEqual(find("mesh-kubernetes").inputs, {
      kubeconfig: "[secret]",
      clusterIdentifier: "arn:aws:eks:eu-central-1:123456789012:cluster/prod",
    });
  });

  it("is replaced only with the cluster: a kubeconfig that is given or taken away is an update", async () => {
    const { input } = await recordMesh({ ...smallest, cluster: { name: "prod", kubeconfig: "given" } });
    assert.equal(input("mesh-kubernetes", "clusterIdentifier"), "arn:aws:eks:eu-central-1:123456789012:cluster/prod");
    const [found, given] = await Promise.all([
      planOf(smallest),
      planOf({ ...smallest, cluster: { name: "prod", kubeconfig: "apiVersion: v1" } }),
    ]);
    assert.deepEqual([...brokenRules(found, given), ...brokenRules(given, found)], []);
  });

  it("has the same identifier for a cluster of the same program as for one that is named", async () => {
    const eksCluster = () => makeEksCluster();
    const ambient = { mode: "ambient", gatewayApi: { crds: "install" } } as const;
    const { input } = await recordMesh(() => ({ ...ambient, cluster: { eksCluster: eksCluster() } }), withEksCluster());
    assert.equal(
      input("mesh-crds-provider", "clusterIdentifier"),
      "arn:aws:eks:eu-west-1:123456789012:cluster/made-here-eksCluster-1234567",
    );
  });

  for (const way of ["providers", "provider"] as const) {
    it(`is the one passed in opts.${way}, and then none is made`, async () => {
      const { resources } = await recordMesh(withIngress({}), {
        opts: () => {
          const given = new Provider("given", { kubeconfig: "given" });
          return way === "provider" ? { provider: given } : { providers: [given] };
        },
      });
      assert.deepEqual(providersOf(resources), ["given"]);
      assert.deepEqual(
        resources.filter(isProvider).map(({ name }) => name),
        ["given"],
      );
    });
  }

  it("has a second one beside it for the Gateway API's definitions only, which takes over what is there already", async () => {
    const { resources, input, find } = await recordMesh(withIngress({}, { mode: "ambient" }), {
      opts: () => ({ providers: [new Provider("given", { kubeconfig: "given" })] }),
    });
    assert.equal(input("mesh-crds-provider", "upsertExistingObjects"), "true");
    assert.equal(find("mesh-crds").options["provider"], "mesh-crds-provider");
    const users = resources.filter(({ options }) => options["provider"] === "mesh-crds-provider");
    assert.deepEqual(
      users.map(({ name }) => name),
      ["mesh-crds"],
    );
    assert.deepEqual(providersOf(resources), ["given"]);
  });

  it("keeps the security groups on the namespaces' level of removal, whichever provider it is", async () => {
    const { resources } = await recordMesh(withIngress({}), {
      opts: () => ({ providers: [new Provider("given", { kubeconfig: "given" })] }),
    });
    const { level } = orderOf(resources);
    assert.equal(level("mesh-security-group-istio-ingress"), level("mesh-namespace-istio-ingress"));
  });
});

describe("The AWS provider of an IstioMesh", () => {
  it("is the one passed in opts.providers: for what it makes and for what it looks up", async () => {
    const { resources, lookups } = await recordMesh(
      withIngress({
        hostnames: ["a.example.com"],
        dns: { zoneName: "example.com" },
        tls: { certificateDomain: "*.example.com" },
      }),
      { opts: () => ({ providers: [new AwsProvider("elsewhere", { region: "us-west-2" })] }) },
    );
    const ofAws = resources.filter(({ type }) => type.startsWith("aws:"));
    assert.deepEqual([...new Set(ofAws.map(({ options }) => options["provider"]))], ["elsewhere"]);
    assert.deepEqual(
      lookups.filter(({ provider }) => !provider.includes("pulumi:providers:aws::elsewhere")),
      [],
    );
    assert.equal(lookups.length, 5);
    assert.deepEqual(providersOf(resources), ["mesh-kubernetes"]);
  });
});

describe("The identity with which an IstioMesh asks Kubernetes", () => {
  const role = "arn:aws:iam::123456789012:role/deployer";
  const isOfCredentials = (warning: string) => warning.includes("cluster.profile");
  const waiting = { cleanup: { waitForNetworkInterfaces: true } } as const;
  const kubeconfigs = ({ resources, sent }: RecordedMesh) =>
    resources
      .filter((resource) => isProvider(resource) || resource.type === "command:local:Command")
      .map(({ name }) => {
        const { kubeconfig, stdin = kubeconfig } = sent(name);
        return [name, (stdin as { readonly value: string }).value] as const;
      });

  it("is that of an explicit AWS provider: for tokens of each provider and the cleanup, and for EC2", async () => {
    for (const way of ["provider", "providers"] as const) {
      const recorded = await recordMesh(withIngress({}, { mode: "ambient", ...waiting }), {
        opts: () => {
          const aws = new AwsProvider("elsewhere", {
            region: "us-west-2",
            profile: "shop",
            assumeRoles: [{ roleArn: role }],
          });
          return way === "provider" ? { provider: aws } : { providers: { aws } };
        },
      });
      const found = kubeconfigs(recorded);
      assert.deepEqual(found.map(([name]) => name).sort(), ["mesh-cleanup", "mesh-crds-provider", "mesh-kubernetes"]);
      for (const [name, kubeconfig] of found)
        assert.match(kubeconfig, /"--profile","shop","--role-arn","arn:aws:iam::123456789012:role\/deployer"/, name);
      assert.equal(recorded.input("mesh-cleanup", "environment.PROFILE"), "shop");
      assert.equal(recorded.input("mesh-cleanup", "environment.ROLE_ARN"), role);
      assert.deepEqual(recorded.warnings.filter(isOfCredentials), []);
    }
  });

  it("is the one that the user names", async () => {
    const cluster = { name: "prod", roleArn: pulumi.output(role), profile: "work" };
    const recorded = await recordMesh(withIngress({}, { cluster, ...waiting }));
    for (const [name, kubeconfig] of kubeconfigs(recorded))
      assert.match(kubeconfig, /"--profile","work","--role-arn","arn:aws:iam::123456789012:role\/deployer"/, name);
    assert.equal(recorded.input("mesh-cleanup", "environment.ROLE_ARN"), role);
  });

  it("changes no more than the providers and the command: nothing is replaced", async () => {
    const [was, is] = await Promise.all([
      planOf(withIngress({}, waiting)),
      planOf(withIngress({}, { ...waiting, cluster: { name: "prod", roleArn: role, profile: "work" } })),
    ]);
    assert.deepEqual([...brokenRules(was, is), ...brokenRules(is, was)], []);
  });

  it("is warned of once, where it cannot be found out", async () => {
    const { warnings } = await recordMesh(withIngress({}, { mode: "ambient", ...waiting }), {
      opts: () => ({
        providers: [new AwsProvider("elsewhere", { region: "us-west-2", accessKey: "AKIAIOSFODNN7EXAMPLE" })],
      }),
    });
    assert.equal(warnings.filter(isOfCredentials).length, 1);
  });

  it("is of no interest where a kubeconfig and a provider bring their own", async () => {
    const { warnings } = await recordMesh(
      withIngress({}, { cluster: { name: "prod", kubeconfig: "apiVersion: v1" } }),
      { opts: () => ({ providers: [new AwsProvider("elsewhere", { region: "us-west-2", accessKey: "AKIA" })] }) },
    );
    assert.deepEqual(warnings.filter(isOfCredentials), []);
  });
});

describe("An IstioMesh whose options say dependsOn", () => {
  it("is made after what they name, and removed before it, every part of it", async () => {
    const { resources } = await recordMesh(withIngress({ strategy: "alb" }), {
      opts: () => ({ dependsOn: [new ConfigMap("load-balancer-controller", {})] }),
    });
    const order = orderOf(resources);
    for (const { name } of resources.filter(({ name }) => name !== "load-balancer-controller")) {
      assert.ok(order.waits(name, "load-balancer-controller"), name);
      assert.ok(order.level(name) < order.level("load-balancer-controller"), name);
    }
  });
});

describe("An IstioMesh on a cluster of the same program", () => {
  const make = (cluster: object = {}, controller: LoadBalancerController = "aws-load-balancer-controller") =>
    recordMesh(
      () => ({
        ...withIngress({ strategy: "nlb" }),
        loadBalancerController: controller,
        cluster: { eksCluster: makeEksCluster(), ...cluster },
      }),
      withEksCluster(),
    );
  /** The groups that the load balancer's status check is let into. */
  const nodeGroups = async (...question: Parameters<typeof make>) => {
    const { resources } = await make(...question);
    return resources
      .filter(({ name }) => name.startsWith("mesh-rule-istio-ingress/status-port-into-"))
      .map(({ inputs }) => (inputs as Readonly<Record<string, unknown>>)["securityGroupId"]);
  };

  it("uses the cluster's own provider and makes none", async () => {
    const { resources } = await make();
    assert.deepEqual(providersOf(resources), ["made-here-provider"]);
    assert.ok(!resources.some(({ name }) => name === "mesh-kubernetes"));
  });

  it("uses the provider of its options all the same, if there is one", async () => {
    const { resources } = await recordMesh(() => ({ ...smallest, cluster: { eksCluster: makeEksCluster() } }), {
      ...withEksCluster(),
      opts: () => ({ providers: [new Provider("given", { kubeconfig: "given" })] }),
    });
    assert.deepEqual(providersOf(resources), ["given"]);
  });

  it("is made after the whole cluster and removed before it, so that its nodes and controller outlive it", async () => {
    const { resources, find } = await make();
    assert.ok(find("mesh").dependsOn.includes("made-here"));
    const order = orderOf(resources);
    const ofMesh = resources.map(({ name }) => name).filter((name) => name.startsWith("mesh"));
    for (const name of ofMesh) assert.ok(order.level(name) < order.level("made-here"), name);
  });

  it("adds the cluster to what its own options depend on", async () => {
    const { find } = await recordMesh(() => ({ ...smallest, cluster: { eksCluster: makeEksCluster() } }), {
      ...withEksCluster(),
      opts: () => ({ dependsOn: [new ConfigMap("load-balancer-controller", {})] }),
    });
    assert.deepEqual(
      ["made-here", "load-balancer-controller"].filter((name) => !find("mesh").dependsOn.includes(name)),
      [],
    );
  });

  it("knows VPC, region and groups from the cluster, and looks up only the VPC's range", async () => {
    const { input, lookups } = await make({}, "aws-load-balancer-controller");
    assert.equal(input("mesh-security-group-istio-ingress", "vpcId"), "vpc-0made0here0000000");
    assert.deepEqual(
      lookups.map(({ token, inputs }) => ({ token, inputs })),
      [{ token: "aws:ec2/getVpc:getVpc", inputs: { id: "vpc-0made0here0000000" } }],
    );
  });

  it("lets the load balancer in to both groups that nodes may carry: EKS' own and the one @pulumi/eks makes", async () => {
    assert.deepEqual(await nodeGroups(), ["sg-0made0cluster00000", "sg-0made0nodes000000"]);
  });

  it("adds no rule for webhooks: @pulumi/eks lets the control plane in already", async () => {
    const { resources } = await make();
    assert.deepEqual(
      resources.filter(({ name }) => name.includes("webhook-rule")),
      [],
    );
  });

  it("uses only EKS' own group with EKS Auto Mode, which makes the nodes itself", async () => {
    assert.deepEqual(await nodeGroups({}, "eks-auto-mode"), ["sg-0made0cluster00000"]);
  });

  it("uses only EKS' own group where the user says that there are no others", async () => {
    assert.deepEqual(await nodeGroups({ nodeSecurityGroupIds: [] }), ["sg-0made0cluster00000"]);
  });

  it("uses the groups that the user names in place of both, and opens the way to the webhooks there", async () => {
    const named = { nodeSecurityGroupIds: ["sg-0123456789abcdef0"] };
    assert.deepEqual(await nodeGroups(named), ["sg-0123456789abcdef0"]);
    const { input } = await make(named);
    assert.equal(input("mesh-webhook-rule-sg-0123456789abcdef0", "securityGroupId"), "sg-0123456789abcdef0");
    assert.equal(input("mesh-webhook-rule-sg-0123456789abcdef0", "referencedSecurityGroupId"), "sg-0made0cluster00000");
    assert.equal(input("mesh-webhook-rule-sg-0123456789abcdef0", "fromPort"), 15017);
  });
});
