import { answered } from "../../../cli/check/facts";
import { cluster, checkCluster } from "../../../cli/check/checks/cluster";
import { defaultIstioVersion } from "../../../components/control-plane/charts/versions";
import { describeCheck, eks, no } from "../../support/situation";

const version = (given: string) => ({ version: answered(given) });

const ipv6 = { cluster: answered({ ...eks, ipFamily: "ipv6" }) };

describeCheck({ subject: cluster, check: checkCluster }, [
  {
    title: "is content with a cluster in the range",
    finds: ["active", "fits"],
    says: [/ACTIVE/, /Kubernetes 1\.34 suits Istio 1\.31/],
  },
  {
    title: "lets a cluster be that EKS updates",
    aws: { cluster: answered({ ...eks, status: "UPDATING" }) },
    finds: ["active", "fits"],
  },
  {
    title: "waits for one that is being made",
    aws: { cluster: answered({ ...eks, status: "CREATING" }) },
    finds: ["not-active", "fits"],
  },
  { title: "misses one that is not there", aws: { cluster: answered(undefined) }, finds: ["missing", "fits"] },
  {
    title: "refuses a Kubernetes that is too old for this Istio, and names the range",
    kubernetes: version("1.31"),
    finds: ["active", "too-old"],
    says: [/./, new RegExp(`1.31 is older than Istio ${defaultIstioVersion} is made for \\(1.32 to 1.36\\)`)],
  },
  { title: "takes the borders of the range", kubernetes: version("1.36"), finds: ["active", "fits"] },
  { title: "warns of one that is newer than tested", kubernetes: version("1.37"), finds: ["active", "too-new"] },
  {
    title: "compares numbers, not letters",
    args: { istio: { version: "1.28.10" } },
    kubernetes: version("1.4"),
    finds: ["active", "too-old"],
  },
  {
    title: "checks the canary as well",
    args: {
      istio: { version: "1.30.4", revision: "stable", canary: { version: defaultIstioVersion, revision: "next" } },
      ingress: undefined,
    },
    finds: ["active", "fits", "fits"],
  },
  {
    title: "leaves the version alone where someone else runs Istio",
    args: { istio: { profile: "empty" } },
    kubernetes: version("1.2"),
    finds: ["active"],
  },
  {
    title: "refuses load balancers with IPv4 addresses only in a cluster with IPv6, as pulumi up does",
    args: {
      additionalIngresses: { inside: { strategy: "nlb" }, both: { strategy: "nlb", ipAddressType: "dualstack" } },
    },
    aws: ipv6,
    finds: ["active", "ipv4-only", "fits"],
    says: [/./, /IPv4 addresses only: istio-ingress, inside\..* -> Write cluster\.ipFamily: "ipv6"/],
  },
  {
    title: "warns of defaults for IPv4 in a cluster with IPv6, where every load balancer has addresses of both",
    args: { ingress: { strategy: "nlb", ipAddressType: "dualstack" } },
    aws: ipv6,
    finds: ["active", "not-ipv4", "fits"],
  },
  {
    title: "refuses cluster.ipFamily ipv6 in a cluster with IPv4",
    args: { cluster: { name: "prod", ipFamily: "ipv6" } },
    finds: ["active", "not-ipv6", "fits"],
    says: [/./, /Remove cluster\.ipFamily/],
  },
  {
    title: "is content with a cluster with IPv6 that is declared",
    args: { cluster: { name: "prod", ipFamily: "ipv6" } },
    aws: ipv6,
    finds: ["active", "fits"],
  },
  {
    title: "does not guess a family that EKS does not report",
    args: { cluster: { name: "prod", ipFamily: "ipv6" } },
    aws: { cluster: answered({ ...eks, ipFamily: "" }) },
    finds: ["active", "fits"],
  },
  {
    title: "says what it could not see",
    aws: { cluster: no("aws", "late") },
    kubernetes: { version: no("cluster", "failed", "teapot") },
    finds: ["unknown", "unknown"],
    says: [/Not checked: AWS did not answer in time\./, /Not checked: the cluster answered: teapot\./],
  },
]);
