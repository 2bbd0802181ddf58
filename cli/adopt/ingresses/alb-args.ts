import {
  albAnnotationRules,
  albOwnedAttributes,
  albOwnedTargetGroupAttributes,
} from "../../../components/ingress/strategies/alb/alb-annotations";
import { listAt, textAt } from "../../check/kubernetes-object";
import { type Annotations, furtherAnnotations, healthCheckArgs, listIn, numberIn, pairsIn } from "./annotations";
import { clientArgs } from "./client-args";
import type { EntryPoint } from "./entry-points";
import { type BalancerArgs, type BalancerContext, drainIn, rest, subnetsIn } from "./nlb-args";
import { compact, type Tree } from "../trees";

const lb = "alb.ingress.kubernetes.io/";

/** Reads the Ingress of an Application Load Balancer. */
export function albArgs(entry: EntryPoint, { scheme, vpcRanges, dns }: BalancerContext): BalancerArgs {
  const { annotations = {} } = entry.object.metadata;
  const attributes = pairsIn(annotations[`${lb}load-balancer-attributes`]);
  const group = pairsIn(annotations[`${lb}target-group-attributes`]);
  const clients = { scheme, vpcRanges, ranges: `${lb}inbound-cidrs`, prefixLists: `${lb}security-group-prefix-lists` };
  return {
    args: {
      ...clientArgs(entry, clients),
      ipAddressType: annotations[`${lb}ip-address-type`] === "dualstack" ? "dualstack" : undefined,
      subnetIds: subnetsIn(annotations[`${lb}subnets`]),
      healthCheck: healthCheckArgs(annotations, healthCheck),
      alb: albMembers(entry, attributes),
      annotations: {
        ...furtherAnnotations(withoutActions(annotations), { ...albAnnotationRules, owned, dns }),
        ...compact({ [`${lb}load-balancer-attributes`]: rest(attributes, Object.keys(albOwnedAttributes)) }),
        ...compact({ [`${lb}target-group-attributes`]: rest(group, Object.keys(albOwnedTargetGroupAttributes)) }),
      },
    },
    certificates: listIn(annotations[`${lb}certificate-arn`]),
    tlsPolicy: annotations[`${lb}ssl-policy`],
    drainSeconds: drainIn(group),
    tags: pairsIn(annotations[`${lb}tags`]),
  };
}

/** The mesh's Ingress has no backend that names an action; a redirect to HTTPS is a member, and the rest are routes. */
function withoutActions(annotations: Annotations): Annotations {
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => !key.startsWith(`${lb}actions.`)));
}

/** The mesh writes these itself, or has members for them. */
const owned = {
  ...albAnnotationRules.owned,
  ...Object.fromEntries(["load-balancer-attributes", "target-group-attributes"].map((end) => [end, ""])),
};

const healthCheck = [
  ...["healthy-threshold-count", "unhealthy-threshold-count"],
  ...["healthcheck-timeout-seconds", "healthcheck-interval-seconds"],
].map((end) => `${lb}${end}`);

/** The name is the one that AWS has: the mesh's default, or none, would be another load balancer. */
function albMembers({ object, balancer }: EntryPoint, attributes: Readonly<Record<string, string>>): Tree {
  const { annotations = {} } = object.metadata;
  const logs = attributes["access_logs.s3.enabled"] === "true" ? attributes["access_logs.s3.bucket"] : undefined;
  return {
    name: balancer?.name,
    groupName: annotations[`${lb}group.name`],
    webAclArn: annotations[`${lb}wafv2-acl-arn`] ?? balancer?.webAclArn,
    idleTimeoutSeconds: numberIn(attributes["idle_timeout.timeout_seconds"]),
    accessLogsBucket: logs,
    backendProtocol: annotations[`${lb}backend-protocol`] === "HTTPS" ? "HTTPS" : undefined,
  };
}

/** Hosts of the rules. */
export function hostsOf(ingress: unknown): readonly string[] {
  const hosts = listAt(ingress, "spec", "rules").map((rule) => textAt(rule, "host"));
  return [...new Set(hosts)].filter((host) => host !== "");
}

/** Whether the ALB sends plain HTTP to HTTPS by itself. */
export function redirects(ingress: EntryPoint["object"]): boolean {
  const { annotations = {} } = ingress.metadata;
  const actions = Object.entries(annotations).filter(([key]) => key.startsWith(`${lb}actions.`));
  return annotations[`${lb}ssl-redirect`] !== undefined || actions.some(([, action]) => /"HTTPS"/.test(action));
}
