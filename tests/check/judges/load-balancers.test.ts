import type { BalancerFacts } from "../../../cli/check/aws-facts";
import { answered } from "../../../cli/check/facts";
import { judgeLoadBalancers, loadBalancers } from "../../../cli/check/judges/load-balancers";
import { describeJudge, no, object } from "../../support/situation";

const address = { status: { loadBalancer: { ingress: [{ hostname: "One.elb.amazonaws.com" }] } } };
const metadata = { name: "istio-ingress", namespace: "istio-ingress" };
const door = (rest: object = address, marks: object = {}, complaint?: string) => ({
  doors: answered({ "istio-ingress": { object: object("Service", { ...metadata, ...marks }, rest), complaint } }),
});
const balancer = (state: string, reason = "") => ({
  balancers: answered<readonly BalancerFacts[]>([
    { arn: "arn:1", hostname: "one.elb.amazonaws.com", name: "one", state, reason },
  ]),
});
const installed = true;

describeJudge({ subject: loadBalancers, judge: judgeLoadBalancers }, [
  { title: "has nothing to do before the install", finds: [] },
  {
    title: "is content with an active one",
    kubernetes: door(),
    aws: balancer("active"),
    finds: ["active"],
    says: [/^Service istio-ingress: one\.elb\.amazonaws\.com is active/],
  },
  { title: "misses the Service", installed, finds: ["object-missing"] },
  {
    title: "misses the Service where nobody looked for it",
    installed,
    kubernetes: { doors: answered({}) },
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
    title: "tells what the controller complains of",
    kubernetes: door({}, {}, "no subnets"),
    finds: ["no-address"],
    says: [
      /made no load balancer for it\. It was told: no subnets -> kubectl -n istio-ingress describe service istio-ingress/,
    ],
  },
  { title: "tells that nobody complains", kubernetes: door({}), finds: ["no-address"], says: [/Nothing complains\./] },
  {
    title: "sees one that cannot go",
    kubernetes: door(address, { deletionTimestamp: "2026-11-21T11:00:00Z", finalizers: ["service.k8s.aws/resources"] }),
    finds: ["leaving"],
    says: [/since 2026-11-21T11:00:00Z, held by service\.k8s\.aws\/resources/],
  },
  {
    title: "sees one that cannot go, without finalizers",
    kubernetes: door(address, { deletionTimestamp: "2026-11-21T11:00:00Z" }),
    finds: ["leaving"],
  },
  { title: "sees one that is gone from AWS", kubernetes: door(), finds: ["gone"] },
  {
    title: "waits for one that is being built",
    kubernetes: door(),
    aws: balancer("provisioning"),
    finds: ["starting"],
  },
  {
    title: "sees one that failed",
    kubernetes: door(),
    aws: balancer("failed", "no addresses"),
    finds: ["broken"],
    says: [/AWS says failed of one\.elb\.amazonaws\.com: no addresses/],
  },
  { title: "says that it could not look", installed, aws: { balancers: no("aws", "late") }, finds: ["unknown"] },
  {
    title: "says that it could not look where nobody knows whether there is one",
    kubernetes: { releases: no("cluster", "late"), doors: no("cluster", "late") },
    finds: ["unknown"],
  },
]);
