import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { listOf, textOf } from "../rules/rule";
import {
  type Asked,
  type Authorization,
  accountId,
  requestTags,
  resourceTags,
  tagMap,
  type TagsOf,
} from "./authorization";

type Authorize = (asked: Asked, tagsOf: TagsOf) => Promise<readonly Authorization[]> | readonly Authorization[];

/** What the smaller services ask IAM, by their names in a signature. */
export const otherAuthorizations: Readonly<Record<string, Authorize>> = {
  acm: acmAuthorizations,
  route53: route53Authorizations,
  eks: eksAuthorizations,
  wafv2: wafAuthorizations,
  iam: iamAuthorizations,
  shield: ({ operation }) => [everywhere(`shield:${operation}`)],
  tagging: ({ operation }) => [everywhere(`tag:${operation}`)],
};

function everywhere(action: string): Authorization {
  return { action, resource: "*", keys: {} };
}

async function acmAuthorizations(asked: Asked, tagsOf: TagsOf): Promise<readonly Authorization[]> {
  const { operation, parameters, region } = asked;
  const action = `acm:${operation}`;
  const given = requestTags(tagMap(parameters["Tags"]));
  const certificate = textOf(parameters, "CertificateArn");
  if (certificate !== undefined) {
    const keys = operation.startsWith("Describe") ? {} : resourceTags(await tagsOf(certificate));
    return [{ action, resource: certificate, keys: { ...given, ...keys } }];
  }
  const tagging = { action: "acm:AddTagsToCertificate", resource: `arn:aws:acm:${region}:${accountId}:certificate/*` };
  const isTagged = operation === "RequestCertificate" && Object.keys(given).length > 0;
  return [{ ...everywhere(action), keys: given }, ...(isTagged ? [{ ...tagging, keys: given }] : [])];
}

function route53Authorizations({ operation, parameters }: Asked): readonly Authorization[] {
  const action = `route53:${operation}`;
  const zone = textOf(parameters, "HostedZoneId");
  const id = textOf(parameters, "Id");
  const { Changes: changes = [] } = (parameters["ChangeBatch"] ?? {}) as {
    readonly Changes?: readonly { readonly Action: string; readonly ResourceRecordSet: ResourceRecordSet }[];
  };
  const prefix = "route53:ChangeResourceRecordSets";
  const keys =
    changes.length === 0
      ? {}
      : {
          [`${prefix}NormalizedRecordNames`]: changes.map(({ ResourceRecordSet: set }) => normalized(String(set.Name))),
          [`${prefix}RecordTypes`]: changes.map(({ ResourceRecordSet: set }) => String(set.Type)),
          [`${prefix}Actions`]: changes.map(({ Action }) => Action),
        };
  if (zone !== undefined) return [{ action, resource: `arn:aws:route53:::hostedzone/${short(zone)}`, keys }];
  if (id === undefined) return [everywhere(action)];
  const type = operation === "GetChange" ? "change" : "hostedzone";
  return [{ action, resource: `arn:aws:route53:::${type}/${short(id)}`, keys }];
}

function short(id: string): string {
  return id.split("/").slice(-1).join("");
}

/** Small letters, no dot at the end, and everything but `a-z0-9-_.` as an octal number. */
function normalized(name: string): string {
  const octal = (one: string) => `\\${one.charCodeAt(0).toString(8).padStart(3, "0")}`;
  return name
    .toLowerCase()
    .replace(/\.$/, "")
    .replaceAll("\\052", "*")
    .replace(/[^a-z0-9\-_.]/g, octal);
}

/** The cluster, and what belongs to it. */
function eksAuthorizations({ operation, parameters, region }: Asked): readonly Authorization[] {
  const cluster = textOf(parameters, "clusterName") ?? textOf(parameters, "name");
  const addon = textOf(parameters, "addonName");
  const association = textOf(parameters, "associationId");
  const start = `arn:aws:eks:${region}:${accountId}`;
  const resource =
    textOf(parameters, "resourceArn") ??
    (association !== undefined
      ? `${start}:podidentityassociation/${String(cluster)}/${association}`
      : addon !== undefined && !operation.startsWith("Create")
        ? `${start}:addon/${String(cluster)}/${addon}/*`
        : `${start}:cluster/${String(cluster)}`);
  const isListed = cluster === undefined && textOf(parameters, "resourceArn") === undefined;
  return [{ action: `eks:${operation}`, resource: isListed ? "*" : resource, keys: {} }];
}

/** A web ACL that is associated with a load balancer needs rights on both. */
function wafAuthorizations({ operation, parameters }: Asked): readonly Authorization[] {
  const action = `wafv2:${operation}`;
  const arns = ["WebACLArn", "ResourceArn"].flatMap((name) => textOf(parameters, name) ?? []);
  if (arns.length === 0) return [everywhere(action)];
  return arns.map((resource) => ({ action, resource, keys: {} }));
}

function iamAuthorizations({ operation, parameters }: Asked): readonly Authorization[] {
  const role = textOf(parameters, "RoleName");
  const keys = requestTags(tagMap(parameters["Tags"]));
  const service = textOf(parameters, "AWSServiceName");
  if (service !== undefined) {
    const resource = `arn:aws:iam::${accountId}:role/aws-service-role/${service}/*`;
    return [{ action: `iam:${operation}`, resource, keys: { "iam:AWSServiceName": service } }];
  }
  const arns = listOf(parameters, "PolicyArn");
  const resource = role === undefined ? (arns[0] ?? "*") : `arn:aws:iam::${accountId}:role/${role}`;
  return [{ action: `iam:${operation}`, resource, keys }];
}
