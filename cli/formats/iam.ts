import { assumedRoles } from "../stack/assumed-roles";
import { listOf } from "../members";
import type { Recorded } from "../plan/recording";
import { type Actions, lookupActions, resourceActions, Scope } from "./iam-actions";
import { securityGroupPlaces } from "./iam-security-groups";

type Inputs = Readonly<Record<string, unknown>>;

/** A query of the plan to AWS, and the answer. */
export interface Lookup {
  readonly token: string;
  readonly inputs: Inputs;
  readonly answer: Inputs;
}

/** What of the account the plan knows. */
export interface Account {
  readonly lookups: readonly Lookup[];
  readonly region: string;
  /** Roles with which Kubernetes is asked. */
  readonly clusterRoles?: readonly string[];
}

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Inputs;
}

/** Where the actions of a scope take effect. */
interface Place {
  readonly resources: readonly string[];
  readonly condition?: Inputs;
}

/**
 * The IAM policy that lets someone run `pulumi up`, `refresh` and `destroy` of this mesh, and no more: the actions of each
 * type of resource and look-up in the plan, on what the plan names.
 */
export function policyText(resources: readonly Recorded[], account: Account): string {
  const { own, inRoles } = byIdentity(resources);
  const asked = account.lookups.filter((lookup) => !isAskedInRole(lookup, own, inRoles));
  const wanted = [
    ...own.map(({ type }) => actionsOf(resourceActions, type)),
    ...asked.map(({ token }) => actionsOf(lookupActions, token)),
    ...boundariesOf(own).map(() => ({ [Scope.WrittenRoles]: ["iam:PutRolePermissionsBoundary"] })),
    { [Scope.ClusterRole]: ["sts:AssumeRole"] },
  ];
  const places = placesOf(own, { ...account, lookups: asked });
  const Statement = Object.values(Scope).flatMap((scope) => statementOf(scope, wanted, places[scope]));
  return `${JSON.stringify({ Version: "2012-10-17", Statement }, null, 2)}\n`;
}

const awsProvider = "pulumi:providers:aws";

/** What the stack's own identity makes, its providers for other roles among it, and what these roles make. */
function byIdentity(resources: readonly Recorded[]) {
  const providers = resources.filter(({ type }) => type === awsProvider).map(({ name }) => name);
  const isInRole = ({ options }: Recorded) => providers.includes(String(options["provider"]));
  const inAws = resources.filter(({ type }) => type.startsWith("aws:") || type === awsProvider);
  return { own: inAws.filter((one) => !isInRole(one)), inRoles: inAws.filter((one) => isInRole(one)) };
}

/** A zone is looked up by the identity that writes its records. */
function isAskedInRole({ token, answer }: Lookup, own: readonly Recorded[], inRoles: readonly Recorded[]): boolean {
  const writes = ({ inputs }: Recorded) => (inputs as Inputs)["zoneId"] === answer["zoneId"];
  return token.endsWith(":getZone") && inRoles.some(writes) && !own.some(writes);
}

function actionsOf(table: Readonly<Record<string, Actions>>, type: string): Actions {
  const actions = table[type];
  if (actions === undefined) throw new Error(`no IAM actions are known for ${type}; this is a mistake in istio-eks`);
  return actions;
}

function statementOf(scope: Scope, wanted: readonly Actions[], place: Place): readonly Statement[] {
  const actions = new Set(wanted.flatMap((each) => each[scope] ?? []));
  if (actions.size === 0 || place.resources.length === 0) return [];
  const Condition = place.condition === undefined ? {} : { Condition: place.condition };
  return [
    { Sid: scope, Effect: "Allow", Action: [...actions].sort(), Resource: [...new Set(place.resources)], ...Condition },
  ];
}

function placesOf(resources: readonly Recorded[], account: Account): Readonly<Record<Scope, Place>> {
  const { lookups, region, clusterRoles = [] } = account;
  const partition = partitionOf(region);
  const arn = (service: string, rest: string) => `arn:${partition}:${service}:${region}:*:${rest}`;
  const of = (type: string) => resources.filter((resource) => resource.type.endsWith(`:${type}`));
  const zones = [
    ...of("Record").flatMap(({ inputs }) => texts((inputs as Inputs)["zoneId"])),
    ...lookups.filter(({ token }) => token.endsWith(":getZone")).flatMap(({ answer }) => texts(answer["zoneId"])),
  ];
  const hostedZones = zones.map((zone) => `arn:${partition}:route53:::hostedzone/${zone}`);
  return {
    ...eksPlaces(resources, lookups, (rest) => arn("eks", rest)),
    ...rolePlaces(of("Role"), (rest) => `arn:${partition}:iam::*:${rest}`),
    ...privateCaPlaces(of("Certificate"), { partition, any: arn("acm-pca", "certificate-authority/*") }),
    ...securityGroupPlaces(resources, (rest) => arn("ec2", rest)),
    [Scope.ClusterRole]: { resources: clusterRoles },
    [Scope.DnsRoles]: { resources: rolesAssumed(resources, `arn:${partition}:iam::*:role/*`) },
    [Scope.Everything]: { resources: ["*"] },
    [Scope.NewCertificates]: { resources: ["*"] },
    [Scope.Certificates]: { resources: [arn("acm", "certificate/*")] },
    [Scope.HostedZones]: { resources: hostedZones },
    [Scope.Records]: {
      resources: hostedZones,
      ...onlyIf("ForAllValues:StringLike", "route53:ChangeResourceRecordSetsNormalizedRecordNames", recordNames(of)),
    },
    [Scope.WebAcls]: { resources: of("WebAcl").map((acl) => arn("wafv2", `regional/webacl/${webAclName(acl)}/*`)) },
    [Scope.Changes]: { resources: [`arn:${partition}:route53:::change/*`] },
  };
}

/** Roles in which providers act; `any` for one whose ARN is a secret. */
function rolesAssumed(resources: readonly Recorded[], any: string): readonly string[] {
  return resources
    .filter(({ type }) => type === awsProvider)
    .flatMap(({ inputs }) => assumedRoles((inputs as Inputs)["assumeRoles"]))
    .map((role) => (role.startsWith("arn:") ? role : any));
}

/**
 * Roles of the plan; the boundary without which none may be written, if the mesh has one; and the one service to which they
 * may be passed: EKS Pod Identity, for its associations and add-ons.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
function rolePlaces(roles: readonly Recorded[], arn: (rest: string) => string) {
  const resources = roles.map((role) => arn(`role/${roleName(role)}`));
  const boundaries = boundariesOf(roles).map((one) => (one.startsWith("arn:") ? one : arn("policy/*")));
  return {
    [Scope.Roles]: { resources },
    [Scope.WrittenRoles]: { resources, ...onlyIf("StringLike", "iam:PermissionsBoundary", [...new Set(boundaries)]) },
    [Scope.PassedRoles]: {
      resources,
      ...onlyIf("StringEquals", "iam:PassedToService", ["pods.eks.amazonaws.com"]),
    },
  };
}

function boundariesOf(resources: readonly Recorded[]): readonly string[] {
  return resources.flatMap(({ inputs }) => texts((inputs as Inputs)["permissionsBoundary"]));
}

/** The cluster, its add-ons, and the roles that its pods get. */
function eksPlaces(resources: readonly Recorded[], lookups: readonly Lookup[], arn: (rest: string) => string) {
  const of = (type: string) =>
    resources.filter((resource) => resource.type.endsWith(`:${type}`)).map(({ inputs }) => inputs as Inputs);
  const asked = lookups.filter(({ token }) => token.endsWith(":getCluster"));
  const clusters = asked.flatMap(({ inputs }) => texts(inputs["name"]));
  const addons = of("Addon");
  const identities = [...of("PodIdentityAssociation"), ...addons].flatMap(({ clusterName }) => texts(clusterName));
  return {
    [Scope.Cluster]: { resources: [...clusters, ...identities].map((name) => arn(`cluster/${name}`)) },
    [Scope.PodIdentities]: { resources: identities.map((name) => arn(`podidentityassociation/${name}/*`)) },
    [Scope.EksAddons]: {
      resources: addons.map(({ clusterName, addonName }) => arn(`addon/${String(clusterName)}/${String(addonName)}/*`)),
    },
  };
}

interface PrivateCas {
  readonly partition: string;
  /** Every authority of the region. */
  readonly any: string;
}

/** The authorities that issue certificates, wherever their account is; `any` for one whose ARN is a secret. */
function privateCaPlaces(certificates: readonly Recorded[], { partition, any }: PrivateCas) {
  const resources = certificates
    .flatMap(({ inputs }) => texts((inputs as Inputs)["certificateAuthorityArn"]))
    .map((arn) => (arn.startsWith("arn:") ? arn : any));
  const template = `arn:${partition}:acm-pca:::template/SubordinateCACertificate_PathLen0/V1`;
  return {
    [Scope.PrivateCas]: { resources },
    [Scope.SubordinateCas]: { resources, ...onlyIf("StringEquals", "acm-pca:TemplateArn", [template]) },
  };
}

/** The partition of a region: the ARNs of each partition begin differently. */
function partitionOf(region: string): string {
  const [partition = "aws"] = Object.entries(partitions).flatMap(([prefix, one]) =>
    region.startsWith(prefix) ? [one] : [],
  );
  return partition;
}

/** By the beginning of their regions' names. Source: botocore's partitions.json */
const partitions: Readonly<Record<string, string>> = {
  "cn-": "aws-cn",
  "us-gov-": "aws-us-gov",
  "eusc-": "aws-eusc",
  "us-iso-": "aws-iso",
  "us-isob-": "aws-iso-b",
  "eu-isoe-": "aws-iso-e",
  "us-isof-": "aws-iso-f",
};

function texts(value: unknown): readonly string[] {
  return typeof value === "string" && value !== "" ? [value] : [];
}

function onlyIf(operator: string, key: string, values: readonly string[]): Pick<Place, "condition"> {
  return values.length === 0 ? {} : { condition: { [operator]: { [key]: values } } };
}

/**
 * Names of records as Route 53 compares them: small letters, `*` as `\052`. ACM chooses the names by which a certificate
 * is validated; they begin with `_`.
 */
function recordNames(of: (type: string) => readonly Recorded[]): readonly string[] {
  const plain = of("Record").flatMap(({ inputs }) => texts((inputs as Inputs)["name"]));
  const validationRecords = of("acm/certificate:Certificate").flatMap(({ inputs }) => {
    const { domainName, subjectAlternativeNames } = inputs as Inputs;
    const domains = [domainName, ...listOf(subjectAlternativeNames)];
    return domains.map((domain) => `_*.${String(domain).replace(/^\*\./, "")}`);
  });
  const known = plain.filter((name) => !name.startsWith("<")).map((name) => name.toLowerCase().replace("*", "\\052"));
  return [...new Set([...known, ...validationRecords])].sort();
}

/** Pulumi puts random characters behind the logical name, unless the role has a name of its own. */
function roleName({ name, inputs }: Recorded): string {
  const [given] = texts((inputs as Inputs)["name"]);
  return given === undefined ? `${name}-*` : given;
}

/** The same of web ACLs; of a logical name that AWS would not take, Pulumi is given another beginning. */
function webAclName({ name, inputs }: Recorded): string {
  const [prefix = `${name}-`] = texts((inputs as Inputs)["namePrefix"]);
  return `${prefix}*`;
}
