import { checkPeers, peers } from "../../../cli/check/checks/peers";
import {
  answered,
  type QueryResult,
  type IstiodFacts,
  type PeersFacts,
  type RemoteSecretFacts,
} from "../../../cli/check/facts";
import { describeCheck, no } from "../../support/situation";

const args = {
  security: { certificateAuthority: { secretName: "cacerts" } },
  multiCluster: {
    ...{ meshId: "production", clusterName: "prod", eastWest: { allowedCidrs: ["10.1.0.0/16"] } },
    peers: { west: { kubeconfig: Promise.resolve("later") } },
  },
};
const root = "a".repeat(64);
const other = "b".repeat(64);
const west: RemoteSecretFacts = {
  ...{ secret: "istio-remote-secret-west", cluster: "west", server: "https://west.eks", ownName: "west" },
  roots: answered([root]),
};
const north: RemoteSecretFacts = { ...west, secret: "istio-remote-secret-north", cluster: "north", ownName: undefined };
const istiod = (clusters: Readonly<Record<string, string>>, pod = "istiod-1"): IstiodFacts => ({
  pod,
  clusters: answered({ prod: "synced", ...clusters }),
});
const synced = istiod({ west: "synced", north: "synced" });

/** What the cluster has of the others, one part of it another one. */
function there(changes: Partial<PeersFacts> = {}): { readonly peers: QueryResult<PeersFacts> } {
  const all = { roots: answered([root]), secrets: answered([west]), istiods: answered([synced]) };
  return { peers: answered({ ...all, ...changes }) };
}
const secret = (changes: Partial<RemoteSecretFacts>) => there({ secrets: answered([{ ...west, ...changes }]) });
const row = { args, installed: true };

describeCheck({ subject: peers, check: checkPeers }, [
  { title: "has nothing to do with a mesh of one cluster", installed: true, finds: [] },
  {
    title: "looks at remote Secrets also where the stack file has no multiCluster, as with a MeshPeering",
    ...{ installed: true, kubernetes: there(), finds: ["joined"] },
  },
  {
    title: "reports nothing of a mesh of one cluster where it could ask nothing",
    ...{ installed: true, kubernetes: { peers: no("cluster", "late") }, finds: [] },
  },
  { title: "has nothing to do before the install", args, kubernetes: there(), finds: [] },
  {
    title: "is content with a peer of the same root whose API answers and that every istiod has read",
    ...{ ...row, kubernetes: there({ istiods: answered([synced, istiod({ west: "synced" }, "istiod-2")]) }) },
    finds: ["joined"],
    says: [/^cluster west: Same root, its API server answers, and 2 pods of istiod have read it/],
  },
  {
    title: "looks at peers that the stack file does not name: those of a MeshPeering",
    ...{ ...row, kubernetes: there({ secrets: answered([west, north]) }) },
    finds: ["joined", "joined"],
    says: [/^cluster west/, /^cluster north/],
  },
  {
    title: "misses the Secret of a peer that the stack file names",
    ...{ ...row, kubernetes: there({ secrets: answered([]) }) },
    finds: ["secret-missing"],
    says: [/^cluster west: .*no Secret has it/],
  },
  {
    title: "finds a Secret without a kubeconfig",
    ...row,
    kubernetes: secret({ server: undefined }),
    finds: ["secret-unreadable"],
  },
  {
    title: "finds the kubeconfig of another cluster",
    ...{ ...row, kubernetes: secret({ ownName: "south" }) },
    finds: ["other-cluster"],
    says: [/leads to the cluster south under this name/],
  },
  {
    title: "finds the kubeconfig of the cluster itself",
    ...{ ...row, kubernetes: secret({ server: "https://EKS.example" }) },
    finds: ["own-cluster"],
    says: [/https:\/\/EKS\.example, the API server of this cluster itself/],
  },
  {
    title: "takes no peer for the cluster itself where its own address is not known",
    ...{ ...row, kubernetes: { ...secret({ server: "https://EKS.example" }), server: no("cluster", "failed") } },
    finds: ["joined"],
  },
  {
    title: "finds another root, by the beginning of its fingerprint",
    ...{ ...row, kubernetes: secret({ roots: answered([other]) }) },
    finds: ["other-root"],
    says: [/here a{16}, there b{16} \(SHA-256\)/],
  },
  {
    title: "warns while one cluster trusts more roots than the other, either way round",
    ...{ ...row, kubernetes: secret({ roots: answered([root, other]) }) },
    finds: ["roots-differ"],
    says: [/here a{16}, there a{16}, b{16}/],
  },
  {
    title: "warns the same of the cluster itself",
    ...{ ...row, kubernetes: there({ roots: answered([other, root]) }) },
    finds: ["roots-differ"],
  },
  {
    title: "finds a token that the peer refuses, and never says which",
    ...{ ...row, kubernetes: secret({ roots: no("cluster", "credentials", "Unauthorized") }) },
    finds: ["token-refused"],
    says: [/refuses the token in the Secret istio-remote-secret-west: Unauthorized/],
  },
  {
    title: "finds a token that may not read",
    ...{ ...row, kubernetes: secret({ roots: no("cluster", "forbidden", "configmaps is forbidden") }) },
    finds: ["token-may-not"],
  },
  {
    title: "does not take a peer for absent that cannot be reached from here",
    ...{ ...row, kubernetes: secret({ roots: no("cluster", "unreachable") }) },
    finds: ["api-unclear"],
    says: [
      /the cluster cannot be reached\. istiod may reach it by another way.* network that reaches https:\/\/west\.eks/,
    ],
  },
  {
    title: "does not take a root for the same that it did not see",
    ...{ ...row, kubernetes: secret({ roots: answered(undefined) }) },
    finds: ["root-unclear"],
  },
  { title: "misses its own root", ...row, kubernetes: there({ roots: answered(undefined) }), finds: ["no-root"] },
  {
    title: "finds an istiod that does not know the peer, one that gave up, and one that is at it",
    ...row,
    kubernetes: there({
      istiods: answered([
        istiod({}),
        istiod({ west: "timeout" }, "istiod-2"),
        istiod({ west: "closed" }, "istiod-3"),
        istiod({ west: "syncing" }, "istiod-4"),
      ]),
    }),
    finds: ["not-known", "not-synced", "not-synced", "syncing"],
    says: [
      /istiod-1 does not know it/,
      /istiod-2 reports timeout/,
      /istiod-3 reports closed/,
      /istiod-4 is still reading/,
    ],
  },
  {
    title: "does not take for synced what it may not ask, and still looks at the others",
    ...row,
    kubernetes: there({
      istiods: answered([
        { pod: "istiod-0", clusters: no("cluster", "forbidden", "pods/portforward") },
        istiod({ west: "timeout" }),
      ]),
    }),
    finds: ["sync-unclear", "not-synced"],
    says: [/Whether istiod-0 read it was not checked: the cluster denied the request: pods\/portforward/],
  },
  { title: "finds no istiod at all", ...row, kubernetes: there({ istiods: answered([]) }), finds: ["no-istiod"] },
  {
    title: "never takes for fine what it may not read",
    ...{ ...row, kubernetes: there({ secrets: no("cluster", "forbidden", "secrets is forbidden") }) },
    finds: ["unknown"],
    says: [/secrets is forbidden/],
  },
  {
    title: "says so where it could ask nothing",
    ...row,
    kubernetes: { peers: no("cluster", "late") },
    finds: ["unknown"],
  },
]);
