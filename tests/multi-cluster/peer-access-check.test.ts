import assert from "node:assert/strict";
import { checkAccess } from "../../components/multi-cluster/peer-access-check";
import { pem } from "../support/certificates";

const data = Buffer.from(pem("root")).toString("base64");
const cluster = { server: "https://west.example.com:6443/path", "certificate-authority-data": data };
const user = { token: "t" };
const givens = (access: Parameters<typeof checkAccess>[0]) => checkAccess(access, "p").map(({ given }) => given);

describe("checkAccess", () => {
  it("accepts what istiod can use: a token, or a certificate with its key; any authority, or none", () => {
    assert.deepEqual(givens({ user, cluster }), []);
    assert.deepEqual(givens({ user, cluster: { server: "https://west" } }), []);
    assert.deepEqual(givens({ user: { "client-key-data": "a2V5" }, cluster }), []);
    assert.deepEqual(givens({ user, cluster: { ...cluster, "insecure-skip-tls-verify": false } }), []);
  });

  it("reports addresses that are none, or would have the token sent without TLS", () => {
    for (const server of ["http://west", "west:443", "https://"])
      assert.deepEqual(givens({ user, cluster: { server } }), [JSON.stringify(`server ${server}`)]);
    for (const server of [undefined, 1, "https://me:pw@west"])
      assert.deepEqual(givens({ user, cluster: { server } }), ['"server [secret]"']);
  });

  it("reports authorities that cannot be read, files, and none at all by intent", () => {
    const other = '"certificate-authority-data of another kind"';
    const broken = Buffer.from("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").toString("base64");
    for (const bad of ["", "Y2E=", pem("root"), broken, 1]) {
      assert.deepEqual(givens({ user, cluster: { ...cluster, "certificate-authority-data": bad } }), [other]);
    }
    assert.deepEqual(givens({ user, cluster: { ...cluster, "certificate-authority": "ca.crt" } }), [
      '"certificate-authority, the path of a file"',
    ]);
    assert.deepEqual(givens({ user, cluster: { ...cluster, "insecure-skip-tls-verify": true } }), [
      '"insecure-skip-tls-verify: true"',
    ]);
  });

  it("reports users without a token, or with an empty one", () => {
    for (const bad of [{}, { token: "" }, { token: " " }, { token: 1 }])
      assert.deepEqual(givens({ user: bad, cluster }), ['"a kubeconfig without a token"']);
  });
});
