import assert from "node:assert/strict";
import { validLoadBalancerName } from "../../../../components/inputs/aws/load-balancer-name";
import {
  albAnnotationRules,
  albAttributes,
  albOwnedAttributes,
  planAlbAnnotations,
} from "../../../../components/ingress/strategies/alb/alb-annotations";
import type { IngressFacts } from "../../../../components/plan/facts";
import type { IngressContext } from "../../../../components/plan/ingress";
import type { AlbSettings, IngressSettings } from "../../../../components/plan/ingress-settings";
import { alb, arn, context, ingress, tlsAtBalancer } from "../../../support/settings";

const prefix = "alb.ingress.kubernetes.io/";

interface Knobs {
  readonly alb?: Partial<AlbSettings>;
  readonly ingress?: Partial<IngressSettings>;
  readonly context?: Partial<IngressContext>;
  readonly facts?: Partial<IngressFacts>;
}

/** The annotations by their names without the controller's prefix. */
function plan(knobs: Knobs = {}): Readonly<Record<string, unknown>> {
  const written = planAlbAnnotations(context({ ingress: ingress(knobs.ingress), ...knobs.context }), alb(knobs.alb), {
    clusterName: "prod",
    securityGroupId: "sg-1",
    certificateArn: undefined,
    webAclArn: undefined,
    ...knobs.facts,
  });
  return Object.fromEntries(Object.entries(written).map(([key, value]) => [key.replace(prefix, ""), value]));
}
const withTls: Knobs = { ingress: { tls: tlsAtBalancer }, facts: { certificateArn: arn } };

describe("planAlbAnnotations", () => {
  it("says everything that the smallest ALB must say, in texts", () => {
    assert.deepEqual(plan(), {
      "load-balancer-name": { concat: ["prod", "-istio-ingress"], shorten: validLoadBalancerName },
      scheme: "internal",
      "ip-address-type": "ipv4",
      "target-type": "instance",
      "security-groups": "sg-1",
      "manage-backend-security-group-rules": "false",
      "backend-protocol": "HTTP",
      "target-group-attributes": "deregistration_delay.timeout_seconds=60",
      "listen-ports": '[{"HTTP":80}]',
      "healthcheck-protocol": "HTTP",
      "healthcheck-port": "status-port",
      "healthcheck-path": "/healthz/ready",
      "healthcheck-interval-seconds": "10",
      "healthcheck-timeout-seconds": "5",
      "healthy-threshold-count": "3",
      "unhealthy-threshold-count": "4",
    });
  });

  it("checks the status port in plain HTTP even where the traffic is encrypted anew", () => {
    const written = plan({ alb: { backendProtocol: "HTTPS" } });
    assert.deepEqual([written["backend-protocol"], written["healthcheck-protocol"]], ["HTTPS", "HTTP"]);
  });

  it("listens on both ports and redirects by itself, once there is a certificate", () => {
    const written = plan(withTls);
    assert.equal(written["listen-ports"], '[{"HTTP":80},{"HTTPS":443}]');
    assert.equal(written["certificate-arn"], arn);
    assert.equal(written["ssl-policy"], "ELBSecurityPolicy-TLS13-1-2-2021-06");
    assert.equal(written["ssl-redirect"], "443");
  });

  it("names more certificates behind the default one", () => {
    const tls = { ...tlsAtBalancer, moreCertificates: ["arn:2", "arn:3"] };
    assert.deepEqual(plan({ ...withTls, ingress: { tls } })["certificate-arn"], {
      concat: [arn, ",", "arn:2", ",", "arn:3"],
    });
  });

  it("serves both ports alike if told not to redirect", () => {
    const tls = { ...tlsAtBalancer, redirectHttp: false };
    const written = plan({ ...withTls, ingress: { tls } });
    assert.ok(!("ssl-redirect" in written));
    assert.equal(written["listen-ports"], '[{"HTTP":80},{"HTTPS":443}]');
  });

  it("has the name as given, or after the cluster's, which may be known later", () => {
    assert.equal(plan({ alb: { name: { exactly: "shop" } } })["load-balancer-name"], "shop");
    assert.deepEqual(
      plan({ alb: { name: { afterCluster: "shop" } }, facts: { clusterName: "eu" } })["load-balancer-name"],
      {
        concat: ["eu", "-shop"],
        shorten: validLoadBalancerName,
      },
    );
  });

  it("joins a group by annotation, but with EKS Auto Mode, which reads it from the class only", () => {
    const group = { alb: { groupName: "shops" } };
    assert.equal(plan(group)["group.name"], "shops");
    assert.ok(!("group.name" in plan({ ...group, context: { controller: "eks-auto-mode" } })));
    assert.ok(!("group.name" in plan()));
  });

  it("stands behind the web ACL that is given, and behind none otherwise: unset leaves another tool's alone", () => {
    assert.equal(plan({ alb: { webAclArn: "arn:waf" } })["wafv2-acl-arn"], "arn:waf");
    assert.ok(!("wafv2-acl-arn" in plan()));
  });

  it("stands behind the mesh's own web ACL with a limit, and has it taken away with 0: unset would leave it", () => {
    const facts = { webAclArn: "arn:own" };
    assert.equal(plan({ alb: { rateLimitPer5Minutes: 10 }, facts })["wafv2-acl-arn"], "arn:own");
    assert.equal(plan({ alb: { rateLimitPer5Minutes: 0 } })["wafv2-acl-arn"], "none");
  });

  it("sets attributes only where they are given: an omitted one keeps AWS's value", () => {
    const attributes = (settings: Partial<AlbSettings>) => plan({ alb: settings })["load-balancer-attributes"];
    assert.equal(attributes({}), undefined);
    assert.equal(attributes({ idleTimeoutSeconds: 120 }), "idle_timeout.timeout_seconds=120");
    assert.equal(attributes({ accessLogsBucket: "logs" }), "access_logs.s3.enabled=true,access_logs.s3.bucket=logs");
  });

  it("writes all attributes in one annotation, and the user's behind them", () => {
    const annotations = { [albAttributes]: "routing.http2.enabled=false" };
    assert.equal(
      plan({ alb: { idleTimeoutSeconds: 1, accessLogsBucket: "l" }, ingress: { annotations } })[
        "load-balancer-attributes"
      ],
      "idle_timeout.timeout_seconds=1,access_logs.s3.enabled=true,access_logs.s3.bucket=l,routing.http2.enabled=false",
    );
    assert.equal(plan({ ingress: { annotations } })["load-balancer-attributes"], "routing.http2.enabled=false");
  });

  it("leaves tags to the user with EKS Auto Mode, whose role may set none", () => {
    const autoMode: Knobs = { context: { controller: "eks-auto-mode", tags: { Team: "a" } } };
    assert.ok(!("tags" in plan(autoMode)));
    const annotations = { [`${prefix}tags`]: "Team=b" };
    const own = plan({ context: { ...autoMode.context, ingress: ingress({ annotations }) } });
    assert.equal(own["tags"], "Team=b");
  });

  it("names subnets and tags where they are given", () => {
    const written = plan({
      ingress: { subnetIds: ["subnet-1", "subnet-2"] },
      context: { ingress: ingress({ subnetIds: ["subnet-1", "subnet-2"] }), tags: { Team: "a" } },
    });
    assert.deepEqual(written["subnets"], { concat: ["subnet-1", ",", "subnet-2"] });
    assert.deepEqual(written["tags"], { concat: ["Team=", "a"] });
    assert.ok(!("subnets" in plan()) && !("tags" in plan()));
  });

  it("has scheme and addresses as given", () => {
    const written = plan({ ingress: { scheme: "internet-facing", ipAddressType: "dualstack" } });
    assert.deepEqual([written["scheme"], written["ip-address-type"]], ["internet-facing", "dualstack"]);
  });

  it("keeps the user's other annotations", () => {
    assert.equal(plan({ ingress: { annotations: { [`${prefix}auth-type`]: "oidc" } } })["auth-type"], "oidc");
  });
});

describe("albAnnotationRules", () => {
  const everything = plan({
    alb: { webAclArn: "arn:waf", groupName: "g", idleTimeoutSeconds: 1 },
    context: { ingress: ingress({ tls: tlsAtBalancer, subnetIds: ["subnet-1"] }), tags: { Team: "a" } },
    facts: { certificateArn: arn },
  });
  const written = Object.keys(everything);

  it("knows every annotation that we write: the controller silently ignores others", () => {
    for (const key of written) assert.ok(albAnnotationRules.known.includes(key), key);
  });

  it("lets nobody set what we would overwrite, but for the attributes, which are joined", () => {
    assert.deepEqual(
      written.filter((key) => !(key in albAnnotationRules.owned)),
      ["load-balancer-attributes", "target-group-attributes"],
    );
  });

  it("speaks only of annotations that the controller reads", () => {
    for (const key of Object.keys(albAnnotationRules.owned)) assert.ok(albAnnotationRules.known.includes(key), key);
  });

  it("keeps everything that opens or replaces the security group to the mesh", () => {
    const { owned } = albAnnotationRules;
    for (const key of ["security-groups", "manage-backend-security-group-rules", "inbound-cidrs"])
      assert.match(String(owned[key]), /^allowedCidrs/, key);
    assert.match(String(owned["security-group-prefix-lists"]), /^allowedPrefixListIds/);
  });

  it("sends each of the four numbers of a health check to its own member", () => {
    assert.deepEqual(
      [
        "healthy-threshold-count",
        "unhealthy-threshold-count",
        "healthcheck-timeout-seconds",
        "healthcheck-interval-seconds",
      ].map((key) => albAnnotationRules.owned[key]),
      [
        "healthCheck.healthyThreshold",
        "healthCheck.unhealthyThreshold",
        "healthCheck.timeoutSeconds",
        "healthCheck.intervalSeconds",
      ],
    );
  });
});

describe("albOwnedAttributes", () => {
  it("are those that members decide, by Elastic Load Balancing's names", () => {
    assert.deepEqual(albOwnedAttributes, {
      "idle_timeout.timeout_seconds": "alb.idleTimeoutSeconds",
      "access_logs.s3.enabled": "alb.accessLogsBucket",
      "access_logs.s3.bucket": "alb.accessLogsBucket",
      "routing.http.xff_client_port.enabled": "trustedProxies",
      "routing.http.xff_header_processing.mode": "trustedProxies",
    });
  });
});
