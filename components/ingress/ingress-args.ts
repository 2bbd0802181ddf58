import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { type GatewayArgs, gatewayShape } from "./gateways/gateway-args";
import { type RateLimitArgs, rateLimitShape } from "./gateways/rate-limit-args";
import { type AlbArgs, albShape } from "./strategies/alb/alb-args";
import { type DnsArgs, dnsShape } from "./dns/dns-args";
import { type HealthCheckArgs, healthCheckShape } from "./health-check-args";
import { type NlbArgs, nlbShape } from "./strategies/nlb/nlb-args";
import { type TlsArgs, tlsShape } from "./certificates/tls-args";
import { prefixListId, securityGroupId, subnetId } from "../inputs/aws/aws-id";
import { choice } from "../inputs/choice";
import { cidr } from "../inputs/network/cidr";
import { field } from "../inputs/form";
import { hostname } from "../inputs/network/hostname";
import { inputValue } from "../inputs/input-value";
import { wholeNumber } from "../inputs/number";
import { mapOf, shape } from "../inputs/shape";
import { anyText } from "../inputs/text";
import { type RouteArgs, routeShape } from "./routes/route-args";
import { IngressStrategy, IpAddressType, Routing, Scheme } from "../plan/enums";

/** One ingress of the mesh: a load balancer, its security group, DNS names and certificate, and the gateway behind it. */
export interface IngressArgs {
  /**
   * `nlb`: a Network Load Balancer straight to the gateway's pods. `alb`: an Application Load Balancer to node ports.
   *
   * @remarks Changing it makes another load balancer with another address, and removes the first.
   * @example `"nlb"`
   */
  strategy: IngressStrategy;
  /**
   * `internal` or `internet-facing`.
   *
   * @defaultValue `"internal"`
   * @remarks Changing it makes a new load balancer; records follow by themselves.
   * @example `"internet-facing"`
   */
  scheme?: Scheme;
  /**
   * The API that configures the gateway: `istio` (gateway chart, Istio Gateway) or `gateway-api` (a Gateway that istiod
   * turns into pods).
   *
   * @defaultValue sidecar `"istio"`, ambient `"gateway-api"`
   * @example `"gateway-api"`
   */
  routing?: Routing;
  /**
   * IP addresses of the load balancer.
   *
   * @defaultValue `"ipv4"`; `"dualstack"` with `cluster.ipFamily: "ipv6"`
   * @example `"dualstack"`
   */
  ipAddressType?: IpAddressType;
  /** Hosts that this ingress serves; wildcards allowed. @defaultValue `[]`: every host @example `["shop.example.com"]` */
  hostnames?: string[];
  /** Route 53 records for the hostnames. @defaultValue no records */
  dns?: DnsArgs;
  /** HTTPS. @defaultValue plain HTTP; an NLB passes port 443 through to the gateway */
  tls?: TlsArgs;
  /**
   * Which addresses may reach the load balancer, on 80, 443 and `nlb.ports` only. With any of `allowedCidrs`, `allowedPrefixListIds`
   * and `allowedSecurityGroupIds`, only those that the three name may.
   *
   * @defaultValue everybody if internet-facing, else the VPC's own ranges: all of its IPv4 ranges, and with
   * `ipAddressType: "dualstack"` its IPv6 ranges
   * @remarks Changing it changes rules in place.
   * @example `["203.0.113.0/24"]`
   */
  allowedCidrs?: string[];
  /**
   * Managed prefix lists whose addresses may reach the load balancer, such as AWS' list of CloudFront's servers. A list
   * counts with its maximum number of entries, once for 80 and once for 443, towards the 60 rules that AWS allows in a
   * security group by default.
   *
   * @defaultValue `[]`
   * @remarks Changing it changes rules in place.
   * @example `["pl-4fa04526"]`
   */
  allowedPrefixListIds?: pulumi.Input<string>[];
  /**
   * Security groups whose members may reach the load balancer by its private addresses: clients in the VPC, or in one
   * that is peered with it.
   *
   * @defaultValue `[]`
   * @remarks Changing it changes rules in place.
   * @example `["sg-0123456789abcdef0"]`
   */
  allowedSecurityGroupIds?: pulumi.Input<string>[];
  /**
   * Proxies before the load balancer that append to X-Forwarded-For: 1 with CloudFront before it. An ALB is not counted;
   * the component adds it. The gateway finds the client's address by this number.
   *
   * @defaultValue `0`
   * @remarks Clients that reach the load balancer past these proxies can choose the address that applications see: let in
   * the proxies only. Changing it restarts the gateway's pods one by one.
   * @example `1`
   */
  trustedProxies?: number;
  /**
   * Subnets of the load balancer, one per zone; an ALB needs two.
   *
   * @defaultValue `cluster.subnetIds`
   * @example `["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]`
   */
  subnetIds?: pulumi.Input<string>[];
  /** When a gateway pod counts as healthy. */
  healthCheck?: HealthCheckArgs;
  /** The pods behind the load balancer. */
  gateway?: GatewayArgs;
  /** What only an NLB has. */
  nlb?: NlbArgs;
  /** What only an ALB has. */
  alb?: AlbArgs;
  /** Which requests go to which Service. @defaultValue none: write VirtualServices or HTTPRoutes of your own */
  routes?: RouteArgs[];
  /**
   * A limit of requests in each gateway pod. It holds for all ingresses that share the gateway, and is written at the one whose
   * gateway it is. For a limit by client address see `alb.rateLimitPer5Minutes`.
   *
   * @defaultValue no limit
   * @remarks Changing it changes one object in place; no pod restarts.
   * @example `{ requestsPerSecond: 500, burst: 1000 }`
   */
  rateLimit?: RateLimitArgs;
  /**
   * More annotations for the Service (NLB) or the Ingress (ALB). Those that other members decide are refused, and so are
   * names that the load balancer controller would silently ignore. Annotations for ExternalDNS are refused where `dns` makes
   * the records.
   *
   * @example `{ "alb.ingress.kubernetes.io/success-codes": "200" }`
   */
  annotations?: { [key: string]: string };
}

export const ingressShape = shape({
  strategy: field(choice(IngressStrategy)),
  scheme: field(choice(Scheme, { public: 'write "internet-facing"', private: 'write "internal"' })).optional(),
  routing: field(choice(Routing)).optional(),
  ipAddressType: field(
    choice(IpAddressType, { ipv6: 'write "dualstack": an NLB or ALB has IPv4 addresses too' }),
  ).optional(),
  hostnames: z.array(field(hostname)).optional(),
  dns: dnsShape.optional(),
  tls: tlsShape.optional(),
  allowedCidrs: z.array(field(cidr)).optional(),
  allowedPrefixListIds: z.array(field(inputValue(prefixListId))).optional(),
  allowedSecurityGroupIds: z.array(field(inputValue(securityGroupId))).optional(),
  trustedProxies: field(wholeNumber(0, 20)).optional(),
  subnetIds: z.array(field(inputValue(subnetId))).optional(),
  healthCheck: healthCheckShape.optional(),
  gateway: gatewayShape.optional(),
  nlb: nlbShape.optional(),
  alb: albShape.optional(),
  routes: z.array(routeShape).optional(),
  rateLimit: rateLimitShape.optional(),
  annotations: mapOf(field(anyText)).optional(),
} satisfies Record<keyof IngressArgs, z.ZodType>);
