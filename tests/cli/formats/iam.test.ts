import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Account, policyText } from "../../../cli/formats/iam";
import { lookupActions, resourceActions } from "../../../cli/formats/iam-actions";
import type { Recorded } from "../../../cli/plan/recording";
import { root } from "../../support/readme";

interface Policy {
  readonly Version: string;
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: string;
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
    readonly Condition?: object;
  }[];
}

const resource = (type: string, inputs: object = {}, name = "a"): Recorded => ({
  ...{ name, type, parent: "mesh", dependsOn: [], options: {} },
  inputs,
});

const nothing: Account = { lookups: [], region: "eu-central-1" };
const policyOf = (resources: readonly Recorded[], account: Partial<Account> = {}) =>
  JSON.parse(policyText(resources, { ...nothing, ...account })) as Policy;
const statement = ({ Statement }: Policy, sid: string) => Statement.find(({ Sid }) => Sid === sid);
const allActions = ({ Statement }: Policy) => Statement.flatMap(({ Action }) => Action);

const group = resource("aws:ec2/securityGroup:SecurityGroup", { vpcId: "vpc-1", tags: { Name: "shop" } });
const record = (name: string) => resource("aws:route53/record:Record", { name, zoneId: "Z1" });
const certificate = resource("aws:acm/certificate:Certificate", {
  domainName: "*.Example.com".toLowerCase(),
  subjectAlternativeNames: ["api.example.com"],
});

describe("policyText", () => {
  const provider = (roleArn: string) =>
    resource("pulumi:providers:aws", { assumeRoles: roleArn }, "mesh-dns-provider-istio-ingress");
  const inRole = { ...record("app.example.com"), options: { provider: "mesh-dns-provider-istio-ingress" } };
  const role = "arn:aws:iam::210987654321:role/dns";
  const zoneLookup = {
    token: "aws:route53/getZone:getZone",
    inputs: { name: "example.com" },
    answer: { zoneId: "Z1" },
  };

  it("allows to assume a role, and leaves to the role what it does: zones of another account", () => {
    const policy = policyOf([provider(JSON.stringify([{ roleArn: role }])), inRole], { lookups: [zoneLookup] });
    assert.deepEqual(policy.Statement, [
      { Sid: "AssumeDnsRoles", Effect: "Allow", Action: ["sts:AssumeRole"], Resource: [role] },
    ]);
  });

  it("keeps the rights to a zone in which the stack's own identity writes too", () => {
    const policy = policyOf([provider(JSON.stringify([{ roleArn: role }])), inRole, record("b.example.com")], {
      lookups: [zoneLookup],
    });
    assert.ok(allActions(policy).includes("route53:ListHostedZones"));
    assert.ok(allActions(policy).includes("route53:ChangeResourceRecordSets"));
  });

  it("allows any role where the ARN is a secret, which no policy may print", () => {
    assert.deepEqual(statement(policyOf([provider("[secret]")]), "AssumeDnsRoles")?.Resource, [
      "arn:aws:iam::*:role/*",
    ]);
  });

  it("allows nothing where nothing of AWS is in the plan", () => {
    assert.deepEqual(policyOf([resource("kubernetes:core/v1:Namespace")]), { Version: "2012-10-17", Statement: [] });
  });

  it("allows only to ask, on what is asked for, where nothing is made", () => {
    const lookups = [{ token: "aws:eks/getCluster:getCluster", inputs: { name: "prod" }, answer: {} }];
    assert.deepEqual(policyOf([], { lookups }).Statement, [
      {
        ...{ Sid: "UseCluster", Effect: "Allow", Action: ["eks:DescribeCluster"] },
        Resource: ["arn:aws:eks:eu-central-1:*:cluster/prod"],
      },
    ]);
  });

  const rule = (securityGroupId: string) =>
    resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { securityGroupId });

  it("lets change the mesh's own security groups, known by their VPC and the tag that they are made with", () => {
    const policy = policyOf([group, rule("<a.id>")]);
    const own = statement(policy, "ManageLoadBalancerSecurityGroups");
    assert.deepEqual(own?.Resource, ["arn:aws:ec2:eu-central-1:*:security-group/*"]);
    assert.deepEqual(own.Condition, {
      ArnLike: { "ec2:Vpc": ["arn:aws:ec2:eu-central-1:*:vpc/vpc-1"] },
      StringEquals: { "aws:ResourceTag/Name": ["shop"] },
    });
    for (const action of ["ec2:DeleteSecurityGroup", "ec2:AuthorizeSecurityGroupIngress", "ec2:CreateTags"])
      assert.ok(own.Action.includes(action), action);
    assert.deepEqual(statement(policy, "CreateSecurityGroups")?.Resource, [
      "arn:aws:ec2:eu-central-1:*:security-group/*",
      "arn:aws:ec2:eu-central-1:*:vpc/vpc-1",
    ]);
    assert.ok(!allActions(policy).includes("ec2:AuthorizeSecurityGroupEgress"));
    assert.equal(statement(policy, "ChangeRulesOfNodeSecurityGroups"), undefined);
  });

  it("lets change rules of the nodes' groups by their ids, and nothing else of them", () => {
    const policy = policyOf([group, rule("<a.id>"), rule("sg-1"), rule("sg-1"), rule("sg-2")]);
    const nodes = statement(policy, "ChangeRulesOfNodeSecurityGroups");
    assert.deepEqual(nodes, {
      ...{ Sid: "ChangeRulesOfNodeSecurityGroups", Effect: "Allow" },
      Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:ModifySecurityGroupRules", "ec2:RevokeSecurityGroupIngress"],
      Resource: ["sg-1", "sg-2"].map((id) => `arn:aws:ec2:eu-central-1:*:security-group/${id}`),
    });
  });

  it("lets change rules in the VPC where the id of a group is known only during up, or secret", () => {
    for (const id of ["[unknown]", "[secret]"]) {
      const policy = policyOf([group, rule("sg-1"), rule(id)]);
      const nodes = statement(policy, "ChangeRulesOfNodeSecurityGroups");
      assert.deepEqual(nodes?.Resource, ["arn:aws:ec2:eu-central-1:*:security-group/*"]);
      assert.deepEqual(nodes.Condition, { ArnLike: { "ec2:Vpc": ["arn:aws:ec2:eu-central-1:*:vpc/vpc-1"] } });
    }
    assert.equal(statement(policyOf([rule("[unknown]")]), "ChangeRulesOfNodeSecurityGroups")?.Condition, undefined);
  });

  it("lets tag security groups only while they are made, and the mesh's own afterwards", () => {
    const policy = policyOf([group, rule("<a.id>"), rule("sg-1")]);
    const tagging = policy.Statement.filter(({ Action }) => Action.includes("ec2:CreateTags"));
    assert.deepEqual(
      tagging.map(({ Sid }) => Sid),
      ["TagNewSecurityGroups", "ManageLoadBalancerSecurityGroups", "ManageSecurityGroupRules"],
    );
    assert.deepEqual(tagging[0]?.Condition, {
      StringEquals: {
        "ec2:CreateAction": ["CreateSecurityGroup", "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"],
      },
    });
    assert.deepEqual(tagging[2]?.Resource, ["arn:aws:ec2:eu-central-1:*:security-group-rule/*"]);
  });

  it("knows groups by having a name where the name itself is secret", () => {
    const secret = resource("aws:ec2/securityGroup:SecurityGroup", { vpcId: "vpc-1", tags: { Name: "[secret]" } });
    assert.deepEqual(statement(policyOf([secret]), "ManageLoadBalancerSecurityGroups")?.Condition, {
      ArnLike: { "ec2:Vpc": ["arn:aws:ec2:eu-central-1:*:vpc/vpc-1"] },
      Null: { "aws:ResourceTag/Name": "false" },
    });
  });

  it("names each statement by what it is for, and leaves out those on nothing", () => {
    const policy = policyOf([group, rule("sg-1"), certificate], { clusterRoles: ["arn:aws:iam::1:role/a"] });
    for (const { Sid, Resource } of policy.Statement) {
      assert.match(Sid, /^(ListAndDescribe|(Use|Assume|Create|Tag|Manage|Change|Request|Read|Wait)[A-Z][A-Za-z]+)$/);
      assert.ok(Resource.length > 0, Sid);
    }
    assert.deepEqual(statement(policy, "AssumeClusterRole")?.Action, ["sts:AssumeRole"]);
    assert.equal(statement(policyOf([group]), "AssumeClusterRole"), undefined);
  });

  it("keeps records to their zone and names, as Route 53 writes them, and to validation records of certificates", () => {
    const policy = policyOf([record("App.example.com"), record("*.example.com"), record("<a.name>"), certificate]);
    assert.deepEqual(statement(policy, "ChangeRecords")?.Resource, ["arn:aws:route53:::hostedzone/Z1"]);
    assert.deepEqual(statement(policy, "ChangeRecords")?.Condition, {
      "ForAllValues:StringLike": {
        "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
          "\\052.example.com",
          "_*.api.example.com",
          "_*.example.com",
          "app.example.com",
        ],
      },
    });
  });

  it("takes the zone that a look-up found", () => {
    const lookups = [
      { token: "aws:route53/getZone:getZone", inputs: { name: "example.com" }, answer: { zoneId: "Z2" } },
    ];
    assert.deepEqual(statement(policyOf([], { lookups }), "ReadHostedZones")?.Resource, [
      "arn:aws:route53:::hostedzone/Z2",
    ]);
  });

  it("allows to issue certificates of a subordinate authority and no other ones, by the authority of the plan", () => {
    const authority = "arn:aws:acm-pca:eu-central-1:210987654321:certificate-authority/0a1b";
    const issued = (arn: string) =>
      resource("aws:acmpca/certificate:Certificate", { certificateAuthorityArn: arn }, "mesh-authority-certificate-1");
    const lookups = [
      { token: "aws:acmpca/getCertificateAuthority:getCertificateAuthority", inputs: { arn: authority }, answer: {} },
    ];
    const policy = policyOf([issued(authority)], { lookups });
    assert.deepEqual(policy.Statement, [
      {
        ...{ Sid: "ReadPrivateCertificateAuthority", Effect: "Allow" },
        Action: [
          "acm-pca:DescribeCertificateAuthority",
          "acm-pca:GetCertificate",
          "acm-pca:GetCertificateAuthorityCertificate",
          "acm-pca:GetCertificateAuthorityCsr",
          "acm-pca:ListTags",
        ],
        Resource: [authority],
      },
      {
        ...{ Sid: "RequestSubordinateCertificateAuthority", Effect: "Allow", Action: ["acm-pca:IssueCertificate"] },
        Resource: [authority],
        Condition: {
          StringEquals: {
            "acm-pca:TemplateArn": ["arn:aws:acm-pca:::template/SubordinateCACertificate_PathLen0/V1"],
          },
        },
      },
    ]);
    const names = JSON.stringify(statement(policyOf([issued(authority), record("a.example.com")]), "ChangeRecords"));
    assert.ok(!names.includes("undefined"), "it is validated by no record");
    const secret = policyOf([issued("[secret]")], { region: "cn-north-1" });
    assert.deepEqual(statement(secret, "ReadPrivateCertificateAuthority")?.Resource, [
      "arn:aws-cn:acm-pca:cn-north-1:*:certificate-authority/*",
    ]);
    assert.match(
      JSON.stringify(statement(secret, "RequestSubordinateCertificateAuthority")?.Condition),
      /arn:aws-cn:acm-pca:::template/,
    );
  });

  it("says no condition that nothing could fulfil", () => {
    const noName = resource("aws:acm/certificate:Certificate", { domainName: "a.b" });
    assert.deepEqual(statement(policyOf([noName]), "ManageCertificates")?.Condition, undefined);
  });

  it("keeps web ACLs to those of the plan, by the name that Pulumi begins theirs with", () => {
    const acls = [
      resource("aws:wafv2/webAcl:WebAcl", {}, "mesh-web-acl-shop"),
      resource("aws:wafv2/webAcl:WebAcl", { namePrefix: "mesh-my-0a1b2c3-" }, "my.mesh-web-acl-shop"),
    ];
    const granted = statement(policyOf(acls), "ManageWebAcls");
    assert.deepEqual(granted?.Resource, [
      "arn:aws:wafv2:eu-central-1:*:regional/webacl/mesh-web-acl-shop-*/*",
      "arn:aws:wafv2:eu-central-1:*:regional/webacl/mesh-my-0a1b2c3-*/*",
    ]);
    for (const action of ["wafv2:CreateWebACL", "wafv2:DeleteWebACL", "wafv2:TagResource"])
      assert.ok(granted?.Action.includes(action), action);
    assert.equal(statement(policyOf([group]), "ManageWebAcls"), undefined);
  });

  it("keeps roles to those of the plan: by their own name, or by the one that Pulumi begins theirs with", () => {
    const roles = [resource("aws:iam/role:Role", { name: "tracing" }), resource("aws:iam/role:Role", {}, "mesh-xray")];
    const association = resource("aws:eks/podIdentityAssociation:PodIdentityAssociation", { clusterName: "prod" });
    const policy = policyOf([...roles, association]);
    assert.deepEqual(statement(policy, "ManagePodRoles")?.Resource, [
      "arn:aws:iam::*:role/tracing",
      "arn:aws:iam::*:role/mesh-xray-*",
    ]);
    assert.ok(!statement(policy, "ManagePodRoles")?.Action.includes("iam:PassRole"));
    assert.deepEqual(statement(policy, "PassPodRoles"), {
      ...{ Sid: "PassPodRoles", Effect: "Allow", Action: ["iam:PassRole"] },
      Resource: statement(policy, "ManagePodRoles")?.Resource,
      Condition: { StringEquals: { "iam:PassedToService": ["pods.eks.amazonaws.com"] } },
    });
    assert.deepEqual(statement(policy, "ManagePodIdentities")?.Resource, [
      "arn:aws:eks:eu-central-1:*:podidentityassociation/prod/*",
    ]);
    assert.deepEqual(statement(policy, "UseCluster")?.Resource, ["arn:aws:eks:eu-central-1:*:cluster/prod"]);
  });

  it("lets nobody write a role without the permissions boundary of the mesh", () => {
    const permissionsBoundary = "arn:aws:iam::123456789012:policy/boundary";
    const permissions = resource("aws:iam/rolePolicy:RolePolicy", {});
    const policy = policyOf([resource("aws:iam/role:Role", { permissionsBoundary }, "mesh-xray"), permissions]);
    assert.deepEqual(statement(policy, "WritePodRoles"), {
      ...{ Sid: "WritePodRoles", Effect: "Allow" },
      Action: ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"],
      Resource: ["arn:aws:iam::*:role/mesh-xray-*"],
      Condition: { StringLike: { "iam:PermissionsBoundary": [permissionsBoundary] } },
    });
    const elsewhere = policy.Statement.filter(({ Sid }) => Sid !== "WritePodRoles").flatMap(({ Action }) => Action);
    for (const action of ["iam:CreateRole", "iam:PutRolePolicy", "iam:DeleteRolePermissionsBoundary", "iam:*"])
      assert.ok(!elsewhere.includes(action), action);
  });

  it("asks for some boundary where its ARN is a secret", () => {
    const policy = policyOf([resource("aws:iam/role:Role", { permissionsBoundary: "[secret]" }, "mesh-xray")]);
    assert.deepEqual(statement(policy, "WritePodRoles")?.Condition, {
      StringLike: { "iam:PermissionsBoundary": ["arn:aws:iam::*:policy/*"] },
    });
  });

  it("writes roles without a condition where the mesh has no boundary, and then changes none", () => {
    const written = statement(policyOf([resource("aws:iam/role:Role", {}, "mesh-xray")]), "WritePodRoles");
    assert.deepEqual([written?.Action, written?.Condition], [["iam:CreateRole"], undefined]);
  });

  it("knows the partitions of AWS", () => {
    const resourcesIn = (region: string) =>
      statement(policyOf([certificate], { region }), "ManageCertificates")?.Resource;
    assert.deepEqual(resourcesIn("cn-north-1"), ["arn:aws-cn:acm:cn-north-1:*:certificate/*"]);
    assert.deepEqual(resourcesIn("us-gov-west-1"), ["arn:aws-us-gov:acm:us-gov-west-1:*:certificate/*"]);
    assert.deepEqual(resourcesIn("eusc-de-east-1"), ["arn:aws-eusc:acm:eusc-de-east-1:*:certificate/*"]);
    assert.deepEqual(resourcesIn("us-iso-east-1"), ["arn:aws-iso:acm:us-iso-east-1:*:certificate/*"]);
    assert.deepEqual(resourcesIn("us-isob-east-1"), ["arn:aws-iso-b:acm:us-isob-east-1:*:certificate/*"]);
  });

  it("refuses to guess for what the table does not know", () => {
    assert.throws(
      () => policyOf([resource("aws:s3/bucket:Bucket")]),
      /no IAM actions are known for aws:s3\/bucket:Bucket/,
    );
  });
});

describe("the table of actions", () => {
  const sources = (folder: string) =>
    readdirSync(join(root, folder)).map((file) => readFileSync(join(root, folder, file), "utf8"));

  it("has a row for every type and look-up of the component", () => {
    const shell = ["components/lookups", "components/resources"].flatMap(sources).join("\n");
    const imported = [...shell.matchAll(/from "@pulumi\/aws\/([a-z0-9]+)\/([a-zA-Z]+)"/g)];
    const rows = [...Object.keys(resourceActions), ...Object.keys(lookupActions)].map((row) =>
      row.replace(/^aws:(.*):.*$/, "$1"),
    );
    // The SDK and the token spell some folders differently: certificateValidation stands in both.
    const missing = imported.map(([, service, name]) => `${service}/${name}`).filter((name) => !rows.includes(name));
    assert.ok(imported.length > 8);
    assert.deepEqual([...new Set(missing)], []);
  });

  it("has every call that the live tier makes in the place of the AWS provider", () => {
    const known = [...Object.values(resourceActions), ...Object.values(lookupActions)].flatMap((row) =>
      Object.values(row).flat(),
    );
    const called = sources("tests/live/aws-provider").flatMap((source) =>
      [...source.matchAll(/import \{([^}]*)\} from "@aws-sdk\/client-([a-z0-9-]+)"/g)].flatMap(([, names, client]) =>
        [...String(names).matchAll(/(\w+)Command\b/g)].map(([, call]) => `${String(client).replace("-", "")}:${call}`),
      ),
    );
    assert.ok(called.length > 15, `${called.length} calls`);
    assert.deepEqual(
      [...new Set(called)].filter((call) => !known.includes(call)),
      [],
    );
  });
});
