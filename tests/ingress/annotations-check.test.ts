import assert from "node:assert/strict";
import { checkAnnotations } from "../../components/ingress/annotations-check";
import { albAnnotationRules } from "../../components/ingress/alb/alb-annotations";
import { nlbAnnotationRules } from "../../components/ingress/nlb/nlb-annotations";
import type { LoadBalancerController } from "../../components/plan/enums";

const service = "service.beta.kubernetes.io/aws-load-balancer-";
const alb = "alb.ingress.kubernetes.io/";

function told(
  key: string,
  rules = nlbAnnotationRules,
  controller: LoadBalancerController = "aws-load-balancer-controller",
) {
  return checkAnnotations({ [key]: "x" }, rules, { path: "ingress", controller }).map(({ suggestion }) => suggestion);
}

describe("checkAnnotations", () => {
  it("lets through what the controller reads and no member decides", () => {
    assert.deepEqual(told(`${service}alpn-policy`), []);
    assert.deepEqual(told(`${service}attributes`), []);
    assert.deepEqual(told(`${alb}group.order`, albAnnotationRules), []);
    assert.deepEqual(told(`${alb}auth-type`, albAnnotationRules), []);
  });

  it("lets through annotations that name a listener, a port, an action", () => {
    assert.deepEqual(told(`${service}listener-attributes.TCP-443`), []);
    assert.deepEqual(told(`${service}target-group-attributes.443`), []);
    assert.deepEqual(told(`${alb}actions.maintenance`, albAnnotationRules), []);
    assert.deepEqual(told(`${alb}conditions.my-rule`, albAnnotationRules), []);
    assert.deepEqual(told(`${alb}transforms.rewrite`, albAnnotationRules), []);
    assert.deepEqual(told(`${alb}listener-attributes.HTTPS-443`, albAnnotationRules), []);
    assert.deepEqual(told(`${alb}frontend-nlb-scheme`, albAnnotationRules), []);
    assert.deepEqual(told(`${alb}target-control-port.istio-ingress.80`, albAnnotationRules), []);
    assert.deepEqual(told("service.beta.kubernetes.io/actions.TCP-80"), []);
  });

  it("lets through what is for someone else than the controller", () => {
    assert.deepEqual(told("external-dns.alpha.kubernetes.io/hostname"), []);
  });

  it("sends the user to the member that decides an annotation", () => {
    assert.deepEqual(told(`${service}scheme`), ["remove it and use scheme"]);
    assert.deepEqual(told(`${service}healthcheck-interval`), ["remove it and use healthCheck.intervalSeconds"]);
    assert.deepEqual(told(`${alb}wafv2-acl-arn`, albAnnotationRules), ["remove it and use alb.webAclArn"]);
  });

  it("finds the spelling of the other kind of object: Services and Ingresses spell health checks differently", () => {
    assert.deepEqual(told(`${service}healthcheck-interval-seconds`), [
      `did you mean "${service}healthcheck-interval"?`,
    ]);
  });

  it("refuses what the controller would silently ignore", () => {
    assert.deepEqual(told(`${service}connection-idle-timeout`), ["remove it: the controller does not know it"]);
    assert.deepEqual(told(`${alb}target-groop-attributes`, albAnnotationRules), [
      `did you mean "${alb}target-group-attributes"?`,
    ]);
  });

  it("refuses what only ends, or only begins, like an annotation with a listener in it", () => {
    assert.equal(told(`${service}listener-attributes.TCP`).length, 1);
    assert.equal(told(`${service}listener-attributes.TCP-443x`).length, 1);
    assert.equal(told(`${service}target-group-attributes.https`).length, 1);
    assert.equal(told(`${alb}my-actions.maintenance`, albAnnotationRules).length, 1);
    assert.equal(told(`${alb}frontend-nlb-`, albAnnotationRules).length, 1);
    assert.equal(told(`${alb}frontend-nlb-certificate-arn`, albAnnotationRules).length, 1);
    assert.equal(told(`${alb}target-control-port.istio-ingress`, albAnnotationRules).length, 1);
  });

  it("refuses listeners of other protocols, and in small letters: the controller looks for them as AWS writes them", () => {
    for (const listener of ["tcp-443", "HTTP-80", "TCP443"]) {
      assert.equal(told(`${service}listener-attributes.${listener}`).length, 1, listener);
    }
    for (const listener of ["https-443", "TLS-443"]) {
      assert.equal(told(`${alb}listener-attributes.${listener}`, albAnnotationRules).length, 1, listener);
    }
  });

  it("knows what EKS Auto Mode does not read", () => {
    assert.deepEqual(told(`${alb}listener-attributes.HTTP-80`, albAnnotationRules, "eks-auto-mode").length, 1);
    assert.deepEqual(told(`${alb}shield-advanced-protection`, albAnnotationRules), []);
    assert.deepEqual(told(`${alb}shield-advanced-protection`, albAnnotationRules, "eks-auto-mode"), [
      "remove it: EKS Auto Mode does not support it",
    ]);
    assert.deepEqual(told(`${alb}group.order`, albAnnotationRules, "eks-auto-mode").length, 1);
    assert.deepEqual(told(`${alb}auth-type`, albAnnotationRules, "eks-auto-mode"), []);
  });

  it("takes no annotation for one of ours because every JavaScript object has a member of that name", () => {
    assert.deepEqual(told("service.beta.kubernetes.io/constructor"), ["remove it: the controller does not know it"]);
  });

  it("lets the user tag load balancers of EKS Auto Mode, where tags are left off", () => {
    for (const [key, rules] of [
      [`${service}additional-resource-tags`, nlbAnnotationRules],
      [`${alb}tags`, albAnnotationRules],
    ] as const) {
      assert.deepEqual(told(key, rules), ["remove it and use tags"]);
      assert.deepEqual(told(key, rules, "eks-auto-mode"), []);
    }
  });

  it("names what replaces the annotations of former versions, which the controller still reads", () => {
    assert.deepEqual(told(`${service}cross-zone-load-balancing-enabled`), ["remove it and use nlb.crossZone"]);
    for (const [suffix, attribute] of [
      ["access-log-enabled", "enabled=true"],
      ["access-log-s3-bucket-name", "bucket=<bucket>"],
      ["access-log-s3-bucket-prefix", "prefix=<prefix>"],
    ] as const) {
      assert.deepEqual(told(`${service}${suffix}`), [
        `remove it and use access_logs.s3.${attribute} in ${service}attributes`,
      ]);
    }
  });

  it("refuses what the controller reads and cannot work here, with the reason", () => {
    assert.match(String(told(`${service}quic-enabled-ports`)), /^remove it: the load balancer listens on TCP/);
    assert.match(String(told(`${alb}acm-pca-arn`, albAnnotationRules)), /tls\.certificateArn$/);
    assert.match(String(told(`${alb}dry-run-plan`, albAnnotationRules)), /writes it itself$/);
  });

  it("says where, and what was given", () => {
    const [found] = checkAnnotations({ [`${alb}a"b`]: "x" }, albAnnotationRules, {
      path: "additionalIngresses.shop",
      controller: "aws-load-balancer-controller",
    });
    assert.equal(found?.path, 'additionalIngresses.shop.annotations["alb.ingress.kubernetes.io/a\\"b"]');
    assert.equal(found?.given, '"x"');
  });
});
