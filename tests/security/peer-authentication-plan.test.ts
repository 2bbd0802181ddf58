import assert from "node:assert/strict";
import type { SecuritySettings } from "../../components/plan/security-settings";
import { planPeerAuthentications } from "../../components/security/peer-authentication-plan";
import { namespaceSecurity, security } from "../support/settings";

const shop = namespaceSecurity();
const plan = (changes: Partial<SecuritySettings>) =>
  planPeerAuthentications(security(changes), (namespace) => [`namespace-${namespace}`]);
/** Each object by namespace and name, with what it says. */
const said = (changes: Partial<SecuritySettings>) =>
  Object.fromEntries(
    plan(changes).map(({ metadata, body }) => [`${String(metadata.namespace)}/${metadata.name}`, body["spec"]]),
  );

describe("planPeerAuthentications", () => {
  it("says nothing where nobody asked: Istio is permissive by itself", () => {
    assert.deepEqual(plan({ namespaces: [shop] }), []);
  });

  it("says for the whole mesh what was asked, in the root namespace under the name that Istio's docs use", () => {
    assert.deepEqual(plan({ mtls: "strict", rootNamespace: "mesh" }), [
      {
        name: "peer-authentication-mesh/default",
        after: ["namespace-mesh"],
        apiVersion: "security.istio.io/v1",
        kind: "PeerAuthentication",
        metadata: { name: "default", namespace: "mesh" },
        body: { spec: { mtls: { mode: "STRICT" } } },
      },
    ]);
    assert.deepEqual(said({ mtls: "permissive" }), { "istio-system/default": { mtls: { mode: "PERMISSIVE" } } });
  });

  it("says for a namespace only what differs", () => {
    const namespaces = [shop, { ...shop, name: "bank", mtls: "strict" as const }];
    assert.deepEqual(said({ mtls: "strict", namespaces }), {
      "istio-system/default": { mtls: { mode: "STRICT" } },
      "shop/default": { mtls: { mode: "PERMISSIVE" } },
    });
    assert.deepEqual(said({ namespaces }), { "bank/default": { mtls: { mode: "STRICT" } } });
  });

  it("leaves ports of chosen pods open to plaintext, which follow their namespace in all else", () => {
    const plaintextPorts = [{ name: "metrics", selector: { app: "shop" }, ports: [9090, 9091] }];
    const metrics = {
      selector: { matchLabels: { app: "shop" } },
      portLevelMtls: { "9090": { mode: "PERMISSIVE" }, "9091": { mode: "PERMISSIVE" } },
    };
    const namespaces = [{ ...shop, plaintextPorts }];
    assert.deepEqual(said({ namespaces }), { "shop/plaintext-metrics": metrics });
    const strict = [{ ...shop, mtls: "strict" as const, plaintextPorts }];
    assert.deepEqual(said({ namespaces: strict })["shop/plaintext-metrics"], metrics);
  });
});
