import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../../components";
import {
  gatewayName,
  planGatewayObjects,
  planGatewayReleases,
} from "../../../components/ingress/gateways/gateways-plan";
import { gateway, settingsOf } from "../../support/settings";

type Args = Partial<IstioMeshArgs>;
const nlb = { strategy: "nlb" } as const;
const ambient: Args = { mode: "ambient" };

describe("planGatewayReleases", () => {
  it("installs gateway pods after the control plane that injects them: their image stays `auto` without it", () => {
    const releases = planGatewayReleases(settingsOf({ istio: { revision: "a" }, ingress: nlb }));
    assert.deepEqual(
      releases.map(({ name, after }) => [name, after]),
      [["gateway-istio-ingress", ["namespace-istio-ingress", "istiod-a"]]],
    );
  });

  it("installs none for the Gateway API, where istiod makes the pods, nor for a gateway of someone else", () => {
    assert.deepEqual(planGatewayReleases(settingsOf({ ...ambient, ingress: nlb })), []);
    assert.deepEqual(planGatewayReleases(settingsOf({ istio: { profile: "empty" }, ingress: nlb })), []);
  });

  it("installs one for several ingresses that share it", () => {
    const args: Args = {
      ingress: nlb,
      additionalIngresses: { shop: { ...nlb, gateway: { shareWith: "istio-ingress" } } },
    };
    assert.equal(planGatewayReleases(settingsOf(args)).length, 1);
  });
});

describe("planGatewayObjects", () => {
  const objects = (args: Args) => planGatewayObjects(settingsOf(args));
  const named = (args: Args) => objects(args).map(({ kind, name, after }) => ({ kind, name, after }));

  it("keeps ExternalDNS away from Gateways in both routings where the component makes the records", () => {
    const dns = { zoneId: "Z0123456789" };
    for (const routing of ["istio", "gateway-api"] as const) {
      const found = objects({ ingress: { ...nlb, routing, hostnames: ["a.example.com"], dns } });
      const gateways = found.filter(({ kind }) => kind === "Gateway");
      assert.equal(gateways.length, 1, routing);
      for (const { metadata } of gateways) {
        assert.equal(metadata.annotations?.["external-dns.kubernetes.io/controller"], "istio-eks", routing);
      }
    }
  });

  it("configures each ingress by an Istio Gateway, once its pods are there", () => {
    const args: Args = {
      ingress: { ...nlb, hostnames: ["a.example.com"] },
      additionalIngresses: {
        shop: { ...nlb, hostnames: ["b.example.com"], gateway: { shareWith: "istio-ingress" } },
      },
    };
    assert.deepEqual(named(args), [
      { kind: "Gateway", name: "istio-gateway-istio-ingress", after: ["gateway-istio-ingress"] },
      { kind: "Gateway", name: "istio-gateway-shop", after: ["gateway-istio-ingress"] },
    ]);
  });

  it("configures a gateway of someone else, which is there already", () => {
    assert.deepEqual(named({ istio: { profile: "empty" }, ingress: nlb }), [
      { kind: "Gateway", name: "istio-gateway-istio-ingress", after: [] },
    ]);
  });

  it("makes one Gateway of the Gateway API per set of pods, after istiod and the definitions", () => {
    assert.deepEqual(named({ ...ambient, ingress: nlb }), [
      {
        kind: "ConfigMap",
        name: "parameters-istio-ingress",
        after: ["namespace-istio-ingress", "crds", "istiod"],
      },
      {
        kind: "Gateway",
        name: "gateway-istio-ingress",
        after: ["namespace-istio-ingress", "crds", "istiod", "parameters-istio-ingress"],
      },
    ]);
  });

  it("waits for no istiod and no definitions of someone else", () => {
    const args: Args = { istio: { profile: "empty" }, ingress: { ...nlb, routing: "gateway-api" } };
    assert.deepEqual(
      objects(args).map(({ after }) => after[0]),
      ["namespace-istio-ingress", "namespace-istio-ingress"],
    );
    assert.ok(objects(args).every(({ after }) => !after.includes("istiod") && !after.includes("crds")));
  });

  it("serves in it what all ingresses before these pods want", () => {
    const args: Args = {
      ...ambient,
      istio: { revision: "a" },
      ingress: { ...nlb, hostnames: ["a.example.com"] },
      additionalIngresses: {
        shop: { ...nlb, hostnames: ["b.example.com"], gateway: { shareWith: "istio-ingress" } },
        other: { ...nlb, hostnames: ["c.example.com"] },
      },
    };
    const [first] = objects(args).filter(({ kind }) => kind === "Gateway");
    const { listeners } = first?.body["spec"] as { listeners: readonly { hostname: string }[] };
    assert.deepEqual(
      listeners.map(({ hostname }) => hostname),
      ["a.example.com", "b.example.com"],
    );
    assert.deepEqual(first?.metadata.labels, { "istio.io/rev": "a" });
  });

  it("limits requests in the pods whose ingress has a limit, before these pods are there", () => {
    const rateLimit = { requestsPerSecond: 5 };
    const limits = (args: Args) => objects(args).filter(({ name }) => name.startsWith("rate-limit-"));
    const [limit, ...more] = limits({ ingress: { ...nlb, rateLimit }, additionalIngresses: { shop: nlb } });
    assert.deepEqual(
      [limit?.name, limit?.after, more],
      ["rate-limit-istio-ingress", ["namespace-istio-ingress", "istiod"], []],
    );
    assert.deepEqual(limits({ ingress: nlb }), []);
    assert.equal(limits({ ...ambient, ingress: { ...nlb, rateLimit } }).length, 1);
  });

  describe("behind an NLB that ends TLS", () => {
    const tls = { certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/0f1e2d3c" };
    const filters = (args: Args) => objects(args).filter(({ kind }) => kind === "EnvoyFilter");
    const portsOf = (args: Args) =>
      filters(args).map(({ body }) => {
        const spec = body["spec"] as { configPatches: { match: { listener: { portNumber: number } } }[] };
        return spec.configPatches.map(({ match }) => match.listener.portNumber);
      });

    it("has the gateway's TLS ports be https, before its pods are there", () => {
      const [filter] = filters({ ingress: { ...nlb, tls } });
      assert.deepEqual(filter?.after, ["namespace-istio-ingress", "istiod"]);
      const [byApi] = filters({ ...ambient, ingress: { ...nlb, tls } });
      assert.deepEqual(byApi?.after, ["namespace-istio-ingress", "crds", "istiod"]);
      assert.deepEqual(portsOf({ ingress: { ...nlb, tls } }), [[443]]);
    });

    it("does so once for several load balancers before one gateway", () => {
      const ports = { kafka: { port: 9094, targetPort: 19094, protocol: "TLS" } } as const;
      const shared: Args = {
        ingress: { ...nlb, tls, hostnames: ["a.example.com"] },
        additionalIngresses: {
          shop: { ...nlb, tls, nlb: { ports }, hostnames: ["b.example.com"], gateway: { shareWith: "istio-ingress" } },
        },
      };
      assert.deepEqual(portsOf(shared), [[443, 19094]]);
    });

    it("leaves other gateways alone", () => {
      assert.deepEqual(filters({ ingress: nlb }), []);
      assert.deepEqual(filters({ ingress: { ...nlb, tls: { secretName: "shop-tls" } } }), []);
      assert.deepEqual(filters({ ingress: { strategy: "alb", tls } }), []);
    });
  });

  it("plans nothing for an ingress without gateway, which resolving does not let through", () => {
    assert.deepEqual(planGatewayObjects({ ...settingsOf({ ingress: nlb }), gateways: [] }), []);
  });
});

describe("gatewayName", () => {
  it("is what makes the pods, if the mesh does", () => {
    assert.deepEqual(gatewayName(gateway()), ["gateway-istio-ingress"]);
    assert.deepEqual(gatewayName(gateway({ createdBy: "istiod" })), ["gateway-istio-ingress"]);
    assert.deepEqual(gatewayName(gateway({ createdBy: "someone-else" })), []);
  });
});
