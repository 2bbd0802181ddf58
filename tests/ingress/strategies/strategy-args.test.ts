import assert from "node:assert/strict";
import { strategies } from "../../../components/ingress/strategies";
import {
  blockOf,
  checkStrategyAnnotations,
  resolveStrategy,
  sendsProxyProtocol,
  type StrategyArgs,
  strategyOf,
  warnOfAttributes,
} from "../../../components/ingress/strategies/strategy-args";
import type { StrategyContext } from "../../../components/ingress/strategies/strategy";
import { clusterSettings, noTls, onlyProblem, placesOf } from "../../support/settings";

const context: StrategyContext = {
  ...{ path: "ingress", ingress: "shop", cluster: clusterSettings(), scheme: "internal", tls: noTls },
  ...{ subnets: 0, annotations: {}, trustedProxies: 0 },
};
/** Arguments with blocks of strategies, as `IngressArgs` has them. */
const withBlocks = (args: StrategyArgs & { readonly nlb?: object; readonly alb?: object }): StrategyArgs => args;
const nlbPrefix = "service.beta.kubernetes.io/aws-load-balancer-";
const albPrefix = "alb.ingress.kubernetes.io/";

describe("strategyOf and blockOf", () => {
  it("find the strategy by its name, and its block of arguments", () => {
    assert.equal(strategyOf({ strategy: "alb" }), strategies.alb);
    const args = withBlocks({ strategy: "nlb", nlb: { crossZone: false }, alb: { name: "a" } });
    assert.deepEqual(blockOf(args), { crossZone: false });
    assert.deepEqual(blockOf({ strategy: "alb" }), {});
  });
});

describe("resolveStrategy", () => {
  it("resolves the block of the strategy", () => {
    const { settings, problems } = resolveStrategy(withBlocks({ strategy: "alb", alb: { name: "edge" } }), context);
    assert.deepEqual([settings.kind, strategies.alb.nameInAws(settings, "prod"), problems], ["alb", "edge", []]);
  });

  it("refuses the block of another strategy, and says where AWS WAF cannot be", () => {
    const foreign = (args: object) => resolveStrategy(withBlocks({ strategy: "nlb", ...args }), context);
    const problem = onlyProblem(foreign({ alb: { webAclArn: "arn" } }));
    assert.equal(problem.path, "ingress.alb");
    assert.equal(problem.allowed, 'nothing with strategy "nlb"; AWS WAF cannot stand before an NLB');
    assert.equal(onlyProblem(foreign({ alb: {} })).allowed, 'nothing with strategy "nlb"');
    assert.deepEqual(placesOf(foreign({ strategy: "alb", nlb: {} })), ["ingress.nlb"]);
  });
});

describe("sendsProxyProtocol", () => {
  it("asks the strategy, so that a block of another one does not count", () => {
    assert.equal(sendsProxyProtocol(withBlocks({ strategy: "nlb", nlb: { proxyProtocol: true } })), true);
    assert.equal(sendsProxyProtocol({ strategy: "nlb" }), false);
    assert.equal(sendsProxyProtocol(withBlocks({ strategy: "alb", nlb: { proxyProtocol: true } })), false);
  });
});

describe("checkStrategyAnnotations", () => {
  const places = (args: StrategyArgs) =>
    checkStrategyAnnotations(args, {
      path: "ingress",
      controller: "aws-load-balancer-controller",
      service: "istio-ingress",
      listeners: ["TCP-80", "TCP-443"],
    }).map(({ path }) => path);

  it("has nothing against none", () => assert.deepEqual(places({ strategy: "nlb" }), []));

  it("refuses those of another strategy", () => {
    const annotations = { [`${albPrefix}auth-type`]: "none" };
    assert.deepEqual(places({ strategy: "alb", annotations }), []);
    assert.deepEqual(places({ strategy: "nlb", annotations }), [`ingress.annotations["${albPrefix}auth-type"]`]);
  });

  it("refuses attributes that another member decides, of all target groups or of one", () => {
    const key = `${nlbPrefix}target-group-attributes`;
    const annotations = { [key]: "proxy_protocol_v2.enabled=true", [`${key}.80`]: "proxy_protocol_v2.enabled=true" };
    const wanted = [`ingress.annotations["${key}"]`, `ingress.annotations["${key}.80"]`];
    assert.deepEqual(places({ strategy: "nlb", annotations }), wanted);
  });

  it("refuses the class of an Ingress, which the mesh sets, for both strategies", () => {
    const annotations = { "kubernetes.io/ingress.class": "alb" };
    for (const strategy of ["alb", "nlb"] as const) {
      assert.deepEqual(places({ strategy, annotations }), ['ingress.annotations["kubernetes.io/ingress.class"]']);
    }
  });

  it("knows by the hostnames whether an Ingress has rules", () => {
    const annotations = { [`${albPrefix}conditions.istio-ingress`]: "[]" };
    assert.deepEqual(places({ strategy: "alb", annotations, hostnames: ["a.example.com"] }), []);
    for (const hostnames of [undefined, []]) {
      assert.deepEqual(places({ strategy: "alb", annotations, ...(hostnames && { hostnames }) }), [
        `ingress.annotations["${albPrefix}conditions.istio-ingress"]`,
      ]);
    }
  });

  it("refuses annotations for ExternalDNS where the mesh makes the records", () => {
    const annotations = { "external-dns.alpha.kubernetes.io/hostname": "a.example.com" };
    assert.equal(places({ strategy: "nlb", annotations, dns: {} }).length, 1);
    assert.deepEqual(places({ strategy: "nlb", annotations, dns: { createRecords: false } }), []);
    assert.deepEqual(places({ strategy: "nlb", annotations }), []);
  });
});

describe("warnOfAttributes", () => {
  it("warns of deletion protection in the annotation that has the load balancer's attributes", () => {
    const annotations = { [`${albPrefix}load-balancer-attributes`]: "deletion_protection.enabled=true" };
    assert.match(warnOfAttributes({ strategy: "alb", annotations }, "ingress").join(), /deletion protection is on/);
    assert.deepEqual(warnOfAttributes({ strategy: "alb" }, "ingress"), []);
  });
});
