import { answered } from "../../../cli/check/facts";
import { checkSubnets, subnets } from "../../../cli/check/checks/subnets";
import { controllerOf, describeCheck, no, subnetOf } from "../../support/situation";

const tagged = { "kubernetes.io/role/internal-elb": "1" };
const there = (...all: ReturnType<typeof subnetOf>[]) => ({ subnets: answered(all) });
const nlb = (ids: readonly unknown[]) => ({ ingress: { strategy: "nlb", subnetIds: ids } });
const dualstack = (ids: readonly string[]) => ({ ingress: { ...nlb(ids).ingress, ipAddressType: "dualstack" } });
const withIpv6 = (...[id, zone, tags]: Parameters<typeof subnetOf>) => ({ ...subnetOf(id, zone, tags), hasIpv6: true });
const [a, b] = ["subnet-0a0a0a0a", "subnet-0b0b0b0b"];
const old = { controllers: answered([controllerOf("lbc:v2.12.0")]) };

describeCheck({ subject: subnets, check: checkSubnets }, [
  {
    title: "is content with tagged subnets in two zones",
    finds: ["fit"],
    says: [/ingress istio-ingress: 2 subnets in eu-central-1a, eu-central-1b/],
  },
  {
    title: "looks for public ones where the load balancer is public",
    args: { ingress: { strategy: "alb", scheme: "internet-facing" } },
    finds: ["fit"],
  },
  {
    title: "is content with given ones",
    args: nlb([a, b]),
    aws: there(subnetOf(a, "a"), subnetOf(b, "b")),
    finds: ["fit"],
  },
  {
    title: "misses given ones in the VPC",
    args: nlb([a, b]),
    aws: there(subnetOf(a, "a")),
    finds: ["absent"],
    says: [/subnet-0b0b0b0b: not in the VPC vpc-1/],
  },
  {
    title: "refuses given ones without an IPv6 range for a load balancer with addresses of both families",
    args: dualstack([a, b]),
    aws: there(subnetOf(a, "a"), withIpv6(b, "b")),
    finds: ["no-ipv6"],
    says: [/subnet-0a0a0a0a: no IPv6 range/],
  },
  {
    title: "does the same on a cluster with IPv6, where every load balancer has both",
    args: { ...nlb([a, b]), cluster: { name: "prod", ipFamily: "ipv6" } },
    aws: there(subnetOf(a, "a"), subnetOf(b, "b")),
    finds: ["no-ipv6"],
    says: [/subnet-0a0a0a0a, subnet-0b0b0b0b: no IPv6 range/],
  },
  {
    title: "is content with IPv6 ranges in all of them",
    args: dualstack([a, b]),
    aws: there(withIpv6(a, "a"), withIpv6(b, "b")),
    finds: ["fit"],
  },
  {
    title: "leaves to the controller which one of a zone it takes",
    args: dualstack([]),
    aws: there(subnetOf(a, "a", tagged), withIpv6("subnet-0c", "a", tagged), withIpv6(b, "b", tagged)),
    finds: ["fit"],
  },
  { title: "cannot read encrypted ones", args: nlb([a, Promise.resolve(b)]), finds: ["encrypted"] },
  {
    title: "refuses two given ones in one zone",
    args: nlb([a, b]),
    aws: there(subnetOf(a, "a"), subnetOf(b, "a")),
    finds: ["same-zone", "one-zone-nlb"],
  },
  {
    title: "refuses two in one zone beside one in another",
    args: nlb([a, b, "subnet-0c0c0c0c"]),
    aws: there(subnetOf(a, "a"), subnetOf(b, "a"), subnetOf("subnet-0c0c0c0c", "c")),
    finds: ["same-zone"],
  },
  {
    title: "misses tags, which an old controller needs",
    aws: there(subnetOf(a, "a")),
    kubernetes: old,
    finds: ["untagged"],
    says: [/no|No subnet .* kubernetes\.io\/role\/internal-elb/],
  },
  { title: "warns where a newer one goes by the routes", aws: there(subnetOf(a, "a")), finds: ["by-routes"] },
  {
    title: "takes an unknown controller for an old one",
    aws: there(subnetOf(a, "a")),
    kubernetes: { controllers: no("cluster", "late") },
    finds: ["untagged"],
  },
  {
    title: "wants tags with Auto Mode",
    args: { loadBalancerController: "eks-auto-mode" },
    aws: there(subnetOf(a, "a")),
    finds: ["untagged"],
  },
  {
    title: "takes an empty tag too, and no other word",
    aws: there(
      subnetOf(a, "a", { "kubernetes.io/role/internal-elb": "" }),
      subnetOf(b, "b", { "kubernetes.io/role/internal-elb": "0" }),
    ),
    finds: ["one-zone-nlb"],
  },
  {
    title: "leaves subnets alone that belong to another cluster",
    aws: there(subnetOf(a, "a", { ...tagged, "kubernetes.io/cluster/other": "owned" })),
    finds: ["by-routes"],
  },
  {
    title: "takes those that belong to this one as well",
    aws: there(
      subnetOf(a, "a", { ...tagged, "kubernetes.io/cluster/prod": "shared", "kubernetes.io/cluster/other": "shared" }),
      subnetOf(b, "b", tagged),
    ),
    finds: ["fit"],
  },
  {
    title: "refuses one zone for an ALB",
    args: { ingress: { strategy: "alb" } },
    aws: there(subnetOf(a, "a", tagged)),
    finds: ["one-zone"],
  },
  { title: "warns of one zone for an NLB", aws: there(subnetOf(a, "a", tagged)), finds: ["one-zone-nlb"] },
  {
    title: "warns of full ones",
    aws: there({ ...subnetOf(a, "a", tagged), freeAddresses: 7 }, { ...subnetOf(b, "b", tagged), freeAddresses: 8 }),
    finds: ["full"],
    says: [/subnet-0a0a0a0a: fewer than 8/],
  },
  { title: "leaves a missing cluster to others", aws: { cluster: answered(undefined) }, finds: [] },
  {
    title: "checks each ingress",
    args: { additionalIngresses: { inner: { strategy: "alb" } } },
    finds: ["fit", "fit"],
  },
  { title: "says that it could not look", aws: { subnets: no("aws", "forbidden", "no rights") }, finds: ["unknown"] },
]);
