import assert from "node:assert/strict";
import { RequestCertificateCommand, DeleteCertificateCommand } from "@aws-sdk/client-acm";
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  type IpPermission,
  ModifySecurityGroupRulesCommand,
} from "@aws-sdk/client-ec2";
import { DescribeClusterCommand } from "@aws-sdk/client-eks";
import {
  type CreateLoadBalancerCommandInput,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  SetSecurityGroupsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { ChangeResourceRecordSetsCommand, type ResourceRecordSet } from "@aws-sdk/client-route-53";
import { type AwsTrial, startAwsTrial } from "./aws-trial";
import { type AwsClients } from "./aws/clients";
import { controllerPolicy, managedPolicy } from "./aws/iam/policies";
import { modelFolders, serviceModel } from "./aws/model/service-model";
import { compiled } from "./aws/model/constraints";
import { describeAws } from "./tier";

/** Sends a request that must be refused with this code and a message like this. */
async function refused(sent: Promise<unknown>, code: string, message: RegExp): Promise<void> {
  await assert.rejects(sent, (error: Error) => {
    // Some services' clients add "Exception" to the code.
    assert.ok(error.name === code || error.name === `${code}Exception`, `${error.name}: ${error.message}`);
    assert.match(error.message, message);
    return true;
  });
}

describeAws("what AWS refuses, and moto would take", () => {
  let trial: AwsTrial;
  let group: string;
  let number = 0;

  before(async () => {
    trial = await startAwsTrial();
    group = await newGroup("for rules");
  });
  after(async () => trial.close());

  async function newGroup(Description: string, GroupName = `group-${++number}`): Promise<string> {
    const request = { GroupName, Description, VpcId: trial.account.vpcId };
    const { GroupId } = await trial.aws.ec2.send(new CreateSecurityGroupCommand(request));
    return String(GroupId);
  }

  async function allow(permission: IpPermission, GroupId = group): Promise<unknown> {
    const whole = { IpProtocol: "tcp", FromPort: 443, ToPort: 443, ...permission };
    return trial.aws.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [whole] }));
  }

  function balancer(more: Partial<CreateLoadBalancerCommandInput> = {}): CreateLoadBalancerCommandInput {
    const Subnets = [...trial.account.publicSubnetIds];
    return { Name: `balancer-${++number}`, Type: "network", Subnets, ...more };
  }

  async function newBalancer(more: Partial<CreateLoadBalancerCommandInput> = {}, by = trial.aws): Promise<string> {
    const { LoadBalancers: [created] = [] } = await by.elb.send(new CreateLoadBalancerCommand(balancer(more)));
    return String(created?.LoadBalancerArn);
  }

  describe("by the models of the services", () => {
    it("has a model with patterns that this machine understands for each service", () => {
      for (const service of Object.keys(modelFolders)) {
        const shapes = Object.values(serviceModel(service)?.shapes ?? {});
        assert.ok(shapes.length > 20, service);
        for (const { pattern } of shapes) if (pattern !== undefined) compiled(pattern);
      }
    });

    it("wants what is required", async () => {
      const nothing = { GroupName: undefined, Description: "x", VpcId: trial.account.vpcId };
      await refused(trial.aws.ec2.send(new CreateSecurityGroupCommand(nothing)), "MissingParameter", /groupName/);
      await refused(
        trial.aws.elb.send(new CreateLoadBalancerCommand({ Name: undefined })),
        "ValidationError",
        /1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null/,
      );
    });

    it("wants one of the values of an enumeration", async () => {
      await refused(
        newBalancer({ Scheme: "public" as "internal" }),
        "ValidationError",
        /at 'scheme' .*enum value set: \[internet-facing, internal\]/,
      );
    });

    it("holds texts against patterns and lengths", async () => {
      const request = async (DomainName: string) =>
        trial.aws.acm.send(new RequestCertificateCommand({ DomainName, ValidationMethod: "DNS" }));
      await refused(
        request("not_a_name.example.com"),
        "ValidationException",
        /'domainName'.*regular expression pattern/,
      );
      await refused(request(`${"a.".repeat(130)}com`), "ValidationException", /length less than or equal to 253/);
      await refused(
        newBalancer({ Tags: [{ Key: "team", Value: "a|b" }] }),
        "ValidationError",
        /'tags.1.member.value'.*pattern/,
      );
    });

    it("reads paths and XML too", async () => {
      await refused(
        trial.aws.eks.send(new DescribeClusterCommand({ name: "a cluster" })),
        "ResourceNotFoundException",
        /./,
      );
      await refused(
        change({ Name: "a.example.com", Type: "HOST" as "A", TTL: 1, ResourceRecords: [{ Value: "10.0.0.1" }] }),
        "InvalidInput",
        /enum value set: \[SOA, A,/,
      );
    });
  });

  async function change(ResourceRecordSet: ResourceRecordSet, Action: "CREATE" | "UPSERT" | "DELETE" = "CREATE") {
    const HostedZoneId = trial.account.zones["example.com"];
    const ChangeBatch = { Changes: [{ Action, ResourceRecordSet }] };
    return trial.aws.route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch }));
  }

  describe("of security groups", () => {
    it("takes only some characters, and 255 of them, in names and descriptions", async () => {
      await refused(newGroup("istiod's webhooks"), "InvalidParameterValue", /Invalid security group description/);
      await refused(newGroup("x", "sg-mine"), "InvalidParameterValue", /GroupName is invalid/);
      await refused(newGroup("x".repeat(256)), "InvalidParameterValue", /less than 256 characters/);
      const peer = (Description: string) => allow({ IpRanges: [{ CidrIp: "10.1.0.0/16", Description }] });
      await refused(peer("istiod's webhooks"), "InvalidParameterValue", /Invalid rule description/);
      await refused(peer("café"), "InvalidParameterValue", /Invalid rule description/);
      await peer("a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*");
    });

    it("takes rules with the same content for one, whatever their descriptions", async () => {
      const own = await newGroup("for duplicates");
      await allow({ IpRanges: [{ CidrIp: "10.2.0.0/16", Description: "one" }] }, own);
      const again = allow({ IpRanges: [{ CidrIp: "10.2.3.4/16", Description: "other" }] }, own);
      await refused(again, "InvalidPermission.Duplicate", /peer: 10\.2\.0\.0\/16, TCP, from port: 443, to port: 443/);
      const answer = (await allow({ IpRanges: [{ CidrIp: "10.3.0.0/16" }] }, own)) as {
        readonly SecurityGroupRules?: readonly { readonly SecurityGroupRuleId?: string }[];
      };
      const rule = { IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIpv4: "10.2.0.0/16" };
      const SecurityGroupRuleId = answer.SecurityGroupRules?.[0]?.SecurityGroupRuleId;
      const SecurityGroupRules = [{ SecurityGroupRuleId, SecurityGroupRule: rule }];
      await refused(
        trial.aws.ec2.send(new ModifySecurityGroupRulesCommand({ GroupId: own, SecurityGroupRules })),
        "InvalidPermission.Duplicate",
        /10\.2\.0\.0/,
      );
    });

    it("has no place for more than 60 rules of one family, and a prefix list counts with all of its entries", async () => {
      const own = await newGroup("for the quota");
      await allow({ IpRanges: Array.from({ length: 20 }, (_, index) => ({ CidrIp: `10.4.${index}.0/24` })) }, own);
      const list = async (MaxEntries: number, AddressFamily: string) => {
        const request = { PrefixListName: `list-${++number}`, MaxEntries, AddressFamily };
        const { PrefixList } = await trial.aws.ec2.send(new CreateManagedPrefixListCommand(request));
        return { PrefixListIds: [{ PrefixListId: PrefixList?.PrefixListId }] };
      };
      await allow(await list(41, "IPv6"), own);
      const tooMany = allow(await list(41, "IPv4"), own);
      await refused(tooMany, "RulesPerSecurityGroupLimitExceeded", /maximum number of rules/);
      await allow(await list(40, "IPv4"), own);
      const oneMore = allow({ IpRanges: [{ CidrIp: "10.5.0.0/16" }] }, own);
      await refused(oneMore, "RulesPerSecurityGroupLimitExceeded", /maximum number of rules/);
    });

    it("knows ranges, ports and peers that cannot be", async () => {
      await refused(allow({ IpRanges: [{ CidrIp: "10.0.0.0/33" }] }), "InvalidParameterValue", /malformed/);
      const upsideDown = allow({ FromPort: 90, ToPort: 80, IpRanges: [{ CidrIp: "10.6.0.0/16" }] });
      await refused(upsideDown, "InvalidParameterValue", /portRange/);
      await refused(allow({ UserIdGroupPairs: [{ GroupId: "sg-0123456789abcdef0" }] }), "InvalidGroup.NotFound", /./);
      await refused(allow({ PrefixListIds: [{ PrefixListId: "pl-0123" }] }), "InvalidPrefixListId.NotFound", /./);
    });

    it("keeps a group that something else refers to", async () => {
      const used = await newGroup("used");
      await allow({ UserIdGroupPairs: [{ GroupId: used }] });
      await refused(
        trial.aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId: used })),
        "DependencyViolation",
        /dependent object/,
      );
    });

    it("takes 50 tags, and none of AWS' own", async () => {
      const tagged = async (Tags: { Key: string; Value: string }[]) =>
        trial.aws.ec2.send(
          new CreateSecurityGroupCommand({
            GroupName: `tagged-${++number}`,
            Description: "x",
            VpcId: trial.account.vpcId,
            TagSpecifications: [{ ResourceType: "security-group", Tags }],
          }),
        );
      const many = Array.from({ length: 51 }, (_, index) => ({ Key: `key-${index}`, Value: "" }));
      await refused(tagged(many), "TagLimitExceeded", /50/);
      await refused(tagged([{ Key: "aws:mine", Value: "" }]), "InvalidParameterValue", /reserved/);
      await tagged(many.slice(1));
    });
  });

  describe("of load balancers", () => {
    it("takes names of 32 letters, digits and hyphens", async () => {
      const longName = "name-eksCluster-1a2b3c4-istio-ingress";
      await refused(newBalancer({ Name: longName }), "ValidationError", /cannot be longer than '32' characters/);
      await refused(newBalancer({ Name: "my_balancer" }), "ValidationError", /alphanumeric/);
      await refused(newBalancer({ Name: "-mine" }), "ValidationError", /begin or end with a hyphen/);
      await refused(newBalancer({ Name: "internal-mine" }), "ValidationError", /internal-/);
      await refused(targetGroup("x".repeat(33)), "ValidationError", /target group name .* '32' characters/);
    });

    async function targetGroup(Name: string, Protocol: "TCP" | "HTTP" = "TCP"): Promise<string> {
      const request = { Name, Protocol, Port: 80, VpcId: trial.account.vpcId, TargetType: "ip" } as const;
      const { TargetGroups: [created] = [] } = await trial.aws.elb.send(new CreateTargetGroupCommand(request));
      return String(created?.TargetGroupArn);
    }

    it("has a name once, whatever else is asked for", async () => {
      await newBalancer({ Name: "taken", Scheme: "internal" });
      const again = newBalancer({ Name: "taken", Scheme: "internet-facing" });
      await refused(again, "DuplicateLoadBalancerName", /different settings/);
    });

    it("wants two zones for an application, and one subnet in each", async () => {
      const [one = "", other = ""] = trial.account.publicSubnetIds;
      const [beside = ""] = trial.account.privateSubnetIds;
      await refused(newBalancer({ Type: "application", Subnets: [one] }), "ValidationError", /At least two subnets/);
      const same = newBalancer({ Subnets: [one, other, beside] });
      await refused(same, "InvalidConfigurationRequest", /same Availability Zone/);
    });

    it("gives no security groups to a Network Load Balancer that has none", async () => {
      const LoadBalancerArn = await newBalancer({ SecurityGroups: [] });
      const given = trial.aws.elb.send(new SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups: [group] }));
      await refused(given, "InvalidConfigurationRequest", /created without any/);
    });

    it("knows its attributes, and those of its target groups", async () => {
      const LoadBalancerArn = await newBalancer();
      const set = async (Key: string, Value: string) =>
        trial.aws.elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes: [{ Key, Value }] }));
      await refused(set("idle_timeout.timeout_seconds", "60"), "ValidationError", /is not recognized/);
      await refused(set("deletion_protection.enabled", "yes"), "ValidationError", /cannot have the value 'yes'/);
      await set("load_balancing.cross_zone.enabled", "true");
      const TargetGroupArn = await targetGroup("attributes");
      const drain = async (Value: string) => {
        const Attributes = [{ Key: "deregistration_delay.timeout_seconds", Value }];
        return trial.aws.elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }));
      };
      await refused(drain("3601"), "ValidationError", /cannot have the value '3601'/);
      // moto refuses the limit itself.
      await drain("3599");
    });

    it("fits listeners to the load balancer, and wants an issued certificate for TLS", async () => {
      const LoadBalancerArn = await newBalancer();
      const TargetGroupArn = await targetGroup("for-listeners");
      const listener = async (Protocol: "TCP" | "TLS" | "HTTP", certificate?: string) =>
        trial.aws.elb.send(
          new CreateListenerCommand({
            LoadBalancerArn,
            Protocol,
            Port: 443,
            DefaultActions: [{ Type: "forward", TargetGroupArn }],
            ...(certificate === undefined ? {} : { Certificates: [{ CertificateArn: certificate }] }),
          }),
        );
      await refused(listener("HTTP"), "ValidationError", /Protocol 'HTTP' is not supported/);
      await refused(listener("TLS"), "ValidationError", /certificate must be specified/);
      const unknown = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-0123456789ab";
      await refused(listener("TLS", unknown), "CertificateNotFound", /not found/);
      const request = { DomainName: "young.example.com", ValidationMethod: "DNS" } as const;
      const { CertificateArn: young } = await trial.aws.acm.send(new RequestCertificateCommand(request));
      await refused(listener("TLS", young), "UnsupportedCertificate", /must have/);
      const issued = trial.account.certificates["*.example.com"];
      await listener("TLS", issued);
      const removal = trial.aws.acm.send(new DeleteCertificateCommand({ CertificateArn: issued }));
      await refused(removal, "ResourceInUseException", /in use/);
    });
  });

  describe("of certificates and records", () => {
    const certificate = async (DomainName: string, SubjectAlternativeNames?: string[]) =>
      trial.aws.acm.send(
        new RequestCertificateCommand({ DomainName, ValidationMethod: "DNS", SubjectAlternativeNames }),
      );

    it("has ten names in a certificate, the first of up to 64 characters", async () => {
      await refused(
        certificate(`${"x".repeat(53)}.example.com`),
        "ValidationException",
        /no longer than 64 characters/,
      );
      const others = Array.from({ length: 10 }, (_, index) => `app-${index}.example.com`);
      await refused(certificate("app.example.com", others), "LimitExceededException", /quota of 10/);
      await certificate("app.example.com", others.slice(1));
      await certificate("app-2.example.com", [`${"x".repeat(60)}.example.com`]);
    });

    it("does not create a record that is there, and removes none that is not", async () => {
      const record = {
        Name: "there.example.com",
        Type: "A" as const,
        TTL: 60,
        ResourceRecords: [{ Value: "10.0.0.1" }],
      };
      await change(record);
      await refused(change(record), "InvalidChangeBatch", /it already exists/);
      await change(record, "UPSERT");
      const cname = { ...record, Type: "CNAME" as const, ResourceRecords: [{ Value: "other.example.com" }] };
      await refused(change(cname), "InvalidChangeBatch", /conflicting RRSet/);
      await change(record, "DELETE");
      await refused(change(record, "DELETE"), "InvalidChangeBatch", /was not found/);
      await change(record);
    });

    it("knows which names a zone has", async () => {
      const record = { Type: "A" as const, TTL: 60, ResourceRecords: [{ Value: "10.0.0.1" }] };
      await refused(change({ ...record, Name: "app.example.org" }), "InvalidChangeBatch", /not permitted in zone/);
      const apex = { ...record, Type: "CNAME" as const, Name: "example.com", ResourceRecords: [{ Value: "a.b" }] };
      await refused(change(apex), "InvalidChangeBatch", /not permitted at apex/);
    });

    it("knows load balancers and their zones", async () => {
      const { LoadBalancers: [created] = [] } = await trial.aws.elb.send(new CreateLoadBalancerCommand(balancer()));
      const alias = (DNSName: string, HostedZoneId: string): ResourceRecordSet => ({
        Name: "alias.example.com",
        Type: "A",
        AliasTarget: { DNSName, HostedZoneId, EvaluateTargetHealth: true },
      });
      const name = String(created?.DNSName);
      await refused(change(alias(name, "Z215JYRZR1TBD5")), "InvalidChangeBatch", /does not lie within the target zone/);
      const gone = alias("gone-1.eu-central-1.elb.amazonaws.com", "Z215JYRZR1TBD5");
      await refused(change(gone), "InvalidChangeBatch", /that target was not found/);
      await change(alias(name, "Z3F0SRJ5LGBH90"));
    });
  });

  describe("by IAM", () => {
    const role = "arn:aws:iam::123456789012:role/caller";
    const clusterTag = [{ Key: "elbv2.k8s.aws/cluster", Value: "live" }];

    it("knows no key that nobody has", async () => {
      const { endpoint } = trial;
      const answer = await fetch(endpoint, {
        method: "POST",
        headers: {
          authorization:
            "AWS4-HMAC-SHA256 Credential=AKIANOBODY/20260101/eu-central-1/ec2/aws4_request, SignedHeaders=host, Signature=0",
          "content-type": "application/x-www-form-urlencoded",
        },
        body: "Action=DescribeVpcs&Version=2016-11-15",
      });
      assert.equal(answer.status, 401);
      assert.match(await answer.text(), /<Code>AuthFailure<\/Code>/);
    });

    it("lets the load balancer controller make what it tags with its cluster, and nothing else", async () => {
      const controller = trial.as({ arn: role, tags: {}, policies: [controllerPolicy()] });
      await newBalancer({ Tags: clusterTag }, controller);
      await refused(
        newBalancer({}, controller),
        "AccessDenied",
        /not authorized to perform: elasticloadbalancing:CreateLoadBalancer/,
      );
      const { vpcId: VpcId } = trial.account;
      const bare = new CreateSecurityGroupCommand({ GroupName: "bare", Description: "x", VpcId });
      await controller.ec2.send(bare);
      const foreign = await newBalancer({ Name: "foreign" });
      const Attributes = [{ Key: "deletion_protection.enabled", Value: "true" }];
      const changed = controller.elb.send(
        new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: foreign, Attributes }),
      );
      await refused(changed, "AccessDenied", /ModifyLoadBalancerAttributes on resource: arn:.*foreign/);
    });

    it("lets EKS Auto Mode put no tags of ours on load balancers", async () => {
      const tags = { "eks:eks-cluster-name": "live" };
      const policies = [managedPolicy("AmazonEKSLoadBalancingPolicy")];
      const autoMode: AwsClients = trial.as({ arn: role, tags, policies });
      const own = { Key: "eks:eks-cluster-name", Value: "live" };
      await newBalancer({ Tags: [own] }, autoMode);
      const ours = newBalancer({ Tags: [own, { Key: "team", Value: "platform" }] }, autoMode);
      await refused(ours, "AccessDenied", /CreateLoadBalancer/);
      const another = newBalancer({ Tags: [{ ...own, Value: "another" }] }, autoMode);
      await refused(another, "AccessDenied", /CreateLoadBalancer/);
    });

    it("holds the narrow policy of records against their names", async () => {
      const zone = `arn:aws:route53:::hostedzone/${String(trial.account.zones["example.com"])}`;
      const key = "route53:ChangeResourceRecordSetsNormalizedRecordNames";
      const Condition = { "ForAllValues:StringLike": { [key]: ["mine.example.com", "\\052.mine.example.com"] } };
      const Statement = [{ Effect: "Allow", Action: "route53:ChangeResourceRecordSets", Resource: zone, Condition }];
      const { route53 } = trial.as({ arn: role, tags: {}, policies: [{ Version: "2012-10-17", Statement }] });
      const send = async (Name: string) =>
        route53.send(
          new ChangeResourceRecordSetsCommand({
            HostedZoneId: trial.account.zones["example.com"],
            ChangeBatch: {
              Changes: [
                {
                  Action: "CREATE",
                  ResourceRecordSet: { Name, Type: "TXT", TTL: 60, ResourceRecords: [{ Value: '"x"' }] },
                },
              ],
            },
          }),
        );
      await send("Mine.example.com.");
      await send("*.mine.example.com");
      await refused(send("theirs.example.com"), "AccessDenied", /ChangeResourceRecordSets on resource: .*hostedzone/);
    });
  });
});
