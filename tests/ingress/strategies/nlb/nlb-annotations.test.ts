import assert from "node:assert/strict";
import {
  nlbAnnotationRules,
  nlbAttributes,
  nlbOwnedAttributes,
  nlbOwnedTargetGroupAttributes,
  nlbTargetGroupAttributes,
  planNlbAnnotations,
} from "../../../../components/ingress/strategies/nlb/nlb-annotations";
import type { IngressFacts } from "../../../../components/plan/facts";
import type { IngressContext } from "../../../../components/plan/ingress";
import type { IngressSettings, NlbSettings } from "../../../../components/plan/ingress-settings";
import type { InputValue } from "../../../../components/plan/input-value";
import { arn, context, ingress, nlb, tlsAtBalancer } from "../../../support/settings";

const prefix = "service.beta.kubernetes.io/aws-load-balancer-";

interface Knobs {
  readonly nlb?: Partial<NlbSettings>;
  readonly ingress?: Partial<IngressSettings>;
  readonly facts?: Partial<IngressFacts>;
  readonly tags?: Readonly<Record<string, InputValue>>;
  readonly context?: Partial<IngressContext>;
}

/** The annotations by their names without the controller's prefix. */
function plan(knobs: Knobs = {}): Readonly<Record<string, unknown>> {
  const written = planNlbAnnotations(
    context({ ingress: ingress(knobs.ingress), tags: knobs.tags ?? {}, ...knobs.context }),
    nlb(knobs.nlb),
    { clusterName: "prod", securityGroupId: "sg-1", certificateArn: undefined, webAclArn: undefined, ...knobs.facts },
  );
  return Object.fromEntries(Object.entries(written).map(([key, value]) => [key.replace(prefix, ""), value]));
}

/** What every target group has. */
const drain = "deregistration_delay.timeout_seconds=60,deregistration_delay.connection_termination.enabled=true";

describe("planNlbAnnotations", () => {
  it("says everything that the smallest NLB must say, in texts", () => {
    assert.deepEqual(plan(), {
      scheme: "internal",
      "nlb-target-type": "ip",
      "ip-address-type": "ipv4",
      "security-groups": "sg-1",
      "manage-backend-security-group-rules": "false",
      attributes: "load_balancing.cross_zone.enabled=true",
      "target-group-attributes": drain,
      "healthcheck-protocol": "http",
      "healthcheck-port": "15021",
      "healthcheck-path": "/healthz/ready",
      "healthcheck-healthy-threshold": "3",
      "healthcheck-unhealthy-threshold": "4",
      "healthcheck-timeout": "5",
      "healthcheck-interval": "10",
    });
  });

  it("asks the status port by name with instance targets, since no node listens on 15021", () => {
    const written = plan({ nlb: { targetType: "instance" } });
    assert.equal(written["healthcheck-port"], "status-port");
    assert.equal(written["nlb-target-type"], "instance");
  });

  it("checks by TCP behind PROXY protocol: the gateway answers 400 to HTTP without its header", () => {
    const written = plan({ nlb: { proxyProtocol: true } });
    assert.equal(written["healthcheck-protocol"], "tcp");
    assert.ok(!("healthcheck-path" in written));
    assert.equal(written["healthcheck-port"], "15021");
  });

  it("turns PROXY protocol on as an attribute of the target groups, which EKS Auto Mode reads too", () => {
    assert.equal(
      plan({ nlb: { proxyProtocol: true } })["target-group-attributes"],
      `proxy_protocol_v2.enabled=true,${drain}`,
    );
  });

  it("says of clients' addresses only what was said to it: AWS has another default for each target type", () => {
    assert.equal(plan()["target-group-attributes"], drain);
    const attributes = (preserveClientIp: boolean) => plan({ nlb: { preserveClientIp } })["target-group-attributes"];
    assert.equal(attributes(true), `preserve_client_ip.enabled=true,${drain}`);
    assert.equal(attributes(false), `preserve_client_ip.enabled=false,${drain}`);
  });

  it("writes all attributes of the target groups in one annotation, and the user's behind them", () => {
    const annotations = { [nlbTargetGroupAttributes]: "stickiness.enabled=true" };
    assert.equal(
      plan({ nlb: { proxyProtocol: true, preserveClientIp: false }, ingress: { annotations } })[
        "target-group-attributes"
      ],
      `proxy_protocol_v2.enabled=true,preserve_client_ip.enabled=false,${drain},stickiness.enabled=true`,
    );
    assert.equal(plan({ ingress: { annotations } })["target-group-attributes"], `${drain},stickiness.enabled=true`);
  });

  it("switches cross-zone off by saying so, since an omitted attribute is not reset", () => {
    assert.equal(plan({ nlb: { crossZone: false } })["attributes"], "load_balancing.cross_zone.enabled=false");
  });

  it("puts the user's attributes of the load balancer behind ours", () => {
    const annotations = { [nlbAttributes]: "deletion_protection.enabled=true" };
    assert.equal(
      plan({ ingress: { annotations } })["attributes"],
      "load_balancing.cross_zone.enabled=true,deletion_protection.enabled=true",
    );
  });

  it("is told the port of TLS: a certificate alone would make TLS of port 80 too", () => {
    const written = plan({ ingress: { tls: tlsAtBalancer }, facts: { certificateArn: arn } });
    assert.equal(written["ssl-cert"], arn);
    assert.equal(written["ssl-ports"], "443");
    assert.equal(written["ssl-negotiation-policy"], "ELBSecurityPolicy-TLS13-1-2-2021-06");
  });

  it("offers HTTP/2 to clients, without which there is no gRPC; the user's own choice stays", () => {
    const facts = { certificateArn: arn };
    assert.equal(plan({ facts })["alpn-policy"], "HTTP2Preferred");
    assert.equal(
      plan({ facts, ingress: { annotations: { [`${prefix}alpn-policy`]: "None" } } })["alpn-policy"],
      "None",
    );
    assert.ok(!("alpn-policy" in plan()));
  });

  it("says nothing of TLS while there is no certificate", () => {
    assert.ok(!Object.keys(plan({ ingress: { tls: tlsAtBalancer } })).some((key) => key.startsWith("ssl-")));
  });

  it("names more certificates behind the default one", () => {
    const tls = { ...tlsAtBalancer, moreCertificates: ["arn:2"] };
    const written = plan({ ingress: { tls }, facts: { certificateArn: arn } });
    assert.deepEqual(written["ssl-cert"], { concat: [arn, ",", "arn:2"] });
  });

  it("leaves tags to the user with EKS Auto Mode, whose role may set none", () => {
    const written = plan({ tags: { Team: "a" }, context: { controller: "eks-auto-mode" } });
    assert.ok(!("additional-resource-tags" in written));
  });

  it("names subnets, Elastic IPs, tags and the load balancer only where they are given", () => {
    const written = plan({
      nlb: { eipAllocationIds: ["eipalloc-1", "eipalloc-2"], name: "shop" },
      ingress: { subnetIds: ["subnet-1", "subnet-2"] },
      tags: { Team: "a" },
    });
    assert.deepEqual(written["subnets"], { concat: ["subnet-1", ",", "subnet-2"] });
    assert.deepEqual(written["eip-allocations"], { concat: ["eipalloc-1", ",", "eipalloc-2"] });
    assert.deepEqual(written["additional-resource-tags"], { concat: ["Team=", "a"] });
    assert.equal(written["name"], "shop");
    for (const key of ["subnets", "eip-allocations", "additional-resource-tags", "name"]) assert.ok(!(key in plan()));
  });

  it("has scheme and addresses as given", () => {
    const written = plan({ ingress: { scheme: "internet-facing", ipAddressType: "dualstack" } });
    assert.deepEqual([written["scheme"], written["ip-address-type"]], ["internet-facing", "dualstack"]);
  });

  it("keeps the user's other annotations", () => {
    const annotations = { "external-dns.alpha.kubernetes.io/hostname": "app.example.com" };
    assert.equal(plan({ ingress: { annotations } })["external-dns.alpha.kubernetes.io/hostname"], "app.example.com");
  });
});

describe("nlbAnnotationRules", () => {
  const everything = plan({
    nlb: { proxyProtocol: true, eipAllocationIds: ["eipalloc-1"], name: "shop" },
    ingress: { subnetIds: ["subnet-1"] },
    facts: { certificateArn: arn },
    tags: { Team: "a" },
  });
  const written = [...Object.keys(everything), ...Object.keys(plan())];

  it("knows every annotation that we write: the controller silently ignores others", () => {
    for (const key of written) assert.ok(nlbAnnotationRules.known.includes(`aws-load-balancer-${key}`), key);
  });

  it("lets nobody set what we would overwrite, but for those that are joined or kept", () => {
    const left = written.filter((key) => !(`aws-load-balancer-${key}` in nlbAnnotationRules.owned));
    assert.deepEqual([...new Set(left)].sort(), ["alpn-policy", "attributes", "target-group-attributes"]);
  });

  it("speaks only of annotations that the controller reads", () => {
    for (const key of Object.keys(nlbAnnotationRules.owned)) assert.ok(nlbAnnotationRules.known.includes(key), key);
  });

  it("keeps everything that opens or replaces the security group to the mesh", () => {
    for (const key of [
      "aws-load-balancer-security-groups",
      "aws-load-balancer-manage-backend-security-group-rules",
      "aws-load-balancer-disable-nlb-sg",
      "load-balancer-source-ranges",
    ]) {
      assert.match(String(nlbAnnotationRules.owned[key]), /^allowedCidrs/, key);
    }
    const prefixLists = nlbAnnotationRules.owned["aws-load-balancer-security-group-prefix-lists"];
    assert.match(String(prefixLists), /^allowedPrefixListIds/);
  });

  it("has every way to PROXY protocol decided by one member, since the gateway must be told of it", () => {
    for (const key of ["aws-load-balancer-proxy-protocol", "aws-load-balancer-proxy-protocol-per-target-group"]) {
      assert.match(String(nlbAnnotationRules.owned[key]), /^nlb\.proxyProtocol/, key);
    }
    assert.equal(nlbOwnedTargetGroupAttributes["proxy_protocol_v2.enabled"], "nlb.proxyProtocol");
  });

  it("sends each of the four numbers of a health check to its own member", () => {
    const owner = (suffix: string) => nlbAnnotationRules.owned[`aws-load-balancer-healthcheck-${suffix}`];
    assert.deepEqual(["healthy-threshold", "unhealthy-threshold", "timeout", "interval"].map(owner), [
      "healthCheck.healthyThreshold",
      "healthCheck.unhealthyThreshold",
      "healthCheck.timeoutSeconds",
      "healthCheck.intervalSeconds",
    ]);
  });
});

describe("nlbOwnedAttributes, nlbOwnedTargetGroupAttributes", () => {
  it("are those that members decide, by Elastic Load Balancing's names", () => {
    assert.deepEqual(nlbOwnedAttributes, { "load_balancing.cross_zone.enabled": "nlb.crossZone" });
    assert.deepEqual(nlbOwnedTargetGroupAttributes, {
      "proxy_protocol_v2.enabled": "nlb.proxyProtocol",
      "preserve_client_ip.enabled": "nlb.preserveClientIp",
      "deregistration_delay.timeout_seconds": "gateway.drainSeconds",
      "deregistration_delay.connection_termination.enabled":
        "gateway.drainSeconds, at whose end the NLB closes connections",
    });
  });
});
