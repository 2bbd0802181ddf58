import type { QueryResult, IstiodFacts, PeersFacts, RemoteSecretFacts } from "../facts";
import { findingsOf, type Finding, type Subject } from "../finding";
import { isInstalled } from "../mesh-parts";
import { clusterPlace, reasonText, type Situation, whenKnown } from "../situation";

export const peers = {
  name: "peers",
  title: "Other clusters of the mesh",
  how: "istioctl remote-clusters; kubectl get secret -n istio-system -l istio/multiCluster=true; kubectl get configmap istio-ca-root-cert, in each cluster",
  kinds: {
    "no-root": {
      level: "problem",
      what: "There is no ConfigMap istio-ca-root-cert: istiod has given the workloads no root certificate.",
      suggestion: "Check that the pods of istiod run: kubectl -n {namespace} get pods -l app=istiod",
    },
    "secret-missing": {
      level: "problem",
      what: "multiCluster.peers names it, and no Secret has it: istiod sends no request there.",
      suggestion: "pulumi up --refresh",
    },
    "secret-unreadable": {
      level: "problem",
      what: "What the Secret {secret} has of it is no kubeconfig with an API server.",
      suggestion: "pulumi up --refresh, or write the output peerAccess of that cluster into the Secret.",
    },
    "other-cluster": {
      level: "problem",
      what: "The Secret {secret} leads to the cluster {given} under this name: its endpoints get the wrong network.",
      suggestion: "Write the peerAccess of {cluster} in multiCluster.peers, then pulumi up.",
    },
    "own-cluster": {
      level: "problem",
      what: "The Secret {secret} leads to {server}, the API server of this cluster itself: istiod has every endpoint twice.",
      suggestion: "Write the peerAccess of {cluster} in multiCluster.peers, then pulumi up.",
    },
    "token-refused": {
      level: "problem",
      what: "Its API server refuses the token in the Secret {secret}: {message}",
      suggestion:
        "pulumi up here, for the newest token; if it stays so, raise multiCluster.tokenGeneration in {cluster} first (docs/how-to/multi-cluster.md).",
    },
    "token-may-not": {
      level: "problem",
      what: "Its API server accepts the token in the Secret {secret} and does not let it read: {message}",
      suggestion: "In {cluster}: pulumi up --refresh, which restores the rights of istio-reader-service-account.",
    },
    "api-unclear": {
      level: "unknown",
      what: "Neither its root certificate nor its token was checked: {why}. istiod may reach it by another way than this machine.",
      suggestion: "Check again from a network that reaches {server}.",
    },
    "root-unclear": {
      level: "unknown",
      what: "It has no ConfigMap istio-ca-root-cert in the namespace default, so that roots were not compared.",
      suggestion: "Check there that istiod runs and that discoverySelectors do not leave the namespace default out.",
    },
    "other-root": {
      level: "problem",
      what: "No root certificate is common to both: here {own}, there {theirs} (SHA-256). mTLS between them fails.",
      suggestion:
        "Issue both certificate authorities below one root; on a running mesh in the steps of docs/how-to/certificate-authority.md.",
    },
    "roots-differ": {
      level: "warning",
      what: "Not all root certificates are common to both: here {own}, there {theirs} (SHA-256). mTLS fails as soon as one of them signs below a root that the other lacks.",
      suggestion: "Finish the change of authority: each step in all clusters before the next one.",
    },
    "not-known": {
      level: "problem",
      what: "{pod} does not know it, though there is the Secret {secret}.",
      suggestion: "kubectl -n {namespace} logs {pod} shows why; a restart reads the Secret anew.",
    },
    "not-synced": {
      level: "problem",
      what: "{pod} reports {status}: it does not reach the API server, or may not read it. Requests go to this cluster's own pods only.",
      suggestion:
        "Let the nodes of this cluster reach {server} on port 443 (a private endpoint: the peer's cluster security group); kubectl -n {namespace} logs {pod} shows more.",
    },
    syncing: {
      level: "warning",
      what: "{pod} is still reading it.",
      suggestion: "Wait a minute, then check again.",
    },
    "sync-unclear": {
      level: "unknown",
      what: "Whether {pods} read it was not checked: {why}.",
      suggestion: "Allow create of pods/portforward in {namespace}, or see by hand: istioctl remote-clusters",
    },
    "no-istiod": {
      level: "problem",
      what: "No pod of istiod runs in {namespace}.",
      suggestion: "kubectl -n {namespace} describe deployment -l app=istiod",
    },
    joined: { level: "ok", what: "Same root, its API server answers, and {count} pods of istiod have read it." },
  },
} as const satisfies Subject;

const finding = findingsOf(peers);

/** Are the clusters one mesh? */
export function checkPeers(situation: Situation): readonly Finding[] {
  const { settings, facts } = situation;
  const where = clusterPlace(settings);
  const { peers } = facts.kubernetes;
  // A mesh of one cluster has no peers, which needs no look.
  if (settings.multiCluster === undefined && !peers.known) return [];
  return whenKnown({ finding, where }, { peers, installed: isInstalled(facts) }, ({ peers: found, installed }) =>
    found === undefined || !installed ? [] : checkParts(found, situation, where),
  );
}

function checkParts({ roots, secrets, istiods }: PeersFacts, situation: Situation, where: string): readonly Finding[] {
  return whenKnown({ finding, where }, { roots, secrets, istiods }, (answers) => {
    const { namespace } = situation.settings.controlPlane;
    if (answers.istiods.length === 0) return [finding("no-istiod", where, { namespace })];
    if (answers.roots === undefined) return [finding("no-root", where, { namespace })];
    const reader = { ...answers, roots: answers.roots, namespace, server: serverOf(situation) };
    return [
      ...checkMissing(answers.secrets, situation),
      ...answers.secrets.flatMap((secret) => checkSecret(secret, reader)),
    ];
  });
}

/** Others may be there too: those of a MeshPeering are not in the stack file. */
function checkMissing(secrets: readonly RemoteSecretFacts[], { settings }: Situation): readonly Finding[] {
  const wanted = settings.multiCluster === undefined ? [] : settings.multiCluster.peers;
  return wanted
    .filter(({ name }) => !secrets.some(({ cluster }) => cluster === name))
    .map(({ name }) => finding("secret-missing", `cluster ${name}`));
}

function serverOf({ facts }: Situation): string | undefined {
  const { server } = facts.kubernetes;
  return server.known ? withoutEnd(server.answer) : undefined;
}

const withoutEnd = (address: string) => address.toLowerCase().replace(/\/$/, "");

/** The cluster that reads the others. */
interface Reader {
  readonly roots: readonly string[];
  readonly istiods: readonly IstiodFacts[];
  readonly namespace: string;
  readonly server: string | undefined;
}

function checkSecret(secret: RemoteSecretFacts, reader: Reader): readonly Finding[] {
  const { cluster, server, ownName } = secret;
  const where = `cluster ${cluster}`;
  const details = { cluster, secret: secret.secret };
  if (server === undefined) return [finding("secret-unreadable", where, details)];
  if (withoutEnd(server) === reader.server) return [finding("own-cluster", where, { ...details, server })];
  if (ownName !== undefined && ownName !== cluster) {
    return [finding("other-cluster", where, { ...details, given: ownName })];
  }
  const bad = [...checkRoots(secret, reader.roots, where), ...checkSync({ ...secret, server }, reader, where)];
  return bad.length > 0 ? bad : [finding("joined", where, { count: reader.istiods.length })];
}

function checkRoots(
  { cluster, secret, server, roots }: RemoteSecretFacts,
  own: readonly string[],
  where: string,
): readonly Finding[] {
  if (!roots.known) {
    const { reason, message } = roots.refusal;
    const details = { cluster, secret, message, why: reasonText(roots.refusal), server: String(server) };
    if (reason === "credentials") return [finding("token-refused", where, details)];
    return [finding(reason === "forbidden" ? "token-may-not" : "api-unclear", where, details)];
  }
  if (roots.answer === undefined) return [finding("root-unclear", where)];
  const theirs = roots.answer;
  const common = own.filter((root) => theirs.includes(root));
  if (common.length === own.length && common.length === theirs.length) return [];
  const details = { own: short(own), theirs: short(theirs) };
  return [finding(common.length === 0 ? "other-root" : "roots-differ", where, details)];
}

/** The beginning of each fingerprint, enough to be unique. */
function short(roots: readonly string[]): string {
  return roots.map((root) => root.slice(0, 16)).join(", ");
}

interface Known extends RemoteSecretFacts {
  readonly server: string;
}

function checkSync(peer: Known, { istiods, namespace }: Reader, where: string): readonly Finding[] {
  const { cluster, secret, server } = peer;
  const silent = istiods.flatMap(({ pod, clusters }) =>
    clusters.known ? [] : [{ pod, reason: reasonText(clusters.refusal) }],
  );
  const pods = silent.map(({ pod }) => pod).join(", ");
  const why = [...new Set(silent.map(({ reason }) => reason))].join("; ");
  return [
    ...(silent.length > 0 ? [finding("sync-unclear", where, { pods, namespace, why })] : []),
    ...istiods.flatMap(({ pod, clusters }) =>
      statusFindings(clusters, cluster, (kind, status) =>
        finding(kind, where, { pod, namespace, secret, server, status }),
      ),
    ),
  ];
}

type SyncKind = "not-known" | "not-synced" | "syncing";

function statusFindings(
  clusters: QueryResult<Readonly<Record<string, string>>>,
  cluster: string,
  report: (kind: SyncKind, status: string) => Finding,
): readonly Finding[] {
  if (!clusters.known) return [];
  const status = clusters.answer[cluster];
  if (status === undefined) return [report("not-known", "")];
  if (status === "synced") return [];
  return [report(status === "syncing" ? "syncing" : "not-synced", status)];
}
