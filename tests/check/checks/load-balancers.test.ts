import type { BalancerFacts } from "../../../cli/check/aws-facts";
import { answered } from "../../../cli/check/facts";
import { checkLoadBalancers, loadBalancers } from "../../../cli/check/checks/load-balancers";
import { describeCheck, no, object } from "../../support/situation";

const address = { status: { loadBalancer: { ingress: [{ hostname: "One.elb.amazonaws.com" }] } } };
const metadata = { name: "istio-ingress", namespace: "istio-ingress" };
const addressObject = (rest: object = address, marks: object = {}, complaint?: string) => ({
  addressObjects: answered({
    "istio-ingress": { object: object("Service", { ...metadata, ...marks }, rest), complaint },
  }),
});
const balancer = (state: string, reason = "") => ({
  balancers: answered<readonly BalancerFacts[]>([
    { arn: "arn:1", hostname: "one.elb.amazonaws.com", name: "one", state, reason },
  ]),
});
const installed = true;

describeCheck({ subject: loadBalancers, check: checkLoadBalancers }, [
  { title: "has nothing to do before the install", finds: [] },
  {
    title: "is content with an active one",
    kubernetes: addressObject(),
    aws: balancer("active"),
    finds: ["active"],
    says: [/^Service istio-ingress: one\.elb\.amazonaws\.com is active/],
  },
  { title: "misses the Service", installed, finds: ["object-missing"] },
  {
    title: "misses the Service where nobody looked for it",
    installed,
    kubernetes: { addressObjects: answered({}) },
    finds: ["object-missing"],
  },
  {
    title: "looks for an Ingress where it is an ALB",
    args: { ingress: { strategy: "alb" } },
    installed,
    finds: ["object-missing"],
    says: [/^Ingress istio-ingress/],
  },
  {
    title: "reports what the controller complains of",
    kubernetes: addressObject({}, {}, "no subnets"),
    finds: ["no-address"],
    says: [
      /made no load balancer for it\. Its events report: no subnets -> kubectl -n istio-ingress describe service istio-ingress/,
    ],
  },
  {
    title: "reports that nobody complains",
    kubernetes: addressObject({}),
    finds: ["no-address"],
    says: [/Nothing complains\./],
  },
  {
    title: "sees one that cannot go",
    kubernetes: addressObject(address, {
      deletionTimestamp: "2026-11-21T11:00:00Z",
      finalizers: ["service.k8s.aws/resources"],
    }),
    finds: ["leaving"],
    says: [/since 2026-11-21T11:00:00Z, held by service\.k8s\.aws\/resources/],
  },
  {
    title: "sees one that cannot go, without finalizers",
    kubernetes: addressObject(address, { deletionTimestamp: "2026-11-21T11:00:00Z" }),
    finds: ["leaving"],
  },
  { title: "sees one that is gone from AWS", kubernetes: addressObject(), finds: ["gone"] },
  {
    title: "waits for one that is being built",
    kubernetes: addressObject(),
    aws: balancer("provisioning"),
    finds: ["starting"],
  },
  {
    title: "sees one that failed",
    kubernetes: addressObject(),
    aws: balancer("failed", "no addresses"),
    finds: ["broken"],
    says: [/AWS reports failed for one\.elb\.amazonaws\.com: no addresses/],
  },
  { title: "says that it could not look", installed, aws: { balancers: no("aws", "late") }, finds: ["unknown"] },
  {
    title: "says that it could not look where nobody knows whether there is one",
    kubernetes: { releases: no("cluster", "late"), addressObjects: no("cluster", "late") },
    finds: ["unknown"],
  },
]);
