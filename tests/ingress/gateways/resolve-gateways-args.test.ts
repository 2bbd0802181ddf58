import assert from "node:assert/strict";
import type { GatewayArgs } from "../../../components/ingress/gateways/gateway-args";
import type { IstioMeshArgs } from "../../../components";
import type { IngressArgs } from "../../../components/ingress/ingress-args";
import { planGatewayObjects } from "../../../components/ingress/gateways/gateways-plan";
import { resolveIstioMesh } from "../../../components/mesh/resolve-mesh-args";
import {
  type GatewayContext,
  ownerOf,
  resolveGateways,
  serviceOwnerOf,
} from "../../../components/ingress/gateways/resolve-gateways-args";
import type { NamedIngress } from "../../../components/ingress/named-ingress";
import { onlyProblem, placesOf, settingsOf } from "../../support/settings";

const around: GatewayContext = { defaultRouting: "istio", profile: "default", topologies: [] };
const one = (name: string, args: Partial<IngressArgs> = {}): NamedIngress => ({
  name,
  path: name,
  args: { strategy: "nlb", ...args },
});
const sharing = (name: string, shareWith: string, args: Partial<IngressArgs> = {}) =>
  one(name, { ...args, gateway: { shareWith } });
const resolve = (...all: readonly NamedIngress[]) => resolveGateways(all, around);

function gateway(args: GatewayArgs, ingress: Partial<IngressArgs> = {}, changes: Partial<GatewayContext> = {}) {
  const [settings] = resolveGateways([one("istio-ingress", { ...ingress, gateway: args })], {
    ...around,
    ...changes,
  }).settings;
  assert.ok(settings);
  return settings;
}

describe("ownerOf", () => {
  it("is the ingress whose pods serve this one, else itself", () => {
    const all = [one("a"), sharing("b", "a"), sharing("c", "gone")];
    assert.deepEqual(
      all.map((ingress) => ownerOf(ingress, all).name),
      ["a", "a", "c"],
    );
  });
});

describe("serviceOwnerOf", () => {
  const owners = (...all: readonly NamedIngress[]) => all.map((ingress) => serviceOwnerOf(ingress, all).name);

  it("gives each NLB a Service of its own, which it is", () => {
    assert.deepEqual(owners(one("a"), sharing("b", "a")), ["a", "b"]);
  });

  it("gives all ALBs before one gateway the Service of the ALB that owns it", () => {
    const alb = { strategy: "alb" } as const;
    assert.deepEqual(owners(one("a", alb), sharing("b", "a", alb), one("c", alb)), ["a", "a", "c"]);
    assert.deepEqual(owners(sharing("b", "a", alb), one("a", alb)), ["a", "a"]);
  });

  it("gives them the first one's where an NLB owns the gateway: an NLB's Service is no NodePort", () => {
    const alb = { strategy: "alb" } as const;
    assert.deepEqual(owners(one("a"), sharing("b", "a", alb), sharing("c", "a", alb)), ["a", "b", "b"]);
  });
});

describe("resolveGateways", () => {
  it("installs pods by the chart for Istio's API, and leaves them to istiod for the Gateway API", () => {
    assert.deepEqual([gateway({}).routing, gateway({}).createdBy], ["istio", "chart"]);
    const api = gateway({}, { routing: "gateway-api" });
    assert.deepEqual([api.routing, api.createdBy], ["gateway-api", "istiod"]);
    assert.equal(gateway({}, {}, { defaultRouting: "gateway-api" }).createdBy, "istiod");
  });

  it("installs none where someone else runs Istio, but still makes the Gateway that istiod turns into pods", () => {
    assert.equal(gateway({}, {}, { profile: "empty" }).createdBy, "someone-else");
    assert.equal(gateway({}, { routing: "gateway-api" }, { profile: "empty" }).createdBy, "istiod");
  });

  it("selects the pods as the gateway chart labels them: `istio` is the name without a leading istio-", () => {
    assert.deepEqual(gateway({}).selector, { app: "istio-ingress", istio: "ingress" });
    assert.deepEqual(gateway({ labels: { istio: "gateway", app: "edge" } }).selector, {
      app: "edge",
      istio: "gateway",
    });
    const [settings] = resolve(one("my-istio-edge")).settings;
    assert.deepEqual(settings?.selector, { app: "my-istio-edge", istio: "my-istio-edge" });
  });

  it("selects pods that istiod makes by the label that it gives them", () => {
    const { selector } = gateway({ labels: { istio: "x" } }, { routing: "gateway-api" });
    assert.deepEqual(selector, { "gateway.networking.k8s.io/gateway-name": "istio-ingress" });
  });

  it("keeps what is given", () => {
    const { namespace, minReplicas, maxReplicas, labels } = gateway({
      namespace: "edge",
      minReplicas: 3,
      maxReplicas: 4,
      labels: { team: "a" },
    });
    assert.deepEqual([namespace, minReplicas, maxReplicas, labels], ["edge", 3, 4, { team: "a" }]);
  });

  describe("what stands before the pods", () => {
    const config = (...all: readonly NamedIngress[]) =>
      resolve(...all).settings[0]?.annotations["proxy.istio.io/config"];
    const proxied = { nlb: { proxyProtocol: true } };
    const alb = { strategy: "alb" } as const;

    it("is trusted for X-Forwarded-For only if every way in leads through an ALB", () => {
      assert.match(String(config(one("a", alb), sharing("b", "a", alb))), /"numTrustedProxies":1/);
      assert.doesNotMatch(String(config(one("a", alb), sharing("b", "a"))), /gatewayTopology/);
      assert.doesNotMatch(String(config(one("a"))), /gatewayTopology/);
    });

    it("speaks PROXY protocol only if all of it does", () => {
      assert.match(String(config(one("a", proxied), sharing("b", "a", proxied))), /"proxyProtocol"/);
      assert.doesNotMatch(String(config(one("a", proxied), sharing("b", "a"))), /gatewayTopology/);
    });

    it("gets as long to notice that a pod goes as the owner of the pods says", () => {
      const owner = one("a", { gateway: { drainSeconds: 120 } });
      assert.match(String(config(owner, sharing("b", "a"))), /"terminationDrainDuration":"120s"/);
      assert.match(String(config(one("a"))), /"terminationDrainDuration":"60s"/);
    });
  });

  describe("sharing", () => {
    const reported = (...all: readonly NamedIngress[]) =>
      resolve(...all).problems.map(({ path, suggestion }) => `${path}: ${suggestion}`);

    it("makes no gateway for who shares one", () => {
      const { settings, problems } = resolve(one("a"), sharing("b", "a"));
      assert.deepEqual(
        settings.map(({ name }) => name),
        ["a"],
      );
      assert.deepEqual(problems, []);
    });

    it("needs an ingress that exists, and lists those with a gateway of their own", () => {
      const { path, given, allowed } = onlyProblem(resolve(one("a"), sharing("b", "gone"), sharing("c", "a")));
      assert.deepEqual(
        [path, given, allowed],
        ["b.gateway.shareWith", '"gone"', 'an ingress with a gateway of its own: "a"'],
      );
    });

    it("is not with oneself, not in a circle, and goes one step only", () => {
      assert.deepEqual(reported(sharing("a", "a")), ["a.gateway.shareWith: remove it: these are its own pods"]);
      assert.deepEqual(reported(sharing("a", "b"), sharing("b", "a")), [
        "a.gateway.shareWith: remove shareWith from one of the two",
        "b.gateway.shareWith: remove shareWith from one of the two",
      ]);
      assert.deepEqual(reported(one("a"), sharing("b", "a"), sharing("c", "b")), [
        'c.gateway.shareWith: write "a", whose pods "b" shares',
      ]);
    });

    it("needs the same API on both, since one set of pods has one", () => {
      const { path, given, allowed } = onlyProblem(resolve(one("a"), sharing("b", "a", { routing: "gateway-api" })));
      assert.deepEqual([path, given], ["b.routing", '"gateway-api"']);
      assert.match(allowed, /^"istio", the routing of "a"/);
    });

    it("needs PROXY protocol on both or on none: the proxy reads every connection alike", () => {
      const proxied = { nlb: { proxyProtocol: true } };
      assert.deepEqual(placesOf(resolve(one("a"), sharing("b", "a", proxied))), ["b.nlb.proxyProtocol"]);
      const { path, given } = onlyProblem(resolve(one("a", proxied), sharing("b", "a")));
      assert.deepEqual([path, given], ["b.gateway.shareWith", '"a"']);
    });

    it("warns that each load balancer forwards every host, unless it is an ALB with hostnames", () => {
      const alb = (host: string): Partial<IngressArgs> => ({ strategy: "alb", hostnames: [host] });
      const closed = resolve(one("a", alb("a.example.com")), sharing("b", "a", alb("b.example.com")));
      assert.deepEqual(closed.warnings, []);
      const open = resolve(one("a", alb("a.example.com")), sharing("b", "a", { hostnames: ["b.example.com"] }));
      const [first] = open.warnings;
      assert.match(String(first), /^Ingress "b" shares the gateway "a" and forwards every host/);
      const everyHost = resolve(one("a", { strategy: "alb" }), sharing("b", "a", { strategy: "alb" }));
      assert.equal(everyHost.warnings.length, 2);
      assert.deepEqual(resolve(one("a")).warnings, []);
    });
  });

  describe("labels", () => {
    const places = (labels: Record<string, string>, routing: "istio" | "gateway-api" = "istio") =>
      placesOf(resolve(one("a", { routing, gateway: { labels } })));

    it("are not those that Istio sets or chooses pods by", () => {
      for (const key of [
        "istio.io/rev",
        "istio.io/dataplane-mode",
        "sidecar.istio.io/inject",
        "gateway.networking.k8s.io/gateway-name",
      ]) {
        assert.deepEqual(places({ [key]: "x" }), [`a.gateway.labels["${key}"]`]);
      }
      assert.deepEqual(places({ istio: "gateway", team: "a" }), []);
    });

    it("choose the pods of a Gateway of the Gateway API where someone else makes them, and then no routes lead by Istio's API", () => {
      const label = "gateway.networking.k8s.io/gateway-name";
      const args = (routes: NonNullable<IngressArgs["routes"]>): Partial<IstioMeshArgs> => ({
        istio: { profile: "empty" },
        ingress: { strategy: "nlb", gateway: { labels: { [label]: "public" } }, routes },
      });
      const settings = settingsOf(args([]));
      assert.deepEqual(
        settings.gateways.map(({ createdBy, selector }) => [createdBy, selector]),
        [["someone-else", { [label]: "public" }]],
      );
      assert.deepEqual(planGatewayObjects(settings), []);
      const route = { host: "shop.example.com", service: "web", namespace: "shop", port: 80 };
      const refused = resolveIstioMesh({ mode: "sidecar", cluster: { name: "prod" }, ...args([route]) });
      assert.equal(onlyProblem(refused).path, "ingress.routes");
    });

    it("are at most eight with the Gateway API, whose definition says so", () => {
      const labels = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`l${i}`, "x"]));
      assert.deepEqual(places(labels(8), "gateway-api"), []);
      assert.deepEqual(places(labels(9), "gateway-api"), ["a.gateway.labels"]);
      assert.deepEqual(places(labels(9)), []);
    });

    it("tell gateways apart: an Istio Gateway selects by the label istio, in every namespace", () => {
      const same = { gateway: { labels: { istio: "gateway" } } };
      const { path, given, allowed } = onlyProblem(resolve(one("a", same), one("b", same)));
      assert.deepEqual([path, given], ["b.gateway.labels.istio", '"gateway"']);
      assert.match(allowed, /the pods of "a" have this one already/);
      assert.equal(
        onlyProblem(resolve(one("ingress"), one("istio-ingress"))).path,
        "istio-ingress.gateway.labels.istio",
      );
      assert.deepEqual(placesOf(resolve(one("a", { ...same, routing: "gateway-api" }), one("b", same))), []);
    });

    it("do not tell two of one name apart, which is a problem of its own", () => {
      assert.deepEqual(placesOf(resolve(one("a"), one("a"))), []);
    });
  });

  it("reports the gateway's own members too", () => {
    assert.deepEqual(placesOf(resolve(one("a", { gateway: { minReplicas: 3, maxReplicas: 2 } }))), [
      "a.gateway.minReplicas",
    ]);
  });

  it("warns of a single pod, unless someone else runs it", () => {
    const warnings = (profile: "default" | "empty", minReplicas: number) =>
      resolveGateways([one("a", { gateway: { minReplicas } })], { ...around, profile }).warnings;
    assert.match(warnings("default", 1).join(), /^Gateway "a" may run on a single pod/);
    assert.deepEqual(warnings("default", 2), []);
    assert.deepEqual(warnings("empty", 1), []);
  });
});
