import assert from "node:assert/strict";
import { checkAnnotations } from "../../../components/ingress/strategies/annotations-check";
import { albAnnotationRules } from "../../../components/ingress/strategies/alb/alb-annotations";
import { nlbAnnotationRules } from "../../../components/ingress/strategies/nlb/nlb-annotations";
import type { LoadBalancerController } from "../../../components/plan/enums";

const service = "service.beta.kubernetes.io/aws-load-balancer-";
const listeners = ["TCP-80", "TCP-443", "HTTP-80", "HTTPS-443"];
const alb = "alb.ingress.kubernetes.io/";

function reported(
  key: string,
  rules = nlbAnnotationRules,
  controller: LoadBalancerController = "aws-load-balancer-controller",
) {
  const context = { path: "ingress", controller, service: "shop", hasRules: true, listeners };
  return checkAnnotations({ [key]: "x" }, rules, context).map(({ suggestion }) => suggestion);
}

describe("checkAnnotations", () => {
  it("lets through what the controller reads and no member decides", () => {
    assert.deepEqual(reported(`${service}alpn-policy`), []);
    assert.deepEqual(reported(`${service}attributes`), []);
    assert.deepEqual(reported(`${alb}group.order`, albAnnotationRules), []);
    assert.deepEqual(reported(`${alb}auth-type`, albAnnotationRules), []);
  });

  it("lets through annotations that name a listener, a port, a Service", () => {
    assert.deepEqual(reported(`${service}listener-attributes.TCP-443`), []);
    assert.deepEqual(reported(`${service}target-group-attributes.443`), []);
    assert.deepEqual(reported(`${alb}conditions.shop`, albAnnotationRules), []);
    assert.deepEqual(reported(`${alb}transforms.shop`, albAnnotationRules), []);
    assert.deepEqual(reported(`${alb}listener-attributes.HTTPS-443`, albAnnotationRules), []);
    assert.deepEqual(reported(`${alb}target-control-port.istio-ingress.80`, albAnnotationRules), []);
    assert.deepEqual(reported("service.beta.kubernetes.io/actions.TCP-80"), []);
  });

  it("names what replaces the annotations of Classic Load Balancers, which the controller does not read", () => {
    const replaced = {
      "connection-draining-enabled": "remove it and use gateway.drainSeconds",
      "connection-draining-timeout": "remove it and use gateway.drainSeconds",
      "connection-idle-timeout": `remove it and write tcp.idle_timeout.seconds=<seconds> in ${service}listener-attributes.TCP-<port>`,
      "extra-security-groups": "remove it and use allowedCidrs, allowedPrefixListIds or allowedSecurityGroupIds",
      "access-log-emit-interval": "remove it: an NLB writes its logs every 5 minutes",
    };
    for (const [suffix, suggestion] of Object.entries(replaced))
      assert.deepEqual(reported(`${service}${suffix}`), [suggestion]);
  });

  it("refuses what the controller would look for only in other rules than those of the mesh", () => {
    assert.match(String(reported(`${alb}actions.maintenance`, albAnnotationRules)), /^remove it and use routes: /);
    assert.deepEqual(reported(`${alb}conditions.my-rule`, albAnnotationRules), [
      'write "conditions.shop": the rules lead to this Service',
    ]);
  });

  it("lets through what is for someone else than the controller", () => {
    assert.deepEqual(reported("external-dns.alpha.kubernetes.io/hostname"), []);
  });

  it("sends the user to the member that decides an annotation", () => {
    assert.deepEqual(reported(`${service}scheme`), ["remove it and use scheme"]);
    assert.deepEqual(reported(`${service}healthcheck-interval`), ["remove it and use healthCheck.intervalSeconds"]);
    assert.deepEqual(reported(`${alb}wafv2-acl-arn`, albAnnotationRules), ["remove it and use alb.webAclArn"]);
  });

  it("finds the spelling of the other kind of object: Services and Ingresses spell health checks differently", () => {
    assert.deepEqual(reported(`${service}healthcheck-interval-seconds`), [
      `did you mean "${service}healthcheck-interval"?`,
    ]);
  });

  it("refuses what the controller would silently ignore", () => {
    assert.deepEqual(reported("service.beta.kubernetes.io/local-svc-only-bind-node-with-pod"), [
      "remove it: the controller does not know it",
    ]);
    assert.deepEqual(reported(`${alb}target-groop-attributes`, albAnnotationRules), [
      `did you mean "${alb}target-group-attributes"?`,
    ]);
  });

  it("refuses what only ends, or only begins, like an annotation with a listener in it", () => {
    assert.equal(reported(`${service}listener-attributes.TCP`).length, 1);
    assert.equal(reported(`${service}listener-attributes.TCP-443x`).length, 1);
    assert.equal(reported(`${service}target-group-attributes.https`).length, 1);
    assert.equal(reported(`${alb}my-actions.maintenance`, albAnnotationRules).length, 1);
    assert.equal(reported(`${alb}frontend-nlb-`, albAnnotationRules).length, 1);
    assert.equal(reported(`${alb}frontend-nlb-certificate-arn`, albAnnotationRules).length, 1);
    assert.equal(reported(`${alb}target-control-port.istio-ingress`, albAnnotationRules).length, 1);
  });

  it("refuses listeners of other protocols, and in small letters: the controller looks for them as AWS writes them", () => {
    for (const listener of ["tcp-443", "HTTP-80", "TCP443"]) {
      assert.equal(reported(`${service}listener-attributes.${listener}`).length, 1, listener);
    }
    for (const listener of ["https-443", "TLS-443"]) {
      assert.equal(reported(`${alb}listener-attributes.${listener}`, albAnnotationRules).length, 1, listener);
    }
  });

  it("refuses listeners and ports that the load balancer does not have", () => {
    const suggestion = ["name one of these, or remove it"];
    for (const name of ["listener-attributes.TLS-443", "listener-attributes.UDP-80", "target-group-attributes.8080"])
      assert.deepEqual(reported(`${service}${name}`), suggestion, name);
    assert.deepEqual(reported("service.beta.kubernetes.io/actions.TCP-8080"), suggestion);
    assert.deepEqual(reported(`${alb}listener-attributes.HTTPS-8443`, albAnnotationRules), suggestion);
    assert.deepEqual(reported(`${service}target-group-attributes.80`), []);
  });

  it("knows what EKS Auto Mode does not read", () => {
    assert.deepEqual(reported(`${alb}listener-attributes.HTTP-80`, albAnnotationRules, "eks-auto-mode").length, 1);
    assert.deepEqual(reported(`${alb}shield-advanced-protection`, albAnnotationRules), []);
    assert.deepEqual(reported(`${alb}shield-advanced-protection`, albAnnotationRules, "eks-auto-mode"), [
      "remove it: EKS Auto Mode does not support it",
    ]);
    assert.deepEqual(reported(`${alb}group.order`, albAnnotationRules, "eks-auto-mode").length, 1);
    assert.deepEqual(reported(`${alb}auth-type`, albAnnotationRules, "eks-auto-mode"), []);
  });

  it("takes no annotation for one of ours because every JavaScript object has a member of that name", () => {
    assert.deepEqual(reported("service.beta.kubernetes.io/constructor"), [
      "remove it: the controller does not know it",
    ]);
  });

  it("lets the user tag load balancers of EKS Auto Mode, where tags are left off", () => {
    for (const [key, rules] of [
      [`${service}additional-resource-tags`, nlbAnnotationRules],
      [`${alb}tags`, albAnnotationRules],
    ] as const) {
      assert.deepEqual(reported(key, rules), ["remove it and use tags"]);
      assert.deepEqual(reported(key, rules, "eks-auto-mode"), []);
    }
  });

  it("names what replaces the annotations of former versions, which the controller still reads", () => {
    assert.deepEqual(reported(`${service}cross-zone-load-balancing-enabled`), ["remove it and use nlb.crossZone"]);
    for (const [suffix, attribute] of [
      ["access-log-enabled", "enabled=true"],
      ["access-log-s3-bucket-name", "bucket=<bucket>"],
      ["access-log-s3-bucket-prefix", "prefix=<prefix>"],
    ] as const) {
      assert.deepEqual(reported(`${service}${suffix}`), [
        `remove it and use access_logs.s3.${attribute} in ${service}attributes`,
      ]);
    }
  });

  it("refuses what the controller reads and cannot work here, with the reason", () => {
    assert.match(String(reported(`${service}quic-enabled-ports`)), /^remove it: the load balancer listens on TCP/);
    assert.match(String(reported(`${alb}acm-pca-arn`, albAnnotationRules)), /tls\.certificateArn$/);
    assert.match(String(reported(`${alb}dry-run-plan`, albAnnotationRules)), /writes it itself$/);
    for (const suffix of ["enable-frontend-nlb", "frontend-nlb-scheme"]) {
      assert.match(String(reported(`${alb}${suffix}`, albAnnotationRules)), /records would lead past the NLB/, suffix);
    }
  });

  it("says where, and what was given", () => {
    const [found] = checkAnnotations({ [`${alb}a"b`]: "x" }, albAnnotationRules, {
      path: "additionalIngresses.shop",
      controller: "aws-load-balancer-controller",
      service: "shop",
      hasRules: false,
      listeners,
    });
    assert.equal(found?.path, 'additionalIngresses.shop.annotations["alb.ingress.kubernetes.io/a\\"b"]');
    assert.equal(found?.given, '"x"');
  });
});
