import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type ClusterArgs, clusterShape, resolveCluster } from "../../components/cluster/cluster-args";
import { checkShape } from "../../components/inputs/shape";
import { onlyProblem } from "../support/settings";

/** What of a cluster of @pulumi/eks can be recognised without Pulumi's code. */
const eksCluster = { eksCluster: {} } as unknown as NonNullable<ClusterArgs["eksCluster"]>;
const resolve = (args: ClusterArgs) => resolveCluster(args, "aws-load-balancer-controller");

describe("resolveCluster", () => {
  it("refuses a group of nodes that is named twice: AWS would refuse its rules", () => {
    const later = pulumi.output("sg-0");
    const { path, given } = onlyProblem(
      resolve({ name: "prod", nodeSecurityGroupIds: ["sg-1", later, "sg-1", later] }),
    );
    assert.deepEqual([path, given], ["cluster.nodeSecurityGroupIds[2]", '"sg-1"']);
  });

  it("has everything looked up of a cluster that is only named", () => {
    const { settings, problems, warnings } = resolve({ name: "prod" });
    assert.deepEqual(settings, {
      source: { kind: "named", name: "prod" },
      kubeconfig: undefined,
      roleArn: undefined,
      profile: undefined,
      securityGroupId: undefined,
      nodeSecurityGroupIds: [],
      addPulumiNodeGroup: false,
      vpcId: undefined,
      ipFamily: "ipv4",
      subnetIds: [],
    });
    assert.deepEqual([problems, warnings], [[], []]);
  });

  it("keeps what is given", () => {
    const args = {
      kubeconfig: "k",
      roleArn: "r",
      profile: "p",
      securityGroupId: "sg-1",
      nodeSecurityGroupIds: ["sg-2"],
      vpcId: "vpc-1",
      ipFamily: "ipv6" as const,
      subnetIds: ["s"],
    };
    const { settings } = resolve({ name: "prod", ...args });
    assert.deepEqual(settings, { source: { kind: "named", name: "prod" }, addPulumiNodeGroup: false, ...args });
  });

  it("takes a cluster of the same program, with the node group that @pulumi/eks makes", () => {
    const { settings, problems } = resolve({ eksCluster });
    assert.deepEqual(settings.source, { kind: "pulumi-eks", cluster: eksCluster });
    assert.equal(settings.addPulumiNodeGroup, true);
    assert.deepEqual(problems, []);
  });

  it("leaves that group out where the user names the groups, and with EKS Auto Mode, whose nodes do not carry it", () => {
    assert.equal(resolve({ eksCluster, nodeSecurityGroupIds: ["sg-2"] }).settings.addPulumiNodeGroup, false);
    assert.equal(resolve({ eksCluster, nodeSecurityGroupIds: [] }).settings.addPulumiNodeGroup, false);
    assert.equal(resolveCluster({ eksCluster }, "eks-auto-mode").settings.addPulumiNodeGroup, false);
  });

  it("wants exactly one way to a cluster", () => {
    assert.deepEqual(onlyProblem(resolve({})), {
      path: "cluster",
      given: "nothing",
      allowed: "exactly one of name, eksCluster",
      suggestion: 'set the cluster: name: "my-cluster"',
    });
    assert.equal(onlyProblem(resolve({ name: "prod", eksCluster })).given, '"name and eksCluster"');
  });
});

describe("clusterShape", () => {
  const reported = (args: object) => checkShape(clusterShape, args).problems.map(({ path }) => path);

  it("takes ids of AWS, and Outputs in their place", () => {
    const ids = {
      name: "prod",
      kubeconfig: "apiVersion: v1",
      roleArn: "arn:aws-us-gov:iam::123456789012:role/team/deployer",
      securityGroupId: "sg-0123456789abcdef0",
      nodeSecurityGroupIds: ["sg-0123456789abcdef0"],
      vpcId: "vpc-0123456789abcdef0",
      subnetIds: ["subnet-0123456789abcdef0"],
    };
    assert.deepEqual(reported(ids), []);
    const deferred = pulumi.output("x");
    const lists = { nodeSecurityGroupIds: [deferred], subnetIds: [deferred] };
    assert.deepEqual(reported({ ...Object.fromEntries(Object.keys(ids).map((key) => [key, deferred])), ...lists }), []);
  });

  it("finds an id in the wrong place before AWS does", () => {
    assert.deepEqual(
      reported({
        name: "prod.eu",
        kubeconfig: "",
        securityGroupId: "vpc-0123456789abcdef0",
        nodeSecurityGroupIds: ["subnet-0123456789abcdef0"],
        vpcId: "sg-0123456789abcdef0",
        subnetIds: ["sg-0123456789abcdef0"],
      }),
      ["name", "kubeconfig", "securityGroupId", "nodeSecurityGroupIds[0]", "vpcId", "subnetIds[0]"],
    );
  });

  it("knows an eks.Cluster from the aws.eks.Cluster inside it, and from a name", () => {
    assert.deepEqual(reported({ eksCluster }), []);
    for (const given of ["prod", null, {}, 1]) {
      const [found] = checkShape(clusterShape, { eksCluster: given }).problems;
      assert.match(String(found?.suggestion), /pass the eks\.Cluster itself/);
    }
  });
});
