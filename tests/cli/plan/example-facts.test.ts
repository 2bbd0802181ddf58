import assert from "node:assert/strict";
import { answerWith, exampleFacts, factsShape } from "../../../cli/plan/example-facts";
import { checkShape } from "../../../components/inputs/shape";

const ask = (token: string, inputs: Readonly<Record<string, unknown>>, facts = {}) =>
  answerWith(exampleFacts(facts))(token, inputs);

describe("The example answers of a plan", () => {
  it("are ids that AWS would not give out, so that nobody takes them for real", () => {
    const { vpcId, securityGroupId } = exampleFacts({});
    assert.match(vpcId, /example/);
    assert.match(securityGroupId, /example/);
  });

  it("report a cluster by its name what a look-up would", () => {
    assert.deepEqual(ask("aws:eks/getCluster:getCluster", { name: "prod" }), {
      name: "prod",
      arn: "arn:aws:eks:eu-central-1:123456789012:cluster/prod",
      region: "eu-central-1",
      endpoint: "https://EXAMPLE.eks.amazonaws.com",
      certificateAuthorities: [{ data: "ZXhhbXBsZQ==" }],
      kubernetesNetworkConfigs: [],
      vpcConfig: { vpcId: "vpc-0example00000000", clusterSecurityGroupId: "sg-0example0cluster0" },
    });
  });

  it("name the domain or zone that was asked for, so that one sees whose it is", () => {
    const certificate = (domain: string) => ask("aws:acm/getCertificate:getCertificate", { domain })["arn"];
    assert.equal(
      certificate("*.example.com"),
      "arn:aws:acm:eu-central-1:123456789012:certificate/example-of-wildcard.example.com",
    );
    assert.equal(ask("aws:route53/getZone:getZone", { name: "my-shop.example" })["zoneId"], "ZEXAMPLEMYSHOPEXAMPLE");
    const ofLoadBalancers = (loadBalancerType: string) =>
      ask("aws:lb/getHostedZoneId:getHostedZoneId", { loadBalancerType })["id"];
    assert.equal(ofLoadBalancers("network"), "ZEXAMPLENLB");
    assert.equal(ofLoadBalancers("application"), "ZEXAMPLEALB");
    assert.equal(ofLoadBalancers("gateway"), "ZEXAMPLE");
  });

  it("give way to what is known of the real account", () => {
    const known = {
      region: "us-east-1",
      vpcId: "vpc-0123456789abcdef0",
      vpcCidr: "172.16.0.0/12",
      vpcSecondaryCidrs: ["100.64.0.0/16"],
      vpcIpv6Cidr: "2001:db8:42::/56",
      vpcSecondaryIpv6Cidrs: ["2001:db8:43::/56"],
      securityGroupId: "sg-0123456789abcdef0",
      endpoint: "https://real.eks.amazonaws.com",
      zones: { "example.com": "Z0123" },
      certificates: { "*.example.com": "arn:real" },
      loadBalancerZones: { network: "ZNLB" },
    };
    const cluster = ask("aws:eks/getCluster:getCluster", { name: "prod" }, known);
    assert.equal(cluster["arn"], "arn:aws:eks:us-east-1:123456789012:cluster/prod");
    assert.equal(cluster["endpoint"], known.endpoint);
    assert.deepEqual(cluster["vpcConfig"], {
      vpcId: known.vpcId,
      clusterSecurityGroupId: known.securityGroupId,
    });
    assert.deepEqual(ask("aws:ec2/getVpc:getVpc", { id: "vpc-1" }, known), {
      id: "vpc-1",
      cidrBlock: "172.16.0.0/12",
      cidrBlockAssociations: [
        { cidrBlock: "172.16.0.0/12", state: "associated" },
        { cidrBlock: "100.64.0.0/16", state: "associated" },
      ],
      ipv6CidrBlockAssociations: [
        { ipv6CidrBlock: "2001:db8:42::/56", state: "associated" },
        { ipv6CidrBlock: "2001:db8:43::/56", state: "associated" },
      ],
    });
    assert.equal(ask("aws:acm/getCertificate:getCertificate", { domain: "*.example.com" }, known)["arn"], "arn:real");
    assert.equal(ask("aws:route53/getZone:getZone", { name: "example.com" }, known)["zoneId"], "Z0123");
    assert.equal(ask("aws:route53/getZone:getZone", { name: "other.com" }, known)["zoneId"], "ZEXAMPLEOTHERCOM");
    assert.equal(ask("aws:lb/getHostedZoneId:getHostedZoneId", { loadBalancerType: "network" }, known)["id"], "ZNLB");
  });

  it("are for the look-ups that the mesh makes; another one is a mistake in the plan command", () => {
    assert.throws(
      () => ask("aws:ec2/getSubnets:getSubnets", {}),
      /no example answer for aws:ec2\/getSubnets:getSubnets/,
    );
  });
});

describe("A facts file", () => {
  const problems = (facts: unknown) => checkShape(factsShape, facts).problems.map(({ path }) => path);

  it("may hold any of the facts, or none", () => {
    assert.deepEqual(problems({}), []);
    assert.deepEqual(
      problems({
        ...{ region: "us-gov-west-1", vpcId: "vpc-0123456789abcdef0", vpcCidr: "10.0.0.0/16" },
        ...{ vpcSecondaryCidrs: ["100.64.0.0/16"], vpcIpv6Cidr: "2001:db8:42::/56" },
        vpcSecondaryIpv6Cidrs: ["2001:db8:43::/56"],
        ...{ securityGroupId: "sg-0123456789abcdef0", endpoint: "https://real.eks.amazonaws.com" },
        zones: { "example.com": "Z0123456789" },
        certificates: { "*.example.com": "arn:aws:acm:eu-central-1:123456789012:certificate/0f" },
        loadBalancerZones: { network: "Z0123456789" },
      }),
      [],
    );
  });

  it("may not hold what is no fact, or has not its form", () => {
    assert.deepEqual(
      problems({
        ...{ region: "Frankfurt", vpcId: "vpc-1", vpcCidr: "10.0.0.0", securityGroupId: "default", endpoint: "" },
        ...{ vpcSecondaryCidrs: ["100.64.0.0"], vpcIpv6Cidr: "::", vpcSecondaryIpv6Cidrs: ["::"] },
        zones: { "example.com": "/hostedzone/Z0123" },
        certificates: { "example.com": "0f" },
        loadBalancerZones: { network: "" },
        account: "123456789012",
      }),
      [
        ...["region", "vpcId", "vpcCidr", "vpcSecondaryCidrs[0]", "vpcIpv6Cidr", "vpcSecondaryIpv6Cidrs[0]"],
        ...["securityGroupId", "endpoint"],
        ...['zones["example.com"]', 'certificates["example.com"]', "loadBalancerZones.network", "account"],
      ],
    );
  });
});
