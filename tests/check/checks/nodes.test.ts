import { answered } from "../../../cli/check/facts";
import { checkNodes, nodes } from "../../../cli/check/checks/nodes";
import { describeCheck, no, object } from "../../support/situation";

const machine = (...interfaces: string[][]) => ({ instances: answered([{ id: "i-1", interfaces }]) });
const groups = (...ids: string[]) => ({ clusterGroups: answered(ids) });
const given = { cluster: { name: "prod", nodeSecurityGroupIds: ["sg-0a0a0a0a"] } };
const none = { nodes: answered([object("Node", { name: "f" }, { spec: { providerID: "aws:///a/fargate-1" } })]) };

describeCheck({ subject: nodes, check: checkNodes }, [
  { title: "is content where every node carries the cluster's group", finds: ["reached"], says: [/1 nodes carry/] },
  { title: "has nothing to do without ingresses", args: { ingress: undefined }, finds: [] },
  {
    title: "sees nodes that the rules do not reach",
    aws: machine(["sg-node"]),
    finds: ["unreached"],
    says: [/i-1: none of their security groups is one of sg-cluster/],
  },
  { title: "takes the groups of the stack file", args: given, aws: machine(["sg-0a0a0a0a"]), finds: ["reached"] },
  { title: "sees that nodes do not carry those", args: given, finds: ["unreached"], says: [/is one of sg-0a0a0a0a,/] },
  {
    title: "takes the cluster's group from the stack file",
    args: { cluster: { name: "prod", securityGroupId: "sg-0b0b0b0b" } },
    aws: machine(["sg-0b0b0b0b"]),
    finds: ["reached"],
  },
  {
    title: "cannot read encrypted groups",
    args: { cluster: { name: "prod", nodeSecurityGroupIds: [Promise.resolve("sg")] } },
    finds: ["encrypted"],
  },
  {
    title: "warns of two tagged groups on one interface",
    aws: { ...machine(["sg-cluster", "sg-2"]), ...groups("sg-cluster", "sg-2") },
    finds: ["several-tagged"],
    says: [/the tag kubernetes\.io\/cluster\/prod/],
  },
  {
    title: "lets two tagged groups be on two interfaces",
    aws: { ...machine(["sg-cluster"], ["sg-2"]), ...groups("sg-cluster", "sg-2") },
    finds: ["reached"],
  },
  {
    title: "warns of several groups without a tagged one",
    aws: { ...machine(["sg-cluster", "sg-2"]), ...groups() },
    finds: ["none-tagged"],
  },
  { title: "lets a lone group be untagged", aws: groups(), finds: ["reached"] },
  { title: "warns of a cluster without machines", kubernetes: none, finds: ["none"] },
  {
    title: "lets Auto Mode begin without machines",
    args: { loadBalancerController: "eks-auto-mode" },
    kubernetes: none,
    finds: [],
  },
  {
    title: "looks only at machines of the cluster",
    aws: {
      instances: answered([
        { id: "i-1", interfaces: [["sg-cluster"]] },
        { id: "i-2", interfaces: [["sg-db"]] },
      ]),
    },
    finds: ["reached"],
  },
  { title: "leaves a missing cluster to others", aws: { cluster: answered(undefined) }, finds: [] },
  {
    title: "says once what it could not see",
    aws: { instances: no("aws", "late"), clusterGroups: no("aws", "late") },
    finds: ["unknown"],
    says: [/Not checked: AWS did not answer in time\. ->/],
  },
]);
