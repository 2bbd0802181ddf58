import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { display } from "../../components/inputs/display";

describe("display", () => {
  it("shows a value as it would be written in JSON", () => {
    assert.equal(display("nlb"), '"nlb"');
    assert.equal(display({ minReplicas: 3 }), '{"minReplicas":3}');
    assert.equal(display(null), "null");
  });

  it("says that nothing was given where nothing was", () => assert.equal(display(undefined), "nothing"));

  it("cuts what would not fit on a line, at 80 characters", () => {
    assert.equal(display("a".repeat(78)), `"${"a".repeat(78)}"`);
    const cut = display("a".repeat(79));
    assert.equal(cut.length, 78);
    assert.ok(cut.endsWith("a…"));
  });

  it("never prints a kubeconfig, whose user may have a password or token in it", () => {
    assert.equal(display("apiVersion: v1", "cluster.kubeconfig"), "[secret]");
    assert.equal(display("apiVersion: v1", "cluster.kubeConfig"), "[secret]");
  });

  it("never prints one that stands inside the value either", () => {
    assert.equal(display({ kubeconfig: "apiVersion: v1" }, "clusters"), '{"kubeconfig":"[secret]"}');
    assert.equal(display([{ login: { password: "hunter2" } }], "istio.vaules"), '[{"login":{"password":"[secret]"}}]');
  });

  it("prints the number of a token, and no token", () => {
    assert.equal(display(0, "multiCluster.tokenGeneration"), "0");
    assert.equal(
      display({ tokenGeneration: 1.5, token: "t" }, "multiCluter"),
      '{"tokenGeneration":1.5,"token":"[secret]"}',
    );
  });

  it("prints the name of a Secret, which is none", () => {
    assert.equal(display("shop-tls", "ingress.tls.secretName"), '"shop-tls"');
  });

  it("says of an Output, and of one inside the value, that it becomes known later", () => {
    const deferred = pulumi.output("Z0123");
    assert.equal(display(deferred), "[known later]");
    assert.equal(display({ zoneId: deferred }), '{"zoneId":"[known later]"}');
    assert.equal(display([deferred]), '["[known later]"]');
  });

  it("shows even what JSON cannot", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    assert.equal(display(circle), "a value with a circle in it");
    assert.equal(display(10n), "10");
    assert.equal(display(Symbol("x")), "Symbol(x)");
    assert.match(
      display(() => 1),
      /=>/,
    );
  });
});
