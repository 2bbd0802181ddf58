import { answered } from "../../../cli/check/facts";
import { access, checkAccess } from "../../../cli/check/checks/access";
import { describeCheck, eks, no, object } from "../../support/situation";

const deployed = {
  name: "istiod",
  namespace: "istio-system",
  revision: 1,
  status: "deployed",
  chart: "istiod",
  version: "1",
};

describeCheck(
  { subject: access, check: checkAccess },
  [
    {
      title: "has nothing to say where both answered",
      finds: ["answered"],
      says: [/^cluster prod: AWS and the cluster/],
    },
    {
      title: "reports what the cluster said when it was unreachable, once, and which kubeconfig to choose",
      kubernetes: { version: no("cluster", "unreachable", "no such host."), nodes: no("cluster", "unreachable") },
      finds: ["cluster-unreachable"],
      says: [/does not answer: no such host\. -> .*update-kubeconfig --name prod\./],
    },
    {
      title: "suggests a kubeconfig with the identity of the stack file",
      args: { cluster: { name: "prod", profile: "ops", roleArn: "arn:aws:iam::123456789012:role/deployer" } },
      kubernetes: { version: no("cluster", "unreachable"), nodes: no("cluster", "unreachable") },
      finds: ["cluster-unreachable"],
      says: [/--name prod --profile ops --role-arn arn:aws:iam::123456789012:role\/deployer\./],
    },
    {
      title: "reports a missing kubectl",
      kubernetes: { nodes: no("cluster", "tool-missing") },
      finds: ["cluster-tool-missing"],
    },
    {
      title: "reports credentials that the cluster refuses",
      kubernetes: { nodes: no("cluster", "credentials") },
      finds: ["cluster-credentials"],
    },
    { title: "reports a slow cluster", kubernetes: { nodes: no("cluster", "late") }, finds: ["cluster-late"] },
    {
      title: "names every question that was forbidden",
      kubernetes: {
        nodes: no("cluster", "forbidden", "no", "for nodes"),
        definitions: no("cluster", "forbidden", "no", "for definitions"),
      },
      finds: ["cluster-forbidden"],
      says: [/denied the requests for nodes, for definitions\./],
    },
    { title: "reports other failures", kubernetes: { nodes: no("cluster", "failed") }, finds: ["cluster-failed"] },
    {
      title: "sees a refusal at a single object of a release",
      kubernetes: {
        releases: answered([
          { ...deployed, objects: [{ wanted: object("Secret", { name: "a" }), found: no("cluster", "forbidden") }] },
        ]),
      },
      finds: ["cluster-forbidden"],
    },
    {
      title: "speaks of the cluster and of AWS apart, and of each reason",
      aws: { cluster: no("aws", "credentials"), zones: no("aws", "forbidden"), subnets: no("aws", "late") },
      kubernetes: { nodes: no("cluster", "late") },
      finds: ["cluster-late", "aws-credentials", "aws-forbidden", "aws-late"],
    },
    { title: "reports a missing aws", aws: { zones: no("aws", "tool-missing") }, finds: ["aws-tool-missing"] },
    { title: "reports an unreachable AWS", aws: { zones: no("aws", "unreachable") }, finds: ["aws-unreachable"] },
    { title: "reports other failures of AWS", aws: { zones: no("aws", "failed") }, finds: ["aws-failed"] },
    {
      title: "says why AWS was not asked, in any account",
      aws: { zonesInRoles: { "arn:role": no("aws", "not-asked", "aws:assumeRoles is encrypted in the stack file") } },
      finds: ["aws-not-asked"],
      says: [/was not asked: aws:assumeRoles is encrypted in the stack file\. -> Write it in plain text/],
    },
    {
      title: "names the role that may not be assumed",
      aws: { zonesInRoles: { "arn:role": no("aws", "forbidden", "no", "aws sts assume-role --role-arn arn:role") } },
      finds: ["aws-forbidden"],
      says: [/IAM did not allow aws sts assume-role --role-arn arn:role\./],
    },
    {
      title: "sees that kubectl speaks to another cluster",
      kubernetes: { server: answered("https://other.example") },
      finds: ["other-cluster"],
      says: [/leads to https:\/\/other\.example, and the cluster of the stack file is at https:\/\/eks\.example/],
    },
    {
      title: "does not compare addresses that nobody knows",
      aws: { cluster: answered(undefined) },
      kubernetes: { server: answered("https://other.example") },
      finds: ["answered"],
    },
    {
      title: "does not complain twice of a kubeconfig that names no cluster",
      aws: { cluster: answered({ ...eks }) },
      kubernetes: { server: no("cluster", "failed"), version: no("cluster", "unreachable") },
      finds: ["cluster-unreachable"],
    },
    {
      title: "has a word for a cluster whose name is encrypted",
      args: { cluster: { name: Promise.resolve("prod") } },
      kubernetes: { version: no("cluster", "unreachable") },
      finds: ["cluster-unreachable"],
      says: [/--name <cluster>\./],
    },
  ],
  ["unknown"],
);
