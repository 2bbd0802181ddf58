import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { KubernetesObjectPlan } from "../../components/plan/kubernetes-object";
import { makeObjects } from "../../components/resources/objects";
import { recordMaking } from "../support/resource-registry";

const make = (plan: Partial<KubernetesObjectPlan>) =>
  recordMaking((created) => {
    const whole = { name: "x", after: [], apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" }, body: {} };
    makeObjects(created, [{ ...whole, ...plan }]);
  });

describe("makeObjects", () => {
  it("makes kinds that Pulumi knows as what they are", async () => {
    for (const [apiVersion, kind, type] of [
      ["v1", "ConfigMap", "kubernetes:core/v1:ConfigMap"],
      ["v1", "Namespace", "kubernetes:core/v1:Namespace"],
      ["v1", "Service", "kubernetes:core/v1:Service"],
      ["networking.k8s.io/v1", "Ingress", "kubernetes:networking.k8s.io/v1:Ingress"],
      ["networking.k8s.io/v1", "IngressClass", "kubernetes:networking.k8s.io/v1:IngressClass"],
    ] as const) {
      const body = { spec: { ports: [] } };
      const { find } = await make({ apiVersion, kind, body });
      assert.equal(find("mesh-x").type, type);
    }
  });

  it("sets single fields of what someone else owns, whoever set them before", async () => {
    const { find } = await make({
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      patch: true,
      body: { spec: { template: {} } },
    });
    assert.equal(find("mesh-x").type, "kubernetes:apps/v1:DaemonSetPatch");
    assert.deepEqual(find("mesh-x").inputs, {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: "x", annotations: { "pulumi.com/patchForce": "true" } },
      spec: { template: {} },
    });
  });

  it("leaves such fields as they were set: Pulumi compares lists by place, the API server merges them by name", async () => {
    const patched = { apiVersion: "apps/v1", kind: "DaemonSet", patch: true };
    const { find } = await make({ ...patched, body: { spec: { template: {} } } });
    assert.deepEqual(find("mesh-x").options.ignoreChanges, ["spec"]);
    const labels = await make({ kind: "Namespace", patch: true, metadata: { name: "shop", labels: { a: "b" } } });
    assert.equal(labels.find("mesh-x").options.ignoreChanges, undefined);
  });

  it("makes every other kind as a custom resource", async () => {
    const { find } = await make({
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "public", namespace: "edge", labels: { a: "b" } },
      body: { spec: { servers: [] } },
    });
    assert.equal(find("mesh-x").type, "kubernetes:networking.istio.io/v1:Gateway");
    assert.deepEqual(find("mesh-x").inputs, {
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: {
        ...{ name: "public", namespace: "edge", labels: { a: "b" } },
        annotations: { "pulumi.com/deletionPropagationPolicy": "background" },
      },
      spec: { servers: [] },
    });
  });

  it("deletes custom resources without waiting for the garbage collector, and no others", async () => {
    const policy = "pulumi.com/deletionPropagationPolicy";
    const of = async (apiVersion: string, kind: string, annotations = {}) => {
      const { input } = await make({ apiVersion, kind, metadata: { name: "x", annotations } });
      return input("mesh-x", "metadata.annotations") as Readonly<Record<string, string>>;
    };
    for (const [apiVersion, kind] of [
      ["networking.istio.io/v1", "VirtualService"],
      ["security.istio.io/v1", "PeerAuthentication"],
      ["gateway.networking.k8s.io/v1", "Gateway"],
    ] as const) {
      assert.deepEqual(await of(apiVersion, kind, { a: "b" }), { [policy]: "background", a: "b" }, kind);
    }
    for (const [apiVersion, kind] of [
      ["v1", "Service"],
      ["v1", "Namespace"],
      ["v1", "PersistentVolumeClaim"],
      ["networking.k8s.io/v1", "Ingress"],
    ] as const) {
      assert.deepEqual(await of(apiVersion, kind, { a: "b" }), { a: "b" }, kind);
    }
  });

  it("puts annotations of late parts together", async () => {
    const annotations = { plain: "a", deferred: { concat: ["a", ",", pulumi.output("b")] } };
    const { input } = await make({ metadata: { name: "x", annotations } });
    assert.deepEqual(input("mesh-x", "metadata.annotations"), { plain: "a", deferred: "a,b" });
  });

  it("gives as long as the plan says to make and to remove", async () => {
    const { find } = await make({ timeoutMinutes: 15 });
    assert.deepEqual(find("mesh-x").options, {
      provider: "cluster",
      customTimeouts: { create: "15m", delete: "15m" },
    });
    assert.deepEqual((await make({})).find("mesh-x").options, { provider: "cluster" });
  });

  it("makes a new object where the plan says so, once the old one is gone", async () => {
    const { find } = await make({ replaceOnChanges: ["spec.a"] });
    assert.deepEqual(find("mesh-x").options, {
      provider: "cluster",
      replaceOnChanges: ["spec.a"],
      deleteBeforeReplace: true,
    });
  });

  it("only patches the labels of a namespace that someone else owns, and takes over those set by hand before", async () => {
    const { find } = await make({ kind: "Namespace", patch: true, metadata: { name: "shop", labels: { a: "b" } } });
    assert.equal(find("mesh-x").type, "kubernetes:core/v1:NamespacePatch");
    assert.deepEqual(find("mesh-x").inputs, {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "shop", labels: { a: "b" }, annotations: { "pulumi.com/patchForce": "true" } },
    });
  });
});
