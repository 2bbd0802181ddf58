import assert from "node:assert/strict";
import { type Case, nlb, service, refuses, made, chartProxyConfig } from "../support/cases";
import { memberAt } from "../support/recorded";

describe("Cases: how the client came", () => {
  const overwritten = { scheme_to_overwrite: "https" };
  const patched = ({ input }: Case) =>
    (input("mesh-envoyfilter-istio-ingress", "spec.configPatches") as readonly unknown[]).map((patch) => [
      memberAt(patch, "match.listener.portNumber"),
      memberAt(patch, "patch.value.typed_config.scheme_header_transformation"),
    ]);

  it("01: https where the NLB ends TLS, and a redirect on 80", async () => {
    const found = await made("01-nlb-tls-forwarded-proto");
    assert.equal(found.annotations(service)[`${nlb}ssl-ports`], "443");
    assert.deepEqual(patched(found), [[443, overwritten]]);
    assert.deepEqual(found.input("mesh-istio-gateway-istio-ingress", "spec.servers[0].tls"), { httpsRedirect: true });
  });

  it("01b: https beside PROXY protocol, which a TCP health check passes", async () => {
    const found = await made("01b-nlb-proxy-protocol-tls");
    assert.match(
      String(found.annotations(service)[`${nlb}target-group-attributes`]),
      /^proxy_protocol_v2\.enabled=true,/,
    );
    assert.equal(found.annotations(service)[`${nlb}healthcheck-protocol`], "tcp");
    assert.deepEqual(chartProxyConfig(found)["gatewayTopology"], { proxyProtocol: {} });
    assert.deepEqual(patched(found), [[443, overwritten]]);
  });

  it("01c: https on every port behind a TLS listener, and the client's address behind nodes", async () => {
    const found = await made("01c-nlb-tls-instance-targets");
    assert.equal(found.annotations(service)[`${nlb}ssl-ports`], "443,9094");
    assert.deepEqual(patched(found), [
      [443, overwritten],
      [9094, overwritten],
    ]);
    assert.equal(found.input(service, "spec.externalTrafficPolicy"), "Local");
  });

  it("05: refuses a number of proxies that the ALB's own would silently replace", async () => {
    await refuses("05-cloudfront-two-proxies", {
      "istio.meshConfig.defaultConfig.gatewayTopology.numTrustedProxies":
        "remove it, and write ingress.trustedProxies: 1 if that many proxies stand before the load balancer",
    });
  });

  it("05b: refuses two numbers of proxies before one gateway", async () => {
    const { refusal } = await refuses("05b-two-albs-one-cloudfront", {
      "additionalIngresses.internal.gateway.shareWith": "use a gateway of its own",
    });
    assert.match(refusal, /an ALB included: 2 at "istio-ingress", 1 here$/m);
  });

  it("60: refuses PROXY protocol of only one load balancer before a gateway", async () => {
    await refuses("60-proxy-protocol-shared-gateway", {
      "additionalIngresses.internal.gateway.shareWith":
        "set nlb.proxyProtocol alike on both, or use a gateway of its own",
    });
  });
});
