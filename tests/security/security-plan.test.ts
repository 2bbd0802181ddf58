import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { planSecurityObjects } from "../../components/security/security-plan";
import { settingsOf } from "../support/settings";

/** What each object comes after. */
const order = (args: Partial<IstioMeshArgs>) =>
  Object.fromEntries(planSecurityObjects(settingsOf(args)).map(({ name, after }) => [name, after]));

describe("planSecurityObjects", () => {
  it("plans nothing where nothing is asked for", () => assert.deepEqual(order({ namespaces: { shop: {} } }), {}));

  it("puts Istio's objects after their namespace, and after the istiod whose webhook checks them", () => {
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

  describe("with NetworkPolicies", () => {
    const ingress = { strategy: "nlb" } as const;
    const closed = {
      security: { networkPolicies: true },
      ingress,
      namespaces: { shop: {}, out: { dataplane: "none" } },
    } as const;
    const spec = (args: Partial<IstioMeshArgs>, name: string) =>
      JSON.stringify(planSecurityObjects(settingsOf(args)).find((plan) => plan.name === name)?.body["spec"]);

    it("closes namespaces after their enrolment, and gateways after their namespace", () => {
      assert.deepEqual(order(closed), {
        "network-policy-shop/istio-mesh": ["enrolment-shop"],
        "network-policy-istio-ingress/istio-gateway-istio-ingress": ["namespace-istio-ingress"],
      });
      const ambient = Object.keys(order({ ...closed, mode: "ambient" }));
      assert.ok(ambient.includes("network-policy-shop/istio-proxies"));
    });

    it("closes only a namespace where only that asks for it", () => {
      const names = Object.keys(order({ ingress, namespaces: { shop: { networkPolicies: true }, bank: {} } }));
      assert.deepEqual(names, ["network-policy-shop/istio-mesh"]);
    });

    it("opens gateways on the ports of every load balancer before them", () => {
      const name = "network-policy-istio-ingress/istio-gateway-istio-ingress";
      const inside = { strategy: "alb", gateway: { shareWith: "istio-ingress" } } as const;
      const ports = spec({ ...closed, additionalIngresses: { inside } }, name).match(/"port":\d+/g);
      assert.deepEqual(ports, ['"port":80', '"port":443', '"port":15021', '"port":15020', '"port":15090']);
    });

    it("lets pods out to the egress gateway, in whatever namespace it is", () => {
      const egress = { gateway: true, hosts: ["api.example.com"] };
      const peer = /"podSelector":\{"matchLabels":\{"app":"istio-egress","istio":"egress"\}\}/;
      assert.match(spec({ ...closed, egress }, "network-policy-shop/istio-mesh"), peer);
      assert.doesNotMatch(spec(closed, "network-policy-shop/istio-mesh"), peer);
    });

    it("knows where spans go, if that is in the cluster", () => {
      const traced = (service: string) =>
        spec({ ...closed, telemetry: { tracing: { provider: "otlp", service } } }, "network-policy-shop/istio-mesh");
      assert.match(
        traced("otel.observability.svc.cluster.local"),
        /"observability"\}\}\}\],"ports":\[\{"protocol":"TCP","port":4317/,
      );
      assert.doesNotMatch(spec(closed, "network-policy-shop/istio-mesh"), /4317/);
      assert.doesNotMatch(traced("otel.example.com"), /4317/);
    });

    it("knows where istiod and DNS are", () => {
      const name = "network-policy-shop/istio-mesh";
      const values = { istiod: { global: { remotePilotAddress: "192.0.2.1" } } };
      assert.match(
        spec({ ...closed, istio: { namespace: "mesh" } }, name),
        /"mesh"\}\},"podSelector":\{"matchLabels":\{"app":"istiod"/,
      );
      assert.doesNotMatch(spec({ ...closed, istio: { profile: "remote", values } }, name), /istiod/);
      assert.match(spec(closed, name), /kube-dns/);
      assert.doesNotMatch(spec({ ...closed, loadBalancerController: "eks-auto-mode" }, name), /kube-dns/);
    });
  });

  describe("with the denial of all that nobody allows", () => {
    const route = { host: "a.example.com", service: "shop", namespace: "shop", port: 80 };
    const denied = {
      security: { defaultDeny: true, trustDomain: "a.b" },
      ingress: { strategy: "nlb", routes: [route] },
      namespaces: { shop: {}, bank: {} },
    } as const;
    const plans = (args: Partial<IstioMeshArgs>) =>
      planSecurityObjects(settingsOf({ ...denied, ...args } as typeof args));
    const principals = (args: Partial<IstioMeshArgs>) =>
      JSON.stringify(plans(args).find(({ metadata }) => metadata.name === "allow-gateways")?.body["spec"] ?? {}).match(
        /a\.b[^"]+/g,
      );

    it("lets clients in at gateways, and gateways in where their routes lead", () => {
      assert.deepEqual(
        plans({}).map(({ name }) => name),
        [
          "authorization-policy-istio-ingress/allow-clients-istio-ingress",
          "authorization-policy-shop/allow-gateways",
          "authorization-policy-istio-system/default-deny",
        ],
      );
    });

    it("knows who the pods of gateways are: the chart's service account, or istiod's", () => {
      assert.deepEqual(principals({}), ["a.b/ns/istio-ingress/sa/istio-ingress"]);
      const api = { ...denied.ingress, routing: "gateway-api" as const, routes: [route] };
      assert.deepEqual(principals({ ingress: api }), ["a.b/ns/istio-ingress/sa/istio-ingress-istio"]);
      const values = { gateway: { serviceAccount: { name: "edge" } } };
      assert.deepEqual(principals({ istio: { values } }), ["a.b/ns/istio-ingress/sa/edge"]);
      assert.equal(principals({ istio: { profile: "empty" } }), null);
    });

    it("names every gateway that leads there, once", () => {
      const [ingress, inside] = [
        { strategy: "nlb" as const, routes: [route, { ...route, path: "/cart" }] },
        { strategy: "alb" as const, routes: [route] },
      ];
      assert.deepEqual(principals({ ingress, additionalIngresses: { inside } }), [
        "a.b/ns/istio-ingress/sa/istio-ingress",
        "a.b/ns/istio-ingress/sa/inside",
      ]);
    });

    it("lets the mesh out through the egress gateway, and through its waypoint", () => {
      const egress = { gateway: true, hosts: ["api.example.com"] };
      const policy = "authorization-policy-istio-egress/allow-clients-istio-egress";
      const spec = (mode: "sidecar" | "ambient") =>
        planSecurityObjects(settingsOf({ mode, egress, security: { defaultDeny: true } })).find(
          ({ name }) => name === policy,
        )?.body["spec"];
      const open = { action: "ALLOW", rules: [{}] };
      const matchLabels = { app: "istio-egress", istio: "egress" };
      const target = { group: "gateway.networking.k8s.io", kind: "Gateway", name: "istio-egress" };
      assert.deepEqual(spec("sidecar"), { selector: { matchLabels }, ...open });
      assert.deepEqual(spec("ambient"), { targetRefs: [target], ...open });
    });

    it("denies at waypoints in ambient mode, and lets each through to its own namespace", () => {
      const names = plans({ mode: "ambient", namespaces: { shop: { waypoint: true }, bank: {} } }).map(
        ({ name }) => name,
      );
      assert.deepEqual(names.slice(1), [
        "authorization-policy-shop/allow-gateways",
        "authorization-policy-shop/allow-gateways-at-waypoint",
        "authorization-policy-shop/allow-waypoint",
        "authorization-policy-istio-system/default-deny",
        "authorization-policy-istio-system/default-deny-waypoints",
      ]);
    });
  });
});
