import assert from "node:assert/strict";
import {
  autoModeIngressController,
  autoModeUnsupported,
  autoModeUnsupportedPattern,
  ingressAnnotationPattern,
  ingressAnnotations,
  ingressPrefix,
  nlbClass,
  serviceAnnotationPattern,
  serviceAnnotations,
  servicePrefix,
} from "../../components/ingress/load-balancer-controller";

describe("nlbClass", () => {
  it("names the class by which each controller knows its Services; without it the in-tree one would take them", () => {
    assert.deepEqual(nlbClass, {
      "aws-load-balancer-controller": "service.k8s.aws/nlb",
      "eks-auto-mode": "eks.amazonaws.com/nlb",
    });
  });
});

describe("autoModeIngressController", () => {
  it("is EKS's own; the AWS Load Balancer Controller's class is called alb and comes with its chart", () => {
    assert.equal(autoModeIngressController, "eks.amazonaws.com/alb");
  });
});

describe("servicePrefix, ingressPrefix", () => {
  it("are those that the controller looks for", () => {
    assert.deepEqual([servicePrefix, ingressPrefix], ["service.beta.kubernetes.io/", "alb.ingress.kubernetes.io/"]);
  });
});

describe("serviceAnnotations, ingressAnnotations", () => {
  it("spell the health check as each kind of object does", () => {
    for (const suffix of ["interval", "timeout", "healthy-threshold", "unhealthy-threshold"]) {
      assert.ok((serviceAnnotations as readonly string[]).includes(`aws-load-balancer-healthcheck-${suffix}`), suffix);
    }
    for (const suffix of [
      ...["healthcheck-interval-seconds", "healthcheck-timeout-seconds"],
      ...["healthy-threshold-count", "unhealthy-threshold-count", "success-codes"],
    ]) {
      assert.ok((ingressAnnotations as readonly string[]).includes(suffix), suffix);
    }
  });

  it("leave out what only the in-tree controller reads", () => {
    const legacy = ["connection-idle-timeout", "extra-security-groups", "connection-draining-enabled"];
    for (const suffix of legacy) {
      assert.ok(!(serviceAnnotations as readonly string[]).includes(`aws-load-balancer-${suffix}`), suffix);
    }
  });

  it("name each annotation once", () => {
    for (const list of [serviceAnnotations, ingressAnnotations]) assert.equal(new Set(list).size, list.length);
  });
});

describe("serviceAnnotationPattern, ingressAnnotationPattern", () => {
  it("take annotations that end in a listener or a port", () => {
    assert.match("aws-load-balancer-listener-attributes.TLS-443", serviceAnnotationPattern);
    assert.match("aws-load-balancer-target-group-attributes.80", serviceAnnotationPattern);
    assert.match("listener-attributes.HTTP-80", ingressAnnotationPattern);
  });
});

describe("autoModeUnsupportedPattern", () => {
  it("takes the attributes of any listener", () => {
    assert.match("listener-attributes.HTTPS-443", autoModeUnsupportedPattern);
    assert.doesNotMatch("load-balancer-attributes", autoModeUnsupportedPattern);
  });
});

describe("autoModeUnsupported", () => {
  it("speaks only of annotations that the other controller reads", () => {
    const known: readonly string[] = [...serviceAnnotations, ...ingressAnnotations];
    for (const suffix of autoModeUnsupported) assert.ok(known.includes(suffix), suffix);
  });

  it("has the group, which EKS Auto Mode reads from the class' parameters only", () => {
    assert.ok(autoModeUnsupported.includes("group.name"));
  });
});
