import type { MeshSettings } from "../../../components/plan/settings";
import { type QueryResult, type Facts, type Party, type Reason, reasons, type Refusal } from "../facts";
import { findingsOf, type Finding, type Subject } from "../finding";
import type { Situation } from "../situation";
import { clusterName, clusterPlace, plainText } from "../situation";

export const access = {
  name: "access",
  title: "Access to AWS and to the cluster",
  how: "kubectl get --raw /version; aws sts get-caller-identity",
  kinds: {
    "cluster-tool-missing": {
      level: "problem",
      what: "kubectl was not found, so nothing in the cluster was checked.",
      suggestion: "Install kubectl and put it on the PATH; pulumi destroy needs it too.",
    },
    "cluster-unreachable": {
      level: "problem",
      what: "The cluster does not answer: {message}.",
      suggestion:
        "Choose its kubeconfig: aws eks update-kubeconfig --name {cluster}{identity}. If its endpoint is private, connect to its VPC.",
    },
    "cluster-credentials": {
      level: "problem",
      what: "The cluster refuses the credentials: {message}.",
      suggestion: "Renew the AWS credentials (aws sso login), or let them into the cluster with an access entry.",
    },
    "cluster-late": {
      level: "problem",
      what: "The cluster did not answer in time: {message}.",
      suggestion: "Check the way to it (VPN, proxy), or wait longer with --timeout.",
    },
    "cluster-forbidden": {
      level: "unknown",
      what: "The cluster denied the requests {questions}.",
      suggestion: "Use credentials that may read it, as docs/permissions.md lists.",
    },
    "cluster-failed": {
      level: "unknown",
      what: "The cluster did not answer {questions}: {message}.",
      suggestion: "Send the request by hand to see why.",
    },
    "aws-tool-missing": {
      level: "problem",
      what: "aws was not found, so nothing in AWS was checked.",
      suggestion: "Install the AWS CLI and put it on the PATH; the mesh's kubeconfig needs it too.",
    },
    "aws-unreachable": {
      level: "problem",
      what: "AWS does not answer: {message}.",
      suggestion: "Check the region (aws:region in the stack file) and the way to AWS (proxy, VPN).",
    },
    "aws-credentials": {
      level: "problem",
      what: "AWS refuses the credentials: {message}.",
      suggestion: "Renew them (aws sso login), or choose others with AWS_PROFILE or aws:profile in the stack file.",
    },
    "aws-late": {
      level: "problem",
      what: "AWS did not answer in time: {questions}.",
      suggestion: "Check the way to AWS, or wait longer with --timeout.",
    },
    "aws-forbidden": {
      level: "unknown",
      what: "IAM did not allow {questions}.",
      suggestion: "Give the rights that docs/permissions.md lists for check.",
    },
    "aws-failed": {
      level: "unknown",
      what: "AWS did not answer {questions}: {message}.",
      suggestion: "Send the request by hand to see why.",
    },
    "aws-not-asked": {
      level: "unknown",
      what: "AWS was not asked: {message}.",
      suggestion:
        "Write it in plain text; in place of keys and files write aws:profile, with a profile that has these credentials.",
    },
    "other-cluster": {
      level: "problem",
      what: "The kubeconfig leads to {server}, and the cluster of the stack file is at {endpoint}.",
      suggestion: "aws eks update-kubeconfig --name {cluster}{identity}, or name another context with --context.",
    },
    answered: { level: "ok", what: "AWS and the cluster answered." },
  },
} as const satisfies Subject;

const finding = findingsOf(access);

/** Tells once why questions were not answered, and whether both parties speak of the same cluster. */
export function checkAccess({ settings, facts }: Situation): readonly Finding[] {
  const cluster = clusterName(settings) ?? "<cluster>";
  const identity = identityFlags(settings);
  const refusals = refusalsIn(facts);
  const reported = (["cluster", "aws"] as const).flatMap((party) =>
    reasons.flatMap((reason) => {
      const same = refusals.filter((refusal) => refusal.party === party && refusal.reason === reason);
      return same
        .slice(0, 1)
        .map(({ message }) => report({ party, reason }, { message: trimmed(message), same, cluster, identity }));
    }),
  );
  const others = otherCluster(facts, { cluster, identity });
  if (reported.length + others.length > 0) return [...reported, ...others];
  return [finding("answered", clusterPlace(settings))];
}

/** How to get a kubeconfig of the cluster. */
interface KubeconfigPlace {
  readonly cluster: string;
  /** Flags for the identity of the stack file; empty: the AWS CLI's own. */
  readonly identity: string;
}

interface Reported extends KubeconfigPlace {
  readonly message: string;
  readonly same: readonly Refusal[];
}

function report(
  { party, reason }: { readonly party: Party; readonly reason: Reason },
  { same, ...reported }: Reported,
) {
  const questions = [...new Set(same.map(({ question }) => question))].join(", ");
  // Only AWS needs something of the stack file without which nobody can ask.
  const kind = reason === "not-asked" ? "aws-not-asked" : (`${party}-${reason}` as const);
  return finding(kind, party === "aws" ? "AWS" : `cluster ${reported.cluster}`, {
    ...reported,
    questions,
  });
}

function identityFlags({ cluster: { profile, roleArn } }: MeshSettings): string {
  const role = roleArn === undefined ? undefined : plainText(roleArn);
  return [...flag("--profile", profile), ...flag("--role-arn", role)].join("");
}

function flag(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [` ${name} ${value}`];
}

/** Every refusal among the facts, however deep. */
function refusalsIn({ aws, kubernetes }: Facts): readonly Refusal[] {
  const { server, ...cluster } = kubernetes;
  // kubectl that finds no cluster finds no address of it either.
  const inCluster: readonly QueryResult<unknown>[] = [
    ...Object.values(cluster),
    ...(cluster.version.known ? [server] : []),
  ];
  const { zonesInRoles, ...account } = aws;
  const inAws: readonly QueryResult<unknown>[] = [...Object.values(account), ...Object.values(zonesInRoles)];
  const results = [...inAws, ...inCluster];
  const objects = kubernetes.releases.known ? kubernetes.releases.answer.flatMap((release) => release.objects) : [];
  return [...results, ...objects.map(({ found }) => found)].flatMap((one) => (one.known ? [] : [one.refusal]));
}

function otherCluster({ aws, kubernetes }: Facts, place: KubeconfigPlace): readonly Finding[] {
  if (!aws.cluster.known || !kubernetes.server.known || aws.cluster.answer === undefined) return [];
  const { endpoint } = aws.cluster.answer;
  const server = kubernetes.server.answer;
  const same = endpoint.toLowerCase().replace(/\/$/, "") === server.toLowerCase().replace(/\/$/, "");
  return same ? [] : [finding("other-cluster", `cluster ${place.cluster}`, { server, endpoint, ...place })];
}

const trimmed = (message: string) => message.replace(/[.\s]+$/, "");
