import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { settled } from "../../cli/plan/recording";
import { lookUpCluster } from "../../components/lookups/cluster";
import { resolveCluster } from "../../components/cluster/cluster-args";
import type { ClusterArgs, LoadBalancerController } from "../../components";
import type { ClusterFacts } from "../../components/plan/facts";
import { makeEksCluster, withEksCluster } from "../support/eks-cluster";
import { recordProgram, type RecordingSettings } from "../support/recorded";

/** Looks a cluster up and lets a test ask the facts; `ask` runs within the program. */
async function lookUp<Answer>(
  args: () => ClusterArgs,
  ask: (facts: ClusterFacts) => Answer,
  settings: RecordingSettings & {
    readonly controller?: LoadBalancerController;
    readonly ipv4Only?: readonly string[];
  } = {},
) {
  const { controller = "aws-load-balancer-controller", ipv4Only } = settings;
  const answers: Answer[] = [];
  const recording = await recordProgram(() => {
    answers.push(ask(lookUpCluster(resolveCluster(args(), controller).settings, {}, ipv4Only)));
  }, settings);
  return { ...recording, answer: answers[0] };
}

describe("lookUpCluster", () => {
  it("reports all ranges of the VPC: pods may have addresses of a secondary one, and dualstack clients have IPv6", async () => {
    const facts = {
      ...{ vpcSecondaryCidrs: ["100.65.0.0/16", "100.64.0.0/16"], vpcIpv6Cidr: "2001:db8:42::/56" },
      vpcSecondaryIpv6Cidrs: ["2001:db8:44::/56", "2001:db8:41::/56"],
    };
    const { answer } = await lookUp(
      () => ({ name: "prod" }),
      ({ vpcCidr, vpcSecondaryCidrs, vpcIpv6Cidr, vpcSecondaryIpv6Cidrs }) => ({
        vpcCidr: vpcCidr(),
        vpcSecondaryCidrs: vpcSecondaryCidrs(),
        vpcIpv6Cidr: vpcIpv6Cidr(),
        vpcSecondaryIpv6Cidrs: vpcSecondaryIpv6Cidrs(),
      }),
      { facts },
    );
    assert.deepEqual(await settled(answer), {
      vpcCidr: "10.0.0.0/16",
      vpcSecondaryCidrs: ["100.64.0.0/16", "100.65.0.0/16"],
      vpcIpv6Cidr: "2001:db8:42::/56",
      vpcSecondaryIpv6Cidrs: ["2001:db8:41::/56", "2001:db8:44::/56"],
    });
  });

  it("leaves out ranges that are no longer, or not yet, associated with the VPC", async () => {
    const vpc = {
      id: "vpc-1",
      cidrBlock: "10.0.0.0/16",
      cidrBlockAssociations: [
        { cidrBlock: "10.0.0.0/16", state: "associated" },
        { cidrBlock: "100.64.0.0/16", state: "disassociated" },
      ],
      ipv6CidrBlockAssociations: [
        { ipv6CidrBlock: "2001:db8:41::/56", state: "disassociated" },
        { ipv6CidrBlock: "2001:db8:42::/56", state: "associated" },
        { ipv6CidrBlock: "2001:db8:43::/56", state: "associating" },
      ],
    };
    const { answer } = await lookUp(
      () => ({ name: "prod", vpcId: "vpc-0123456789abcdef0" }),
      ({ vpcSecondaryCidrs, vpcIpv6Cidr, vpcSecondaryIpv6Cidrs }) => ({
        four: vpcSecondaryCidrs(),
        six: vpcIpv6Cidr(),
        further: vpcSecondaryIpv6Cidrs(),
      }),
      { answer: () => vpc },
    );
    assert.deepEqual(await settled(answer), { four: [], six: "2001:db8:42::/56", further: [] });
  });

  it("says what to do where a dualstack load balancer is to stand in a VPC without IPv6", async () => {
    const gone = { ipv6CidrBlock: "2001:db8:42::/56", state: "disassociated" };
    const vpc = { id: "vpc-1", cidrBlock: "10.0.0.0/16", cidrBlockAssociations: [], ipv6CidrBlockAssociations: [gone] };
    const { answer } = await lookUp(
      () => ({ name: "prod", vpcId: "vpc-0123456789abcdef0" }),
      ({ vpcIpv6Cidr }) => vpcIpv6Cidr(),
      { answer: () => vpc },
    );
    await assert.rejects(settled(answer), (error) => {
      assert.ok(pulumi.RunError.isInstance(error));
      assert.match(error.message, /the VPC vpc-1 has no IPv6 range, which ipAddressType "dualstack" needs/);
      return true;
    });
  });

  it("goes on without the IPv6 range where the mocks of a unit test answer without", async () => {
    const { answer } = await lookUp(
      () => ({ name: "prod", vpcId: "vpc-0123456789abcdef0" }),
      ({ vpcIpv6Cidr, vpcSecondaryIpv6Cidrs }) => ({ six: vpcIpv6Cidr(), further: vpcSecondaryIpv6Cidrs() }),
      { answer: () => ({ id: "vpc-1", cidrBlock: "10.0.0.0/16" }) },
    );
    assert.deepEqual(await settled(answer), { six: "", further: [] });
  });

  it("compares the family of addresses that EKS reports with the one of the arguments", async () => {
    const eks = withEksCluster({ kubernetesNetworkConfig: { ipFamily: "ipv6" } });
    const named = () => ({ name: "prod" });
    const ofProgram = () => ({ eksCluster: makeEksCluster() });
    for (const [args, settings] of [
      [named, { facts: { ipFamily: "ipv6" } }],
      [ofProgram, eks],
    ] as const) {
      const refused = await lookUp(args, ({ vpcId }) => vpcId(), { ...settings, ipv4Only: ["istio-ingress"] });
      await assert.rejects(
        settled(refused.answer),
        /IPv6 addresses.*: istio-ingress\. Write cluster\.ipFamily: "ipv6"\./,
      );
      const accepted = await lookUp(
        () => ({ ...args(), ipFamily: "ipv6" }),
        ({ vpcId }) => vpcId(),
        settings,
      );
      assert.match(String(await settled(accepted.answer)), /^vpc-/);
    }
  });

  it("asks nothing until a fact is used", async () => {
    const { lookups } = await lookUp(
      () => ({ name: "prod" }),
      ({ name }) => name,
    );
    assert.deepEqual(lookups, []);
  });

  it("reports a named cluster what EKS knows of it", async () => {
    const { answer } = await lookUp(
      () => ({ name: pulumi.output("prod") }),
      ({ name, region, vpcId, vpcCidr, securityGroupId, nodeGroups, identifier }) => ({
        ...{
          name,
          region: region(),
          vpcId: vpcId(),
          vpcCidr: vpcCidr(),
          securityGroupId: securityGroupId(),
          nodeGroups: nodeGroups(),
          identifier: identifier(),
        },
      }),
    );
    assert.deepEqual(await settled(answer), {
      name: "prod",
      region: "eu-central-1",
      vpcId: "vpc-0example00000000",
      vpcCidr: "10.0.0.0/16",
      securityGroupId: "sg-0example0cluster0",
      nodeGroups: [{ securityGroupId: "sg-0example0cluster0", reachedByControlPlane: true }],
      identifier: "arn:aws:eks:eu-central-1:123456789012:cluster/prod",
    });
  });

  it("takes the user's word for what the user says", async () => {
    const { answer, lookups } = await lookUp(
      () => ({
        ...{ name: "prod", vpcId: "vpc-0123456789abcdef0", securityGroupId: "sg-0123456789abcdef0" },
        ...{ kubeconfig: "given", nodeSecurityGroupIds: ["sg-0123456789abcdef0", "sg-0123456789abcdef1"] },
      }),
      ({ vpcId, securityGroupId, nodeGroups }) => ({
        vpcId: vpcId(),
        securityGroupId: securityGroupId(),
        nodeGroups: nodeGroups(),
      }),
    );
    assert.deepEqual(await settled(answer), {
      vpcId: "vpc-0123456789abcdef0",
      securityGroupId: "sg-0123456789abcdef0",
      // The control plane reaches nodes that carry its own group, and no others.
      nodeGroups: [
        { securityGroupId: "sg-0123456789abcdef0", id: "sg-0123456789abcdef0", reachedByControlPlane: true },
        { securityGroupId: "sg-0123456789abcdef1", id: "sg-0123456789abcdef1", reachedByControlPlane: false },
      ],
    });
    assert.deepEqual(lookups, []);
  });

  it("identifies a cluster by its ARN in every way of naming it", async () => {
    const { answer } = await lookUp(
      () => ({ name: "prod", kubeconfig: "given" }),
      ({ identifier }) => identifier(),
    );
    assert.equal(await settled(answer), "arn:aws:eks:eu-central-1:123456789012:cluster/prod");
  });

  it("does not know whether a group that is known later is the control plane's own, so that it gets its rule", async () => {
    const { answer } = await lookUp(
      () => {
        const id = pulumi.output("sg-0123456789abcdef0");
        return { name: "prod", securityGroupId: id, nodeSecurityGroupIds: [id] };
      },
      ({ nodeGroups }) => nodeGroups(),
    );
    assert.deepEqual(
      answer?.map(({ reachedByControlPlane }) => reachedByControlPlane),
      [false],
    );
  });

  it("makes the kubeconfig a secret, whoever gives it", async () => {
    for (const cluster of [{ name: "prod" }, { name: "prod", kubeconfig: "given" }]) {
      const { answer } = await lookUp(
        () => cluster,
        ({ kubeconfig }) => kubeconfig(),
      );
      assert.equal(await settled(answer), "[secret]");
    }
  });

  it("makes a kubeconfig of a cluster that is not ready to tell its authority yet", async () => {
    const { answer } = await lookUp(
      () => ({ name: "prod" }),
      ({ kubeconfig }) => kubeconfig(),
      {
        answer: () => ({ name: "prod", region: "eu-west-1", endpoint: "https://e", certificateAuthorities: [] }),
      },
    );
    const text = await (answer as unknown as { promise(): Promise<string> }).promise();
    assert.match(text, /"certificate-authority-data":""/);
  });

  it("knows a cluster of the same program from the cluster itself", async () => {
    const { answer, lookups } = await lookUp(
      () => ({ eksCluster: makeEksCluster() }),
      ({ name, region, vpcId, securityGroupId, identifier }) => ({
        name,
        region: region(),
        vpcId: vpcId(),
        securityGroupId: securityGroupId(),
        identifier: identifier(),
      }),
      withEksCluster(),
    );
    assert.deepEqual(await settled(answer), {
      name: "made-here-eksCluster-1234567",
      region: "eu-west-1",
      vpcId: "vpc-0made0here0000000",
      // EKS' own group, which all managed nodes carry, and not the one that @pulumi/eks makes besides.
      securityGroupId: "sg-0made0cluster00000",
      identifier: "arn:aws:eks:eu-west-1:123456789012:cluster/made-here-eksCluster-1234567",
    });
    assert.deepEqual(lookups, []);
  });

  it("says what to write where a cluster of the same program has no group for its nodes", async () => {
    const { answer } = await lookUp(
      () => ({ eksCluster: makeEksCluster() }),
      ({ nodeGroups }) => nodeGroups()[1]?.securityGroupId,
      withEksCluster({ nodeSecurityGroupId: "" }),
    );
    await assert.rejects(settled(answer), (error) => {
      assert.ok(pulumi.RunError.isInstance(error));
      assert.match(error.message, /skipDefaultSecurityGroups/);
      assert.match(error.message, /Write cluster\.nodeSecurityGroupIds: \[\]/);
      return true;
    });
  });

  it("asks for no such group with EKS Auto Mode, which has none", async () => {
    const { answer } = await lookUp(
      () => ({ eksCluster: makeEksCluster() }),
      ({ nodeGroups }) => nodeGroups(),
      { ...withEksCluster({ nodeSecurityGroupId: "" }), controller: "eks-auto-mode" },
    );
    assert.deepEqual(await settled(answer), [
      { securityGroupId: "sg-0made0cluster00000", reachedByControlPlane: true },
    ]);
  });
});
