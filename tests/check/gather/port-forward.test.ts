import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { askPod } from "../../../cli/check/gather/port-forward";
import { inFolder } from "../../support/plans";

const choice = { kubeconfig: "/kube", context: "ctx" };
const pod = { namespace: "mesh", pod: "istiod-1", port: 15014 };

/** Asks a kubectl that forwards to a server of this process, or does what else it is told. */
async function asked(status: number, shell: (port: number) => string, timeoutSeconds = 10) {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(String(request.url));
    response.writeHead(status).end(JSON.stringify([{ id: "west" }]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await inFolder(async (folder) => {
      const kubectl = join(folder, "kubectl");
      const { port } = server.address() as AddressInfo;
      writeFileSync(kubectl, `#!/bin/sh\n${shell(port)}\n`, { mode: 0o755 });
      const tools = { kubectl, aws: "aws", environment: process.env, timeoutSeconds };
      return { answer: await askPod<unknown>(pod, "/debug/clusterz", { choice, tools }), paths };
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const right = "port-forward --namespace mesh pod/istiod-1 --address=127.0.0.1 :15014 --kubeconfig=/kube --context=ctx";
const forwards = (port: number) =>
  `[ "$*" = "${right}" ] || exit 9\necho "Forwarding from 127.0.0.1:${port} -> 15014"\nexec sleep 300`;

describe("askPod", () => {
  it("asks the pod itself through kubectl, and ends it with the answer", async () => {
    const { answer, paths } = await asked(200, forwards);
    assert.deepEqual(answer, { known: true, answer: [{ id: "west" }] });
    assert.deepEqual(paths, ["/debug/clusterz"]);
  });

  const refusals = [
    ["a pod that answers otherwise", 404, forwards, "failed", /^status 404$/],
    [
      "rights that are missing",
      200,
      () => 'echo "error: pods is forbidden: cannot create resource pods/portforward" >&2; exit 1',
      "forbidden",
      /portforward/,
    ],
    ["a kubectl that says nothing", 200, () => "exec sleep 300", "late", /no answer in time/],
  ] as const;
  for (const [what, status, shell, reason, message] of refusals) {
    it(`reports ${what}`, async () => {
      const { answer } = await asked(status, shell, reason === "late" ? 1 : 10);
      assert.ok(!answer.known);
      assert.deepEqual([answer.refusal.party, answer.refusal.reason], ["cluster", reason], answer.refusal.message);
      assert.match(answer.refusal.message, message);
      assert.match(answer.refusal.question, /port-forward --namespace mesh pod\/istiod-1 15014/);
    });
  }

  it("reports a kubectl that is not there", async () => {
    const tools = { kubectl: "/nowhere/kubectl", aws: "aws", environment: process.env, timeoutSeconds: 5 };
    const answer = await askPod<unknown>(pod, "/", { choice, tools });
    assert.ok(!answer.known);
    assert.equal(answer.refusal.reason, "tool-missing");
  });
});
