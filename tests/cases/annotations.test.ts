import assert from "node:assert/strict";
import { nlb, alb, service, ingress, refuses, made, annotation } from "../support/cases";
import { memberAt } from "../support/recorded";

describe("Cases: annotations", () => {
  it("14: refuses gRPC target groups, and names HTTP/2", async () => {
    await refuses("14-alb-grpc", { [annotation(`${alb}backend-protocol-version`)]: 'write "HTTP2"' });
  });

  it("14b: refuses HTTP/2 behind a listener without TLS", async () => {
    await refuses("14b-alb-http2-without-tls", {
      [annotation(`${alb}backend-protocol-version`)]:
        "give the load balancer a certificate in tls, without redirectHttp: false",
    });
  });

  it("15: refuses ports that are no member, and names the one that is", async () => {
    await refuses("15-nlb-tcp-port", { "ingress.ports": 'did you mean "nlb.ports"?' });
  });

  it("15b: opens further ports of the NLB", async () => {
    const found = await made("15b-nlb-ports");
    const ports = found.input(service, "spec.ports") as readonly { readonly name: string; readonly port: number }[];
    assert.deepEqual(
      ports.map(({ name, port }) => [name, port]),
      [
        ["http2", 80],
        ["https", 443],
        ["tls-kafka", 9094],
        ["tcp-pg", 5432],
      ],
    );
    const group = "<mesh-security-group-istio-ingress.id>: 10.0.0.0/16";
    assert.deepEqual(
      found.rules("mesh-rule-istio-ingress/port-").filter((rule) => rule.endsWith(group)),
      [`5432 of ${group}`, `9094 of ${group}`],
    );
  });

  it("28: names what replaces annotations of former versions", async () => {
    await refuses("28-nlb-legacy-annotations", {
      [annotation(`${nlb}cross-zone-load-balancing-enabled`)]: "remove it and use nlb.crossZone",
      [annotation(`${nlb}access-log-enabled`)]: `remove it and use access_logs.s3.enabled=true in ${nlb}attributes`,
      [annotation(`${nlb}access-log-s3-bucket-name`)]:
        `remove it and use access_logs.s3.bucket=<bucket> in ${nlb}attributes`,
    });
  });

  it("28b: names what replaces annotations of Classic Load Balancers", async () => {
    await refuses("28b-classic-annotations", {
      [annotation(`${nlb}internal`)]: "remove it and use scheme",
      [annotation(`${nlb}additional-resource-tags`)]: "remove it and use tags",
      [annotation(`${nlb}connection-idle-timeout`)]:
        `remove it and write tcp.idle_timeout.seconds=<seconds> in ${nlb}listener-attributes.TCP-<port>`,
      [annotation(`${nlb}extra-security-groups`)]:
        "remove it and use allowedCidrs, allowedPrefixListIds or allowedSecurityGroupIds",
      [annotation(`${nlb}connection-draining-enabled`)]: "remove it and use gateway.drainSeconds",
      [annotation(`${nlb}access-log-emit-interval`)]: "remove it: an NLB writes its logs every 5 minutes",
      [annotation(`${nlb}ssl-cert`)]: "remove it and use tls",
      [annotation(`${nlb}ssl-ports`)]: "remove it and use tls",
      [annotation(`${nlb}backend-protocol`)]: "remove it and use tls",
    });
  });

  it("28c: refuses the class by annotation, an action that nothing reads, and what members decide", async () => {
    await refuses("28c-alb-class-annotation", {
      [annotation("kubernetes.io/ingress.class")]:
        "remove it; loadBalancerController says which controller makes the load balancers",
      [annotation(`${alb}web-acl-id`)]: "remove it and use alb.webAclArn",
      [annotation(`${alb}tags`)]: "remove it and use tags",
      [annotation(`${alb}inbound-cidrs`)]: "remove it and use allowedCidrs",
      [annotation(`${alb}actions.ssl-redirect`)]:
        "remove it and use tls.redirectHttp: no backend of the Ingress, which the mesh writes, names an action",
      [annotation(`${alb}waf-acl-id`)]: "remove it and use alb.webAclArn",
      [annotation(`${alb}subnets`)]: "remove it and use subnetIds",
    });
  });

  it("41: leaves tags off the load balancers of EKS Auto Mode, and prints the statement that allows them", async () => {
    const found = await made("41-auto-mode-tags");
    assert.equal(found.annotations(ingress)[`${alb}tags`], undefined);
    assert.equal(memberAt(found.find("mesh-security-group-istio-ingress").inputs, "tags.team"), "platform");
    assert.match(
      found.warnings.join("\n"),
      /^tags: EKS Auto Mode may not tag .*"Sid":"TagLoadBalancers","Effect":"Allow"/m,
    );
    assert.equal(found.input("mesh-ingressclassparams-istio-ingress", "spec.group.name"), "shared");
  });

  it("41b: leaves tags to the user's own annotation, without a warning", async () => {
    const found = await made("41b-auto-mode-nlb-tags");
    assert.equal(found.annotations(service)[`${nlb}additional-resource-tags`], "team=platform");
    assert.doesNotMatch(found.warnings.join("\n"), /^tags:/m);
  });

  it("51: refuses the Service of the gateway chart", async () => {
    const instead = "use the members of the ingress, such as annotations, nlb or healthCheck";
    await refuses("51-gateway-chart-service", {
      "istio.values.gateway.service.annotations": instead,
      "istio.values.gateway.service.externalTrafficPolicy": instead,
      "istio.values.gateway.service.loadBalancerSourceRanges": instead,
    });
  });
});
