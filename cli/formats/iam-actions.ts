/**
 * What the AWS provider calls for each type of resource and each look-up: to create, read, change and remove it, tags
 * included. Read in the provider's source (internal/service of hashicorp/terraform-provider-aws, which Pulumi's provider
 * wraps), and held against the calls of the live tier.
 */

/** Where an action takes effect, so far as a policy can express it. The value is the Sid of its statement. */
export const Scope = {
  /** Actions that list and describe, which IAM cannot narrow. */
  Everything: "ListAndDescribe",
  Cluster: "UseCluster",
  /** A role with which Kubernetes is asked. */
  ClusterRole: "AssumeClusterRole",
  /** Security groups that do not exist yet, and the VPC they will be in. */
  NewSecurityGroups: "CreateSecurityGroups",
  /** Tags that a security group or rule gets while it is created. */
  NewTags: "TagNewSecurityGroups",
  /** The mesh's own, one for each load balancer. */
  OwnSecurityGroups: "ManageLoadBalancerSecurityGroups",
  /** Those of the cluster and its nodes, which the load balancers' rules are added to. */
  NodeSecurityGroups: "ChangeRulesOfNodeSecurityGroups",
  SecurityGroupRules: "ManageSecurityGroupRules",
  NewCertificates: "RequestCertificates",
  Certificates: "ManageCertificates",
  PrivateCas: "ReadPrivateCertificateAuthority",
  /** Certificates of subordinate authorities, and of no other template. */
  SubordinateCas: "RequestSubordinateCertificateAuthority",
  HostedZones: "ReadHostedZones",
  /** Names in hosted zones. */
  Records: "ChangeRecords",
  /** What Route 53 has accepted and not yet sent to all of its servers. */
  Changes: "WaitForRecords",
  /** Roles that may write in the zones of other accounts. */
  DnsRoles: "AssumeDnsRoles",
  /** Web ACLs of the mesh's own. */
  WebAcls: "ManageWebAcls",
  Roles: "ManagePodRoles",
  /** What decides what a role may do. */
  WrittenRoles: "WritePodRoles",
  /** Roles that EKS hands on to pods. */
  PassedRoles: "PassPodRoles",
  PodIdentities: "ManagePodIdentities",
  EksAddons: "ManageEksAddons",
} as const;
export type Scope = (typeof Scope)[keyof typeof Scope];

export type Actions = Readonly<Partial<Record<Scope, readonly string[]>>>;

const ruleActions = (direction: "Ingress" | "Egress"): Actions => {
  const ofGroup = [
    `ec2:AuthorizeSecurityGroup${direction}`,
    `ec2:RevokeSecurityGroup${direction}`,
    "ec2:ModifySecurityGroupRules",
  ];
  return {
    [Scope.Everything]: ["ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups"],
    [Scope.OwnSecurityGroups]: ofGroup,
    [Scope.NodeSecurityGroups]: ofGroup,
    [Scope.NewTags]: ["ec2:CreateTags"],
    [Scope.SecurityGroupRules]: [
      `ec2:AuthorizeSecurityGroup${direction}`,
      "ec2:ModifySecurityGroupRules",
      "ec2:CreateTags",
      "ec2:DeleteTags",
    ],
  };
};

/** By type of resource. */
export const resourceActions: Readonly<Record<string, Actions>> = {
  // A provider of the component's own acts in a role.
  "pulumi:providers:aws": { [Scope.DnsRoles]: ["sts:AssumeRole"] },
  "aws:ec2/securityGroup:SecurityGroup": {
    // Network interfaces: what may still hold a group that is to go.
    [Scope.Everything]: ["ec2:DescribeSecurityGroups", "ec2:DescribeNetworkInterfaces"],
    [Scope.NewSecurityGroups]: ["ec2:CreateSecurityGroup"],
    [Scope.NewTags]: ["ec2:CreateTags"],
    // A new group lets everything out; the provider takes that rule away at once.
    [Scope.OwnSecurityGroups]: [
      "ec2:DeleteSecurityGroup",
      "ec2:RevokeSecurityGroupEgress",
      "ec2:CreateTags",
      "ec2:DeleteTags",
    ],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ruleActions("Ingress"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ruleActions("Egress"),
  "aws:acm/certificate:Certificate": {
    [Scope.NewCertificates]: ["acm:RequestCertificate"],
    [Scope.Certificates]: [
      "acm:DescribeCertificate",
      "acm:DeleteCertificate",
      "acm:UpdateCertificateOptions",
      "acm:ListTagsForCertificate",
      "acm:AddTagsToCertificate",
      "acm:RemoveTagsFromCertificate",
    ],
  },
  "aws:acm/certificateValidation:CertificateValidation": { [Scope.Certificates]: ["acm:DescribeCertificate"] },
  // It is retained on destroy, so that it is never revoked.
  "aws:acmpca/certificate:Certificate": {
    [Scope.PrivateCas]: ["acm-pca:GetCertificate"],
    [Scope.SubordinateCas]: ["acm-pca:IssueCertificate"],
  },
  "aws:route53/record:Record": {
    [Scope.HostedZones]: ["route53:GetHostedZone", "route53:ListResourceRecordSets"],
    [Scope.Records]: ["route53:ChangeResourceRecordSets"],
    [Scope.Changes]: ["route53:GetChange"],
  },
  "aws:wafv2/webAcl:WebAcl": {
    [Scope.WebAcls]: [
      "wafv2:CreateWebACL",
      "wafv2:GetWebACL",
      "wafv2:UpdateWebACL",
      "wafv2:DeleteWebACL",
      "wafv2:ListTagsForResource",
      "wafv2:TagResource",
      "wafv2:UntagResource",
    ],
  },
  "aws:iam/role:Role": {
    [Scope.WrittenRoles]: ["iam:CreateRole"],
    [Scope.Roles]: [
      "iam:GetRole",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
      "iam:UpdateAssumeRolePolicy",
      "iam:DeleteRole",
      "iam:TagRole",
      "iam:UntagRole",
      // Read with every role; the last, before it is removed.
      "iam:ListRolePolicies",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
    ],
  },
  "aws:iam/rolePolicy:RolePolicy": {
    [Scope.WrittenRoles]: ["iam:PutRolePolicy"],
    [Scope.Roles]: ["iam:GetRolePolicy", "iam:DeleteRolePolicy"],
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    [Scope.Cluster]: ["eks:CreatePodIdentityAssociation"],
    [Scope.PodIdentities]: [
      "eks:DescribePodIdentityAssociation",
      "eks:UpdatePodIdentityAssociation",
      "eks:DeletePodIdentityAssociation",
      "eks:TagResource",
      "eks:UntagResource",
    ],
    [Scope.Roles]: ["iam:GetRole"],
    [Scope.PassedRoles]: ["iam:PassRole"],
  },
  "aws:eks/addon:Addon": {
    [Scope.Everything]: ["eks:DescribeAddonVersions", "eks:DescribeAddonConfiguration"],
    // It makes the association of its role itself.
    [Scope.Cluster]: ["eks:CreateAddon", "eks:CreatePodIdentityAssociation"],
    [Scope.EksAddons]: [
      ...["eks:DescribeAddon", "eks:UpdateAddon", "eks:DeleteAddon", "eks:DescribeUpdate"],
      ...["eks:TagResource", "eks:UntagResource"],
    ],
    [Scope.PodIdentities]: [
      "eks:DescribePodIdentityAssociation",
      "eks:UpdatePodIdentityAssociation",
      "eks:DeletePodIdentityAssociation",
      "eks:TagResource",
      "eks:UntagResource",
    ],
    [Scope.Roles]: ["iam:GetRole"],
    [Scope.PassedRoles]: ["iam:PassRole"],
  },
};

/** By token of look-up. */
export const lookupActions: Readonly<Record<string, Actions>> = {
  "aws:eks/getCluster:getCluster": { [Scope.Cluster]: ["eks:DescribeCluster"] },
  "aws:ec2/getVpc:getVpc": {
    [Scope.Everything]: ["ec2:DescribeVpcs", "ec2:DescribeVpcAttribute", "ec2:DescribeRouteTables"],
  },
  "aws:acm/getCertificate:getCertificate": {
    [Scope.Everything]: ["acm:ListCertificates"],
    [Scope.Certificates]: ["acm:DescribeCertificate", "acm:GetCertificate", "acm:ListTagsForCertificate"],
  },
  "aws:acmpca/getCertificateAuthority:getCertificateAuthority": {
    [Scope.PrivateCas]: [
      "acm-pca:DescribeCertificateAuthority",
      "acm-pca:GetCertificateAuthorityCertificate",
      "acm-pca:GetCertificateAuthorityCsr",
      "acm-pca:ListTags",
    ],
  },
  "aws:route53/getZone:getZone": {
    [Scope.Everything]: ["route53:ListHostedZones"],
    [Scope.HostedZones]: ["route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:ListTagsForResource"],
  },
  // Answered by a table in the provider.
  "aws:lb/getHostedZoneId:getHostedZoneId": {},
};
