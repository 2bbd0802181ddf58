import assert from "node:assert/strict";
import type { Stack } from "./engine/stack";
import { tags } from "./meshes";
import { describeTrial, noChange, succeeded, report } from "./trial";
import type { TestEnv } from "./test-env/test-env";

/**
 * A public NLB with IPv6 beside IPv4, an internal one in a private zone, and two ALBs before one gateway: each with its
 * certificate from elsewhere.
 */
function fourLoadBalancers({ account, repository }: TestEnv): object {
  const { certificates, webAclArn, publicSubnetIds, clusterName } = account;
  return {
    mode: "ambient",
    cluster: { name: clusterName },
    istio: { chartRepository: repository.chartRepository },
    gatewayApi: { manifest: repository.gatewayApiManifest },
    ingress: {
      strategy: "nlb",
      scheme: "internet-facing",
      ipAddressType: "dualstack",
      hostnames: ["app.example.com"],
      allowedCidrs: ["198.51.100.0/24", "2001:db8::/32"],
      dns: { zoneName: "example.com" },
      tls: { requestCertificate: true },
      subnetIds: publicSubnetIds,
    },
    additionalIngresses: {
      inside: {
        strategy: "nlb",
        scheme: "internal",
        hostnames: ["app.internal.example.com"],
        dns: { zoneName: "internal.example.com", privateZone: true },
        tls: { certificateArn: certificates["secure.example.com"] },
        healthCheck: { healthyThreshold: 2, unhealthyThreshold: 4, intervalSeconds: 20, timeoutSeconds: 8 },
      },
      services: {
        strategy: "alb",
        scheme: "internet-facing",
        hostnames: ["*.example.com", "example.com"],
        dns: { zoneName: "example.com" },
        tls: { certificateDomain: "*.example.com" },
        alb: { webAclArn, idleTimeoutSeconds: 120 },
      },
      tools: {
        strategy: "alb",
        scheme: "internal",
        hostnames: ["tools.example.com"],
        allowedCidrs: ["10.0.0.0/8"],
        tls: { certificateDomain: "*.example.com" },
        gateway: { shareWith: "services" },
      },
    },
    cleanup: { timeoutSeconds: 60 },
    tags,
  };
}

describeTrial("four unlike load balancers before three gateways in ambient mode", (trial) => {
  let stack: Stack;

  it("come up as the plan says", async () => {
    stack = await trial.stack("unlike", fourLoadBalancers(trial.testEnv));
    report(`up: ${succeeded(await stack.up()).seconds.toFixed(1)} s`);
    await trial.isAsPlanned(stack);
    assert.deepEqual(trial.balancerCalls, { created: 4, deleted: 0 });
  });

  it("change nothing the second time, nor at a refresh", async () => {
    succeeded(await stack.up(noChange));
    succeeded(await stack.refresh(noChange));
  });

  it("are destroyed, and nothing is left", async () => {
    report(`destroy: ${succeeded(await stack.destroy()).seconds.toFixed(1)} s`);
    assert.deepEqual(await trial.left(), []);
  });
});
