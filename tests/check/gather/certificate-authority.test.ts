import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findAuthority } from "../../../cli/check/gather/certificate-authority";
import { pem } from "../../support/certificates";
import { inFolder } from "../../support/plans";
import { settingsOf } from "../../support/situation";

const choice = { kubeconfig: "/kube", context: undefined };

/** Asks a kubectl that writes down its arguments, and answers as it is told. */
async function asked(args: object, shell: string) {
  return inFolder(async (folder) => {
    const [kubectl, log] = [join(folder, "kubectl"), join(folder, "arguments")];
    writeFileSync(log, "");
    writeFileSync(kubectl, `#!/bin/sh\nprintf '%s\\n' "$@" > ${log}\n${shell}\n`, { mode: 0o755 });
    const tools = { kubectl, aws: "aws", environment: process.env, timeoutSeconds: 10 };
    const answer = await findAuthority(settingsOf(args), choice, tools);
    return { answer, args: readFileSync(log, "utf8").trim().split("\n") };
  });
}

const existing = {
  istio: { namespace: "mesh" },
  security: { certificateAuthority: { secretName: "mesh-ca" } },
};
const encoded = (name: string) => Buffer.from(pem(name)).toString("base64");

describe("findAuthority", () => {
  it("has kubectl print the certificates of the Secret, and never its key", async () => {
    const { answer, args } = await asked(
      existing,
      `printf '%s\\n\\n%s\\n\\n\\n' ${encoded("istiod")} ${encoded("root")}`,
    );
    assert.deepEqual(answer, { known: true, answer: [pem("istiod"), pem("root")] });
    assert.deepEqual(args, [
      ...["get", "secret", "mesh-ca", "--namespace", "mesh", "--ignore-not-found"],
      '--output=jsonpath={.data.ca-cert\\.pem}{"\\n"}{.data.cert-chain\\.pem}{"\\n"}{.data.root-cert\\.pem}{"\\n"}' +
        '{.data.tls\\.crt}{"\\n"}{.data.ca\\.crt}{"\\n"}',
      "--kubeconfig=/kube",
    ]);
    assert.ok(!/key/.test(args.join(" ").replace("--kubeconfig", "")));
  });

  it("tells a Secret without these files from none", async () => {
    assert.deepEqual((await asked(existing, "printf '\\n\\n\\n\\n\\n'")).answer, { known: true, answer: [] });
    assert.deepEqual((await asked(existing, "exit 0")).answer, { known: true, answer: undefined });
  });

  it("asks nothing without a certificate authority", async () => {
    const { answer, args } = await asked({}, "exit 1");
    assert.deepEqual(answer, { known: true, answer: undefined });
    assert.deepEqual(args, [""]);
  });

  it("reports why it got no answer", async () => {
    const message = 'Error from server (Forbidden): secrets "mesh-ca" is forbidden';
    const { answer } = await asked(existing, `echo '${message}' >&2; exit 1`);
    assert.ok(!answer.known);
    const { party, reason, question } = answer.refusal;
    assert.deepEqual(
      [party, reason, question],
      ["cluster", "forbidden", "kubectl get secret mesh-ca --namespace mesh"],
    );
  });
});
