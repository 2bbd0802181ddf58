import type { TargetFacts } from "../../../cli/check/aws-facts";
import { answered } from "../../../cli/check/facts";
import { checkTargets, targets } from "../../../cli/check/checks/targets";
import { describeCheck, no, object } from "../../support/situation";

const target = (state: string, reason = "", id = "10.0.0.1"): TargetFacts => ({ id, state, reason });
const group = (...all: TargetFacts[]) => ({
  balancers: answered([{ arn: "arn:1", hostname: "one.elb.amazonaws.com", name: "one", state: "active", reason: "" }]),
  targetGroups: answered([
    { balancerArns: ["arn:1"], name: "k8s-one", port: 80, targets: all },
    { balancerArns: ["arn:other"], name: "k8s-other", port: 80, targets: [] },
  ]),
});
const metadata = { name: "istio-ingress", namespace: "istio-ingress" };
const status = { loadBalancer: { ingress: [{ hostname: "one.elb.amazonaws.com" }] } };
const kubernetes = {
  addressObjects: answered({
    "istio-ingress": { object: object("Service", metadata, { status }), complaint: undefined },
  }),
};
const local = {
  addressObjects: answered({
    "istio-ingress": {
      object: object("Service", metadata, { status, spec: { externalTrafficPolicy: "Local" } }),
      complaint: undefined,
    },
  }),
};
const healthy = target("healthy");

describeCheck({ subject: targets, check: checkTargets }, [
  { title: "has nothing to do before the install", finds: [] },
  {
    title: "is content where all are healthy",
    kubernetes,
    aws: group(healthy, healthy),
    finds: ["healthy"],
    says: [/All 2 targets of k8s-one \(port 80\)/],
  },
  {
    title: "does not count those that are leaving",
    kubernetes,
    aws: group(healthy, target("draining"), target("unused")),
    finds: ["healthy"],
    says: [/All 1 targets/],
  },
  {
    title: "looks at those of the east-west gateway",
    args: {
      security: { certificateAuthority: { secretName: "cacerts" } },
      multiCluster: { meshId: "production", eastWest: { allowedCidrs: ["10.1.0.0/16"] } },
    },
    kubernetes: {
      addressObjects: answered({
        "istio-eastwestgateway": { object: object("Service", metadata, { status }), complaint: undefined },
      }),
    },
    aws: group(target("unhealthy", "Timeout")),
    finds: ["unhealthy"],
    says: [/^east-west gateway: None of the 1 targets of k8s-one/],
  },
  {
    title: "lets nodes without a pod of the gateway be unhealthy where the Service keeps requests on the node",
    kubernetes: local,
    aws: group(target("healthy", "", "i-1"), target("unhealthy", "Health checks failed", "i-2")),
    finds: ["some-nodes"],
    says: [/1 of the 2 targets of k8s-one \(port 80\) are healthy/],
  },
  {
    title: "does not let all nodes be unhealthy there",
    kubernetes: local,
    aws: group(target("unhealthy", "Health checks failed", "i-2")),
    finds: ["unhealthy"],
  },
  {
    title: "does not let pods be unhealthy there, which are targets themselves",
    kubernetes: local,
    aws: group(target("healthy", "", "10.0.0.1"), target("unhealthy", "Health checks failed", "10.0.0.2")),
    finds: ["some-unhealthy"],
  },
  { title: "misses targets", kubernetes, aws: group(), finds: ["none"] },
  {
    title: "sees that none is healthy, and why",
    kubernetes,
    aws: group(
      target("unhealthy", "Health checks failed"),
      target("initial"),
      target("unhealthy", "Health checks failed"),
    ),
    finds: ["unhealthy"],
    says: [/None of the 3 targets of k8s-one \(port 80\) is healthy: Health checks failed; initial\./],
  },
  {
    title: "warns where some are not",
    kubernetes,
    aws: group(healthy, target("unhealthy", "Timeout", "10.0.0.2")),
    finds: ["some-unhealthy"],
    says: [/1 of the 2 .* others: Timeout\. -> .*10\.0\.0\.2/],
  },
  { title: "leaves a load balancer that is gone to others", installed: true, finds: [] },
  {
    title: "says that it could not look",
    kubernetes,
    aws: { targetGroups: no("aws", "forbidden") },
    finds: ["unknown"],
  },
]);
