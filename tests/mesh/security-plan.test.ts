import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { planSecurityObjects } from "../../components/mesh/security-plan";
import { settingsOf } from "../support/settings";

/** What each object comes after. */
const order = (args: Partial<IstioMeshArgs>) =>
  Object.fromEntries(planSecurityObjects(settingsOf(args)).map(({ name, after }) => [name, after]));

describe("planSecurityObjects", () => {
  it("plans nothing where nothing is asked for", () => assert.deepEqual(order({ namespaces: { shop: {} } }), {}));

  it("puts Istio's objects after their namespace, and after the istiod whose webhook judges them", () => {
    const namespaces = { shop: { mtls: "permissive" as const } };
    assert.deepEqual(order({ security: { mtls: "strict" }, namespaces, istio: { revision: "a" } }), {
      "peer-authentication-istio-system/default": ["namespace-istio-system", "istiod-a"],
      "peer-authentication-shop/default": ["namespace-shop", "istiod-a"],
    });
  });

  it("waits for nobody where someone else runs Istio", () => {
    const args = { security: { mtls: "strict" }, istio: { profile: "empty" } } as const;
    assert.deepEqual(order(args), { "peer-authentication-istio-system/default": [] });
  });
});
