import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { answered, type QueryResult } from "../../../cli/check/facts";
import { findPeers } from "../../../cli/check/gather/peers";
import type { Proxy } from "../../../cli/check/gather/proxy";
import { kubeconfigText, rootFingerprints } from "../../../components/multi-cluster/peer-kubeconfig";
import { pem } from "../../support/certificates";
import { inFolder } from "../../support/plans";
import { no, settingsOf } from "../../support/situation";

const token = "the-token-of-west";
const membership = {
  ...{ meshId: "production", clusterName: "west", network: "west", trustDomain: "cluster.local" },
  ...{ trustDomainAliases: [], hasGateway: true, mode: "sidecar" as const },
};
const access = { endpoint: "https://me:pw@west.eks", certificateAuthority: "Y2E=", token, root: "" };
const encoded = (text: string) => Buffer.from(text).toString("base64");
const mesh = {
  istio: { namespace: "mesh" },
  security: { certificateAuthority: { secretName: "cacerts" } },
  multiCluster: { meshId: "production", eastWest: { allowedCidrs: ["10.1.0.0/16"] } },
};
const secrets = {
  items: [
    {
      metadata: { name: "istio-remote-secret-west" },
      data: { west: encoded(kubeconfigText(membership, access)), broken: encoded("./kubeconfig") },
    },
    { metadata: { name: "empty" } },
  ],
};
const map = { data: { "root-cert.pem": pem("root") } };
const pods = { items: [{ metadata: { name: "istiod-1" } }] };

/** A proxy that has these answers, by the end of the path before its parameters. */
function proxyOf(answers: Readonly<Record<string, QueryResult<unknown>>>): Proxy {
  const find = (path: string) => {
    const [, answer] = Object.entries(answers).find(([key]) => path.split("?")[0]?.endsWith(key)) ?? [];
    return Promise.resolve(answer ?? answered(undefined));
  };
  return { find } as unknown as Proxy;
}

/** Asks a kubectl that writes down what it gets, the kubeconfig included. */
async function asked(shell: string, answers: Readonly<Record<string, QueryResult<unknown>>> = {}, args: object = mesh) {
  return inFolder(async (folder) => {
    const [kubectl, log] = [join(folder, "kubectl"), join(folder, "log")];
    const keep = `case "$1" in get) for a in "$@"; do echo "$a"; case "$a" in --kubeconfig=*) f="\${a#--kubeconfig=}"; stat -c %a "$f"; cat "$f"; echo; esac; done > ${log};; esac`;
    writeFileSync(log, "");
    writeFileSync(kubectl, `#!/bin/sh\n${keep}\n${shell}\n`, { mode: 0o755 });
    const tools = { kubectl, aws: "aws", environment: process.env, timeoutSeconds: 5 };
    const all = { "/istio-ca-root-cert": answered(map), "/secrets": answered(secrets), "/pods": answered(pods) };
    const reach = {
      proxy: proxyOf({ ...all, ...answers }),
      choice: { kubeconfig: undefined, context: undefined },
      tools,
    };
    const found = await findPeers(settingsOf(args), reach);
    return { found, log: readFileSync(log, "utf8").trim().split("\n") };
  });
}

const roots = `cat <<'END'\n${pem("root")}END`;

describe("findPeers", () => {
  it("asks nothing of a mesh of one cluster", async () => {
    const { found, log } = await asked("exit 1", {}, {});
    assert.deepEqual([found, log], [answered(undefined), [""]]);
  });

  it("asks the peer with its own token, for roots alone, and keeps neither token nor file", async () => {
    const { found, log } = await asked(roots);
    assert.ok(found.known && found.answer !== undefined);
    const { roots: own, secrets: all } = found.answer;
    const prints = rootFingerprints(pem("root"));
    assert.deepEqual(own, answered(prints));
    assert.deepEqual(all, {
      known: true,
      answer: [
        {
          ...{ secret: "istio-remote-secret-west", cluster: "west", server: "https://west.eks", ownName: "west" },
          roots: answered(prints),
        },
        {
          ...{ secret: "istio-remote-secret-west", cluster: "broken", server: undefined, ownName: undefined },
          roots: answered(undefined),
        },
      ],
    });
    assert.ok(!JSON.stringify(found).includes(token));
    assert.deepEqual(log.slice(0, 7), [
      ...["get", "configmap", "istio-ca-root-cert", "--namespace", "default", "--ignore-not-found"],
      "--output=jsonpath={.data.root-cert\\.pem}",
    ]);
    const file = log.find((line) => line.startsWith("--kubeconfig="))?.replace("--kubeconfig=", "");
    assert.ok(file !== undefined && log.includes("600") && log.join().includes(token));
    assert.equal(existsSync(file), false);
  });

  it("tells a peer without a root from one that refuses", async () => {
    const of = async (shell: string) => {
      const { found } = await asked(shell);
      assert.ok(found.known && found.answer?.secrets.known === true);
      return found.answer.secrets.answer[0]?.roots;
    };
    assert.deepEqual(await of("exit 0"), answered(undefined));
    const refusal = await of('echo "error: You must be logged in to the server (Unauthorized)" >&2; exit 1');
    assert.equal(refusal?.known === false && refusal.refusal.reason, "credentials");
  });

  it("reports what each istiod says, and which did not say anything", async () => {
    const { found } = await asked('[ "$1" = get ] || { echo "error: forbidden" >&2; exit 1; }');
    assert.ok(found.known && found.answer?.istiods.known === true);
    const [istiod, ...more] = found.answer.istiods.answer;
    assert.deepEqual([istiod?.pod, istiod?.clusters.known, more], ["istiod-1", false, []]);
  });

  it("reads statuses by cluster", async () => {
    const message = [
      { id: "east", syncStatus: "synced" },
      { id: "west", secretName: "mesh/s", syncStatus: "timeout" },
    ];
    const server = createServer((_, response) => response.end(JSON.stringify(message)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address() as { readonly port: number };
    const forward = `[ "$1" = get ] && exit 0\necho "Forwarding from 127.0.0.1:${address.port} -> 15014"\nexec sleep 300`;
    try {
      const { found } = await asked(forward);
      assert.ok(found.known && found.answer?.istiods.known === true);
      assert.deepEqual(found.answer.istiods.answer[0]?.clusters, answered({ east: "synced", west: "timeout" }));
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("reports each part why it has no answer", async () => {
    const refusal = no("cluster", "forbidden");
    const { found } = await asked("exit 0", {
      "/istio-ca-root-cert": answered(undefined),
      ...{ "/secrets": refusal, "/pods": refusal },
    });
    assert.deepEqual(found, answered({ roots: answered(undefined), secrets: refusal, istiods: refusal }));
  });
});
