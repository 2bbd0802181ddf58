import assert from "node:assert/strict";
import type { IngressArgs } from "../../../components";
import { resolveIstioMesh } from "../../../components/mesh/resolve-mesh-args";
import { withIngress } from "../../support/args";

type Istio = Parameters<typeof withIngress>[1];

function resolve(ingress: Partial<IngressArgs>, args: Istio = {}) {
  const { settings, problems, warnings } = resolveIstioMesh(withIngress(ingress, args));
  const gateway = settings?.gateways[0];
  const annotation = gateway?.annotations["proxy.istio.io/config"];
  const config = annotation === undefined ? undefined : (JSON.parse(annotation) as { gatewayTopology: object });
  return { topology: config?.gatewayTopology, trusted: gateway?.trustedProxies, problems, warnings };
}

const meshWide = (gatewayTopology: object) => ({ istio: { meshConfig: { defaultConfig: { gatewayTopology } } } });
const inPods = (text: unknown) => ({
  istio: { values: { gateway: { podAnnotations: { "proxy.istio.io/config": text } } } } as object,
});
const here = "istio.meshConfig.defaultConfig.gatewayTopology.numTrustedProxies";
const pods = 'istio.values.gateway.podAnnotations["proxy.istio.io/config"]';

describe("the proxies before a gateway", () => {
  const counts: readonly (readonly [string, Partial<IngressArgs>, number])[] = [
    ["an NLB, which is none", { strategy: "nlb" }, 0],
    ["an ALB", { strategy: "alb" }, 1],
    ["CloudFront and an ALB", { strategy: "alb", trustedProxies: 1 }, 2],
    ["CloudFront and an NLB", { strategy: "nlb", trustedProxies: 1 }, 1],
    ["an NLB for certain", { strategy: "nlb", trustedProxies: 0 }, 0],
  ];
  for (const [what, ingress, number] of counts) {
    it(`are ${number} with ${what}`, () => {
      const { topology, trusted, problems } = resolve(ingress);
      assert.deepEqual(problems, []);
      assert.equal(trusted, number);
      assert.deepEqual(topology, number === 0 ? undefined : { numTrustedProxies: number });
    });
  }

  it("are counted by the user's configuration of Istio where no argument counts them: before an NLB", () => {
    const { topology, trusted, problems } = resolve({ strategy: "nlb" }, meshWide({ numTrustedProxies: "2" }));
    assert.deepEqual([topology, trusted, problems], [undefined, 2, []]);
    const notANumber = resolve({ strategy: "nlb" }, meshWide({ numTrustedProxies: "many" }));
    assert.equal(notANumber.trusted, 0);
  });

  it("are counted by the pods' own configuration before the mesh's", () => {
    const both = {
      istio: {
        ...meshWide({ numTrustedProxies: 3 }).istio,
        ...inPods("gatewayTopology: { numTrustedProxies: 1 }").istio,
      },
    };
    assert.equal(resolve({ strategy: "nlb" }, both).trusted, 1);
    // istiod makes the pods of a Gateway of the Gateway API, and reads no values of the gateway chart.
    assert.equal(resolve({ strategy: "nlb", routing: "gateway-api" }, both).trusted, 3);
  });

  it("may be written twice if both agree", () => {
    assert.deepEqual(resolve({ strategy: "alb", trustedProxies: 1 }, meshWide({ numTrustedProxies: 2 })).problems, []);
    assert.deepEqual(resolve({ strategy: "alb" }, inPods("gatewayTopology: { numTrustedProxies: 1 }")).problems, []);
  });

  it("may not be counted otherwise in the mesh configuration", () => {
    assert.deepEqual(resolve({ strategy: "alb" }, meshWide({ numTrustedProxies: 2 })).problems, [
      {
        path: here,
        given: "2",
        allowed: '1, the proxies before gateway "istio-ingress": its ALB and its trustedProxies',
        suggestion:
          "remove it, and write ingress.trustedProxies: 1 if that many proxies stand before the load balancer",
      },
    ]);
    const [nlb] = resolve({ strategy: "nlb", trustedProxies: 1 }, meshWide({ numTrustedProxies: 2 })).problems;
    assert.equal(nlb?.allowed, '1, the proxies before gateway "istio-ingress": its trustedProxies');
    const [none] = resolve({ strategy: "alb" }, meshWide({ numTrustedProxies: 0 })).problems;
    assert.equal(none?.suggestion, "remove it");
  });

  it("are not compared with what is no number", () => {
    assert.deepEqual(resolve({ strategy: "alb" }, meshWide({ numTrustedProxies: "many" })).problems, []);
  });

  it("may not be counted otherwise in the values of a chart", () => {
    for (const place of [{ meshConfig: {} }, { pilot: {} }]) {
      const config = { defaultConfig: { gatewayTopology: { numTrustedProxies: 2 } } };
      const istiod = "pilot" in place ? { pilot: { meshConfig: config } } : { meshConfig: config };
      const { problems } = resolve({ strategy: "alb" }, { istio: { values: { istiod } } });
      const before = "pilot" in place ? "istio.values.istiod.pilot" : "istio.values.istiod";
      assert.deepEqual(
        problems.map(({ path }) => path),
        [`${before}.meshConfig.defaultConfig.gatewayTopology.numTrustedProxies`],
      );
    }
    const { problems } = resolve({ strategy: "alb" }, inPods("gatewayTopology: { numTrustedProxies: 2 }"));
    assert.deepEqual(
      problems.map(({ path, given }) => [path, given]),
      [[pods, "2"]],
    );
  });
});

describe("the configuration of the pods' proxy in the values of the gateway chart", () => {
  it("must be readable, since ours is merged into it", () => {
    const { problems } = resolve({ strategy: "alb" }, inPods("a: ["));
    assert.deepEqual(
      problems.map(({ path }) => path),
      [pods],
    );
  });

  it("may say anything that no argument decides", () => {
    assert.deepEqual(resolve({ strategy: "alb" }, inPods("concurrency: 2")).problems, []);
    assert.deepEqual(resolve({ strategy: "nlb" }, inPods("gatewayTopology: {}")).problems, []);
  });

  it("may not decide otherwise what an argument decides", () => {
    const args: Partial<IngressArgs> = { strategy: "nlb", nlb: { proxyProtocol: true } };
    const { problems } = resolve(args, inPods("gatewayTopology: { proxyProtocol: false }"));
    assert.deepEqual(problems, [
      {
        path: pods,
        given: '{"gatewayTopology.proxyProtocol":false}',
        allowed: "gatewayTopology.proxyProtocol: {}, which a member of the ingress decides",
        suggestion: "remove gatewayTopology.proxyProtocol",
      },
    ]);
    const [drain] = resolve({ strategy: "nlb" }, inPods("terminationDrainDuration: 5s")).problems;
    assert.equal(drain?.suggestion, "remove terminationDrainDuration and use gateway.drainSeconds");
    const byIstiod = resolve({ ...args, routing: "gateway-api" }, inPods("gatewayTopology: { proxyProtocol: false }"));
    assert.deepEqual(byIstiod.problems, []);
  });
});

describe("a gateway that several load balancers share", () => {
  const shared = (mine: Partial<IngressArgs>, theirs: Partial<IngressArgs>) =>
    resolve(
      { hostnames: ["a.example.com"], ...theirs },
      {
        additionalIngresses: {
          inner: {
            strategy: "nlb",
            hostnames: ["b.example.com"],
            ...mine,
            gateway: { shareWith: "istio-ingress" },
          },
        },
      },
    );

  it("trusts no more proxies than stand on the shortest way, and warns of what is lost", () => {
    const { topology, trusted, warnings, problems } = shared({ strategy: "nlb" }, { strategy: "alb" });
    assert.deepEqual([topology, trusted, problems], [undefined, 0, []]);
    const lost = warnings.filter((text) => text.startsWith('Gateway "istio-ingress" serves an ALB and an NLB'));
    assert.equal(lost.length, 1);
    assert.match(String(lost[0]), /in requests of "istio-ingress"\. Give the ALB and the NLB a gateway each\.$/);
  });

  it("does not warn where all load balancers are of one kind", () => {
    for (const strategy of ["nlb", "alb"] as const) {
      const { warnings } = shared({ strategy }, { strategy });
      assert.deepEqual(
        warnings.filter((text) => text.includes("X-Forwarded-For")),
        [],
      );
    }
  });

  it("takes an NLB with a proxy before it beside an ALB: the number is the same", () => {
    const { trusted, problems, warnings } = shared({ strategy: "nlb", trustedProxies: 1 }, { strategy: "alb" });
    assert.deepEqual([trusted, problems], [1, []]);
    assert.deepEqual(
      warnings.filter((text) => text.includes("X-Forwarded-For")),
      [],
    );
  });

  it("refuses different numbers where one is stated", () => {
    const mine = shared({ strategy: "alb", trustedProxies: 1 }, { strategy: "alb" }).problems;
    assert.deepEqual(mine, [
      {
        path: "additionalIngresses.inner.trustedProxies",
        given: "1",
        allowed: 'a gateway with the same number of proxies before it, an ALB included: 1 at "istio-ingress", 2 here',
        suggestion: "use a gateway of its own",
      },
    ]);
    const theirs = shared({ strategy: "alb" }, { strategy: "alb", trustedProxies: 1 }).problems;
    assert.deepEqual(
      theirs.map(({ path }) => path),
      ["additionalIngresses.inner.gateway.shareWith"],
    );
  });
});

describe("a port where one NLB ends TLS and another passes connections through", () => {
  const certificate = { tls: { certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/0f1e2d3c" } };
  const warnings = (tls: object, gateway: object) =>
    resolve(
      { hostnames: ["a.example.com"], ...certificate },
      { additionalIngresses: { inner: { strategy: "nlb", hostnames: ["b.example.com"], ...tls, ...gateway } } },
    ).warnings.filter((text) => text.includes("passes connections through"));
  const shared = { gateway: { shareWith: "istio-ingress" } };

  it("is warned of before a shared gateway: plain HTTP would reach applications as https", () => {
    const [first, ...more] = warnings({}, shared);
    assert.deepEqual(more, []);
    assert.match(
      String(first),
      /^Ingress "inner" passes connections through to port 443 of the gateway that it shares/,
    );
  });

  it("is fine before gateways of their own, and where both end TLS", () => {
    assert.deepEqual(warnings({}, {}), []);
    assert.deepEqual(warnings(certificate, shared), []);
  });
});
