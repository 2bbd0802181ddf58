import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
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
} from "../../../components/ingress/strategies/load-balancer-controller";

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

interface ControllerAnnotations {
  readonly controller: string;
  readonly ingress: readonly string[];
  readonly service: readonly string[];
}

/** Annotations that later versions of the controller read, with the first of them. */
const later: Readonly<Record<string, string>> = { "create-acm-cert": "v3.3.0", "acm-pca-arn": "v3.3.0" };

/** Names that stand before a listener or a Service and its port, as the controller reads them. */
const withPlace: Readonly<Record<string, string>> = {
  "listener-attributes": "listener-attributes.HTTPS-443",
  "target-control-port": "target-control-port.shop.80",
  "aws-load-balancer-listener-attributes": "aws-load-balancer-listener-attributes.TLS-443",
};

describe("The lists of annotations", () => {
  const file = join(__dirname, "controller-annotations.json");
  const { controller, ingress, service } = JSON.parse(readFileSync(file, "utf8")) as ControllerAnnotations;

  for (const [kind, read, known, pattern] of [
    ["an Ingress", ingress, ingressAnnotations, ingressAnnotationPattern],
    ["a Service", service, serviceAnnotations, serviceAnnotationPattern],
  ] as const) {
    it(`have all that the controller ${controller} reads of ${kind}`, () => {
      const missing = read.filter((name) => {
        const written = withPlace[name];
        return written === undefined ? !(known as readonly string[]).includes(name) : !pattern.test(written);
      });
      assert.deepEqual(missing, []);
    });

    it(`have nothing else of ${kind} but what later versions read`, () => {
      assert.deepEqual(
        known.filter((name) => !read.includes(name) && later[name] === undefined),
        [],
      );
    });
  }
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
