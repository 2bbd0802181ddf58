import assert from "node:assert/strict";
import { nlb, alb, service, ingress, gateway, refuses, made, annotation, overlay, proxyConfig } from "../support/cases";
import { memberAt } from "../support/recorded";

describe("Cases: no request is lost", () => {
  it("02: pods behind an NLB with ip targets go only when the next are found healthy, and answer until AWS has let go", async () => {
    const found = await made("02-default-nlb-rollout");
    assert.deepEqual(found.input("mesh-namespace-istio-ingress", "metadata.labels"), {
      "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
    });
    assert.equal(
      found.annotations(service)[`${nlb}target-group-attributes`],
      "deregistration_delay.timeout_seconds=60,deregistration_delay.connection_termination.enabled=true",
    );
    const deployment = overlay(found, "deployment");
    assert.equal(memberAt(deployment, "spec.template.spec.terminationGracePeriodSeconds"), 90);
    assert.equal(memberAt(deployment, "spec.strategy.rollingUpdate.maxUnavailable"), 0);
    const infrastructure = found.input(gateway, "spec.infrastructure.annotations") as Readonly<Record<string, string>>;
    assert.deepEqual(proxyConfig(infrastructure["proxy.istio.io/config"]), {
      drainDuration: "60s",
      terminationDrainDuration: "60s",
    });
  });

  it("26: refuses three settings that gateway.drainSeconds decides together", async () => {
    const attributes = annotation(`${nlb}target-group-attributes`);
    await refuses("26-drain", {
      [attributes]:
        "remove deregistration_delay.timeout_seconds=90 and use gateway.drainSeconds; remove " +
        "deregistration_delay.connection_termination.enabled=true and use gateway.drainSeconds, at whose end the NLB closes connections",
      "istio.values.gateway.terminationGracePeriodSeconds":
        "remove it and use gateway.drainSeconds of the ingress, which it exceeds by 30 seconds",
    });
  });

  it("26b: five minutes of drainSeconds reach Envoy, the pod and the target group", async () => {
    const found = await made("26b-drain-seconds");
    assert.equal(
      found.annotations(ingress)[`${alb}target-group-attributes`],
      "deregistration_delay.timeout_seconds=300",
    );
    assert.equal(memberAt(overlay(found, "deployment"), "spec.template.spec.terminationGracePeriodSeconds"), 330);
  });
});
