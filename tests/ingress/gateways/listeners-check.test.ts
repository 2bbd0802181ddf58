import assert from "node:assert/strict";
import { checkListeners } from "../../../components/ingress/gateways/listeners-check";
import type { IngressSettings } from "../../../components/plan/ingress-settings";
import { anyRequest, gateway, ingress, onlyProblem, route, tlsAtBalancer, tlsInGateway } from "../../support/settings";

const hosts = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `h${from + at}.example.com`);
const check = (ingresses: readonly Partial<IngressSettings>[], routing: "gateway-api" | "istio" = "gateway-api") => ({
  problems: checkListeners(
    [gateway({ name: "istio-ingress", routing })],
    ingresses.map((changes) => ingress({ gateway: "istio-ingress", ...changes })),
    (name) => (name === "istio-ingress" ? "ingress" : `additionalIngresses.${name}`),
  ),
});

describe("checkListeners", () => {
  it("allows 64 listeners: a hostname is one for each port, and a redirect one for all", () => {
    assert.deepEqual(check([{ hostnames: hosts(64) }]).problems, []);
    assert.deepEqual(check([{ hostnames: hosts(63), tls: tlsInGateway }]).problems, []);
    const onBoth = { ...tlsInGateway, redirectHttp: false };
    assert.deepEqual(check([{ hostnames: hosts(32), tls: onBoth }]).problems, []);
    assert.deepEqual(check([{ hostnames: [] }]).problems, []);
  });

  it("refuses more, and counts how many hostnames there may be", () => {
    assert.deepEqual(check([{ name: "istio-ingress", hostnames: hosts(65) }]).problems, [
      {
        path: "ingress.hostnames",
        given: '"65 hostnames at one gateway, which are 65 listeners"',
        allowed: "at most 64 hostnames here: Kubernetes refuses a Gateway with more than 64 listeners",
        suggestion:
          'join hostnames in a wildcard such as "*.example.com", move some to an ingress with a gateway of its own, or use routing "istio"',
      },
    ]);
    assert.match(onlyProblem(check([{ hostnames: hosts(64), tls: tlsInGateway }])).allowed, /^at most 63 hostnames/);
    const onBoth = { ...tlsAtBalancer, redirectHttp: false };
    const found = onlyProblem(check([{ hostnames: hosts(33), tls: onBoth }]));
    assert.match(found.given, /33 hostnames at one gateway, which are 66 listeners/);
    assert.match(found.allowed, /^at most 32 hostnames/);
  });

  it("counts the hostnames of all ingresses before one gateway, each once, and names the last one", () => {
    const [one, other] = [
      { name: "istio-ingress", hostnames: hosts(40) },
      { name: "shop", hostnames: hosts(40, 20) },
    ];
    assert.deepEqual(check([one, other]).problems, []);
    const found = onlyProblem(check([one, { ...other, hostnames: hosts(25, 40) }]));
    assert.equal(found.path, "additionalIngresses.shop.hostnames");
  });

  it("leaves alone what another gateway serves, and gateways that Istio's own API configures", () => {
    assert.deepEqual(check([{ hostnames: hosts(40) }, { gateway: "other", hostnames: hosts(40, 40) }]).problems, []);
    assert.deepEqual(check([{ hostnames: hosts(65) }], "istio").problems, []);
  });

  it("refuses a route for more than 32 listeners, the limit of a route's parents", () => {
    const every = [route({ ...anyRequest, host: "*" }), route({ ...anyRequest, host: "*", path: "/a" })];
    const one = [route({ host: "h1.example.com" })];
    assert.deepEqual(check([{ hostnames: hosts(32), routes: every }]).problems, []);
    assert.deepEqual(check([{ hostnames: hosts(33), routes: one }]).problems, []);
    const found = onlyProblem(check([{ name: "istio-ingress", hostnames: hosts(33), routes: every }]));
    assert.equal(found.path, "ingress.routes");
    assert.equal(found.given, '"host \\"*\\", which 33 listeners of the gateway serve"');
    assert.match(found.allowed, /^hosts that at most 32 listeners serve/);
  });
});
