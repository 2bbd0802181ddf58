import assert from "node:assert/strict";
import type { NamespaceSecuritySettings, SecuritySettings } from "../../components/plan/security-settings";
import {
  type AuthorizationContext,
  planAuthorizationPolicies,
} from "../../components/security/authorization-policy-plan";
import { gateway, namespaceSecurity, security } from "../support/settings";

const identity = { gateway: gateway({ namespace: "edge" }), serviceAccount: "istio-ingress" };
const around: AuthorizationContext = {
  gateways: [],
  edges: [],
  routed: new Map(),
  waypoints: false,
  after: (namespace) => [`namespace-${namespace}`],
};
const plan = (changes: Partial<SecuritySettings> = {}, context: Partial<AuthorizationContext> = {}) =>
  planAuthorizationPolicies(security({ defaultDeny: true, ...changes }), { ...around, ...context });
/** Each policy by namespace and name, with what it says. */
const said = (...args: Parameters<typeof plan>) =>
  Object.fromEntries(
    plan(...args).map(({ metadata, body }) => [`${String(metadata.namespace)}/${metadata.name}`, body["spec"]]),
  );
const shop = (changes: Partial<NamespaceSecuritySettings> = {}) => ({ namespaces: [namespaceSecurity(changes)] });
const allowing = (...principals: readonly string[]) => ({
  action: "ALLOW",
  rules: [{ from: [{ source: { principals } }] }],
});
const waypointRef = { group: "gateway.networking.k8s.io", kind: "Gateway", name: "waypoint" };

describe("planAuthorizationPolicies", () => {
  it("plans none where nobody asks for the denial", () => {
    assert.deepEqual(plan({ defaultDeny: false, ...shop() }, { gateways: [identity] }), []);
  });

  it("denies all that nobody allows, from the root namespace", () => {
    assert.deepEqual(plan({ rootNamespace: "mesh" }), [
      {
        name: "authorization-policy-mesh/default-deny",
        after: ["namespace-mesh"],
        apiVersion: "security.istio.io/v1",
        kind: "AuthorizationPolicy",
        metadata: { namespace: "mesh", name: "default-deny" },
        body: { spec: {} },
      },
    ]);
  });

  it("denies it at waypoints too, which heed only what names them: everybody could go through them", () => {
    assert.deepEqual(said({}, { waypoints: true })["istio-system/default-deny-waypoints"], {
      targetRefs: [{ group: "gateway.networking.k8s.io", kind: "GatewayClass", name: "istio-waypoint" }],
    });
  });

  it("lets the mesh out through the pods that are there for it, by their labels or by their Gateway's name", () => {
    const edge = { name: "istio-egress", namespace: "istio-egress", selector: { istio: "egress" } };
    const open = { action: "ALLOW", rules: [{}] };
    const at = "istio-egress/allow-clients-istio-egress";
    assert.deepEqual(said({}, { edges: [{ ...edge, routing: "istio" }] })[at], {
      selector: { matchLabels: { istio: "egress" } },
      ...open,
    });
    assert.deepEqual(said({}, { edges: [{ ...edge, routing: "gateway-api" }], waypoints: true })[at], {
      targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "istio-egress" }],
      ...open,
    });
  });

  it("denies after everything that is allowed, so that on destroy the denial goes first", () => {
    const plaintextPorts = [{ name: "metrics", selector: { app: "shop" }, ports: [9090] }];
    const all = plan(shop({ waypoint: "waypoint", plaintextPorts }), {
      gateways: [identity],
      routed: new Map([["shop", new Set(["istio-ingress"])]]),
      waypoints: true,
    });
    const denials = all.filter(({ metadata }) => metadata.name.startsWith("default-deny"));
    const allowed = all.filter((one) => !denials.includes(one)).map(({ name }) => name);
    assert.deepEqual([denials.length, allowed.length], [2, 5]);
    for (const { after } of denials) assert.deepEqual(after, ["namespace-istio-system", ...allowed]);
  });

  describe("allows clients at gateways", () => {
    it("that the chart makes, by their labels", () => {
      assert.deepEqual(said({}, { gateways: [identity] })["edge/allow-clients-istio-ingress"], {
        selector: { matchLabels: { app: "istio-ingress", istio: "ingress" } },
        action: "ALLOW",
        rules: [{}],
      });
    });

    it("that istiod makes, by their Gateway", () => {
      const gateways = [{ ...identity, gateway: gateway({ routing: "gateway-api", createdBy: "istiod" }) }];
      assert.deepEqual(said({}, { gateways })["istio-ingress/allow-clients-istio-ingress"], {
        targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "istio-ingress" }],
        action: "ALLOW",
        rules: [{}],
      });
    });
  });

  describe("allows gateways", () => {
    const gateways = [identity, { gateway: gateway({ name: "inner" }), serviceAccount: "inner-istio" }];
    const both = new Set(["istio-ingress", "inner"]);
    const routed = new Map([
      ["shop", both],
      ["elsewhere", new Set(["inner"])],
    ]);

    it("by their identity, in the namespaces that they lead to", () => {
      const principals = ["a.b/ns/edge/sa/istio-ingress", "a.b/ns/istio-ingress/sa/inner-istio"];
      const policies = said({ trustDomain: "a.b", ...shop() }, { gateways, routed });
      assert.deepEqual(policies["shop/allow-gateways"], allowing(...principals));
      assert.ok(!("shop/allow-gateways-at-waypoint" in policies));
      assert.ok(!("elsewhere/allow-gateways" in policies));
    });

    it("at the waypoint too, through which a namespace may have them led", () => {
      const policies = said(shop({ waypoint: "waypoint" }), {
        gateways,
        routed: new Map([["shop", new Set(["istio-ingress"])]]),
      });
      const allowed = allowing("cluster.local/ns/edge/sa/istio-ingress");
      assert.deepEqual(policies["shop/allow-gateways"], allowed);
      assert.deepEqual(policies["shop/allow-gateways-at-waypoint"], { targetRefs: [waypointRef], ...allowed });
    });

    it("nowhere where they do not lead, and none that nobody knows", () => {
      assert.ok(!("shop/allow-gateways" in said(shop(), { gateways })));
      const unmanaged = [{ ...identity, serviceAccount: undefined }];
      assert.ok(!("shop/allow-gateways" in said(shop(), { gateways: unmanaged, routed })));
    });
  });

  it("allows a waypoint before its pods: behind it ztunnel sees no other identity", () => {
    assert.deepEqual(
      said(shop({ waypoint: "waypoint" }))["shop/allow-waypoint"],
      allowing("cluster.local/ns/shop/sa/waypoint"),
    );
    assert.ok(!("shop/allow-waypoint" in said(shop())));
  });

  it("allows everybody on ports that take plaintext, who have no identity that one could name", () => {
    const plaintextPorts = [{ name: "metrics", selector: { app: "shop" }, ports: [9090, 9091] }];
    assert.deepEqual(said(shop({ plaintextPorts }))["shop/allow-plaintext-metrics"], {
      selector: { matchLabels: { app: "shop" } },
      action: "ALLOW",
      rules: [{ to: [{ operation: { ports: ["9090", "9091"] } }] }],
    });
  });
});
