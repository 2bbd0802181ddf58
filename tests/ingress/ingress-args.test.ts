import assert from "node:assert/strict";
import { ingressShape } from "../../components/ingress/ingress-args";
import { checkShape } from "../../components/inputs/shape";

const reported = (args: object) =>
  checkShape(ingressShape, { strategy: "nlb", ...args }).problems.map(
    ({ path, suggestion }) => `${path}: ${suggestion}`,
  );

describe("ingressShape", () => {
  it("wants a strategy, and nothing else", () => {
    assert.deepEqual(reported({}), []);
    assert.deepEqual(
      checkShape(ingressShape, {}).problems.map(({ path, given }) => [path, given]),
      [["strategy", "nothing"]],
    );
    assert.deepEqual(reported({ strategy: "ALB" }), ['strategy: did you mean "alb"?']);
  });

  it("takes all that can be said of an ingress", () => {
    const all = {
      scheme: "internet-facing",
      routing: "gateway-api",
      ipAddressType: "dualstack",
      hostnames: ["app.example.com", "*.example.com"],
      dns: { zoneName: "example.com" },
      tls: { secretName: "shop-tls" },
      allowedCidrs: ["203.0.113.0/24"],
      subnetIds: ["subnet-0123456789abcdef0"],
      healthCheck: { intervalSeconds: 30 },
      gateway: { minReplicas: 3 },
      nlb: { crossZone: false },
      alb: { name: "shop" },
      routes: [],
      annotations: { "a.b/c": "d" },
    };
    assert.deepEqual(reported(all), []);
  });

  it("answers other tools' words for the scheme with AWS's", () => {
    assert.deepEqual(reported({ scheme: "public" }), ['scheme: write "internet-facing"']);
    assert.deepEqual(reported({ scheme: "private" }), ['scheme: write "internal"']);
    assert.deepEqual(reported({ scheme: "internet_facing" }), ['scheme: did you mean "internet-facing"?']);
  });

  it("knows two kinds of addresses: there is no load balancer with IPv6 only", () => {
    assert.match(reported({ ipAddressType: "ipv6" }).join(), /^ipAddressType: write "dualstack"/);
    assert.deepEqual(reported({ ipAddressType: "ipv4" }), []);
  });

  it("checks each hostname, range and subnet at its own place", () => {
    assert.deepEqual(
      reported({
        hostnames: ["app.example.com", "App.example.com"],
        allowedCidrs: ["10.0.0.0", "10.0.0.0/8"],
        subnetIds: ["public-a"],
      }).map((text) => text.split(":")[0]),
      ["hostnames[1]", "allowedCidrs[0]", "subnetIds[0]"],
    );
  });

  it("checks the blocks of every capability", () => {
    const blocks = ["dns", "tls", "healthCheck", "gateway", "nlb", "alb"];
    const misspelt = Object.fromEntries(blocks.map((block) => [block, { helm: 1 }]));
    assert.deepEqual(
      reported(misspelt),
      blocks.map((block) => `${block}.helm: remove "helm": there is no such member`),
    );
  });

  it("wants annotations as texts, which is all that Kubernetes takes", () => {
    assert.deepEqual(reported({ annotations: { "a.b/c": true } }), ['annotations["a.b/c"]: put it in quotes: "true"']);
  });

  it("finds the member behind a typing error", () => {
    assert.deepEqual(reported({ hostNames: [] }), ['hostNames: did you mean "hostnames"?']);
    assert.deepEqual(reported({ hostname: "a.example.com" }), ['hostname: did you mean "hostnames"?']);
  });
});
