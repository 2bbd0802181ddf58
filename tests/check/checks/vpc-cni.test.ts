import { answered } from "../../../cli/check/facts";
import { checkVpcCni, vpcCni } from "../../../cli/check/checks/vpc-cni";
import { describeCheck, no, object } from "../../support/situation";

const agent = (
  environment: Readonly<Record<string, string>>,
  init: Readonly<Record<string, string>> = {},
  manager = "helm",
) => {
  const variables = (all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([name, value]) => ({ name, value }));
  const spec = { containers: [{ env: variables(environment) }], initContainers: [{ env: variables(init) }] };
  const metadata = { name: "aws-node", namespace: "kube-system", managedFields: [{ manager }] };
  return { vpcCni: answered(object("DaemonSet", metadata, { spec: { template: { spec } } })) };
};
const strict = { ENABLE_POD_ENI: "true" };
const standard = { ...strict, POD_SECURITY_GROUP_ENFORCING_MODE: "standard" };
const ambient = { mode: "ambient" };
const old = { ...ambient, istio: { version: "1.28.6" } };
const patch = { ...ambient, vpcCni: { podSecurityGroupEnforcingMode: "standard", apply: "patch" } };
const gone = { vpcCni: answered(undefined) };

describeCheck({ subject: vpcCni, check: checkVpcCni }, [
  { title: "is content with its defaults", args: ambient, finds: ["suits"], says: [/suit ambient mode/] },
  { title: "is content in sidecar mode, whatever they are", kubernetes: agent(strict), finds: ["suits"] },
  {
    title: "is not there with Auto Mode",
    args: { loadBalancerController: "eks-auto-mode" },
    kubernetes: gone,
    finds: [],
  },
  { title: "warns where it is not there and an NLB leads to pods", kubernetes: gone, finds: ["missing"] },
  {
    title: "is not missed where load balancers lead to nodes",
    args: { ingress: { strategy: "alb" } },
    kubernetes: gone,
    finds: [],
  },
  {
    title: "refuses strict with an Istio that does not cope",
    args: old,
    kubernetes: agent(strict),
    finds: ["strict-probes"],
    says: [/Istio 1\.28\.6 in ambient mode loses their probes/],
  },
  { title: "is content with standard", args: old, kubernetes: agent(standard), finds: ["suits"] },
  { title: "is content with pods that have no groups", args: old, kubernetes: agent({}), finds: ["suits"] },
  {
    title: "leaves it alone where someone else runs Istio",
    args: { ...old, istio: { profile: "empty" } },
    kubernetes: agent(strict),
    finds: ["suits"],
  },
  {
    title: "warns of early demux with one that copes",
    args: ambient,
    kubernetes: agent(strict),
    finds: ["early-demux"],
  },
  {
    title: "is content with one that copes",
    args: ambient,
    kubernetes: agent(strict, { DISABLE_TCP_EARLY_DEMUX: "true" }),
    finds: ["suits"],
  },
  {
    title: "counts on what the mesh will set",
    args: { ...patch, istio: { version: "1.28.6" } },
    kubernetes: agent(strict),
    finds: ["suits"],
  },
  {
    title: "refuses to patch what EKS manages",
    args: patch,
    kubernetes: agent(strict, {}, "eks"),
    finds: ["managed-add-on"],
  },
  { title: "says that it could not look", kubernetes: { vpcCni: no("cluster", "late") }, finds: ["unknown"] },
]);
