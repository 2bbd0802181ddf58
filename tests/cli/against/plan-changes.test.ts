import assert from "node:assert/strict";
import { changesOf, type PlanChanges } from "../../../cli/against/plan-changes";
import { inWaves } from "../../../cli/plan/graph";
import type { Recorded } from "../../../cli/plan/recording";
import { smallest, withIngress } from "../../support/args";
import { madeUp, madeUpPlan, planOf } from "../../support/plans";

const names = ({ created, updated, replaced, deleted, kept }: PlanChanges) => ({
  created: created.map(({ name }) => name),
  updated: updated.map(({ resource }) => resource.name),
  replaced: replaced.map(({ resource }) => resource.name),
  deleted: deleted.map(({ name }) => name),
  kept: kept.map(({ name }) => name),
});
const between = async (was: object, is: object) => changesOf(await planOf(was), await planOf(is));
const ofMadeUp = (was: readonly Recorded[], is: readonly Recorded[]) =>
  changesOf(madeUpPlan(inWaves(was)), madeUpPlan(inWaves(is)));
const nothing = { created: [], updated: [], replaced: [], deleted: [], kept: [] };

describe("changesOf", () => {
  it("finds nothing between a plan and itself", async () => {
    const plan = await planOf(withIngress({}));
    const changes = changesOf(plan, plan);
    assert.deepEqual(names(changes), nothing);
    assert.deepEqual([changes.unchanged, changes.loadBalancers, changes.warnings], [plan.resources.length, [], []]);
  });

  it("reports that another scheme replaces the load balancer, of an NLB and of an ALB", async () => {
    for (const [strategy, carrier] of [
      ["nlb", "mesh-service-istio-ingress"],
      ["alb", "mesh-ingress-istio-ingress"],
    ] as const) {
      const { loadBalancers } = await between(
        withIngress({ strategy, scheme: "internal" }),
        withIngress({ strategy, scheme: "internet-facing" }),
      );
      const [first, ...others] = loadBalancers;
      assert.deepEqual([first?.name, first?.what, others], [carrier, "replaced", []]);
      assert.match(String(first?.because), /scheme$/);
    }
  });

  it("reports that another cluster replaces every object in it, and each load balancer", async () => {
    const changes = await between(
      withIngress({}, { cluster: { name: "prod" } }),
      withIngress({}, { cluster: { name: "other" } }),
    );
    assert.deepEqual(changes.loadBalancers, [
      { name: "mesh-service-istio-ingress", what: "replaced", because: ["provider"] },
    ]);
    const inCluster = changes.replaced.filter(({ resource }) => resource.type.startsWith("kubernetes:"));
    const { resources } = await planOf(withIngress({}));
    assert.equal(inCluster.length, resources.filter(({ type }) => type.startsWith("kubernetes:")).length);
    const [provider] = changes.replaced.filter(({ resource }) => resource.name === "mesh-kubernetes");
    assert.deepEqual(provider?.because, ["clusterIdentifier"]);
    assert.deepEqual(
      changes.updated.filter(({ resource }) => resource.type.startsWith("kubernetes:")),
      [],
    );
  });

  it("follows a resource to another Kubernetes provider of the same cluster without a replacement", () => {
    const provider = (name: string, clusterIdentifier: string) =>
      madeUp(name, { type: "pulumi:providers:kubernetes", inputs: { clusterIdentifier } });
    const object = (of: string) => madeUp("object", { options: { provider: of } });
    const [was, same, other] = [
      [provider("mesh-kubernetes", "a"), object("mesh-kubernetes")],
      [provider("given", "a"), object("given")],
      [provider("given", "b"), object("given")],
    ];
    assert.deepEqual(names(ofMadeUp(was, same)).replaced, []);
    assert.deepEqual(names(ofMadeUp(was, other)).replaced, ["object"]);
  });

  it("reports what is updated in place, also on a load balancer, and what is created for it", async () => {
    const changes = await between(
      withIngress({}),
      withIngress({ nlb: { ports: { kafka: { port: 9092, protocol: "TCP" } } } }),
    );
    assert.deepEqual(names(changes), {
      ...nothing,
      created: ["from-vpc", "to-nodes", "into-nodes"].map((rule) => `mesh-rule-istio-ingress/port-9092-${rule}`),
      updated: ["mesh-service-istio-ingress"],
    });
    assert.deepEqual(changes.loadBalancers, [{ name: "mesh-service-istio-ingress", what: "updated", because: [] }]);
    assert.ok(changes.updated[0]?.changes.some(({ path }) => path.startsWith("spec.ports.kafka")));
  });

  it("reports that another class replaces the volume of Jaeger, and another size does not", async () => {
    const jaeger = (size: string, storageClass: string) => ({
      ...smallest,
      addons: { jaeger: { storage: { size, storageClass } } },
    });
    const { replaced } = await between(jaeger("10Gi", "gp2"), jaeger("10Gi", "gp3"));
    assert.deepEqual(
      replaced.map(({ resource, because }) => [resource.type, because]),
      [["kubernetes:core/v1:PersistentVolumeClaim", ["spec.storageClassName"]]],
    );
    assert.deepEqual(names(await between(jaeger("10Gi", "gp3"), jaeger("20Gi", "gp3"))).replaced, []);
  });

  it("reports load balancers that come and go, and deletes what is last first", async () => {
    const one = await between(smallest, withIngress({}));
    assert.deepEqual(one.loadBalancers, [{ name: "mesh-service-istio-ingress", what: "created", because: [] }]);
    const { loadBalancers, deleted } = await between(withIngress({}), smallest);
    assert.deepEqual(loadBalancers, [{ name: "mesh-service-istio-ingress", what: "deleted", because: [] }]);
    const order = deleted.map(({ name }) => name);
    assert.ok(order.indexOf("mesh-service-istio-ingress") < order.indexOf("mesh-security-group-istio-ingress"));
  });

  it("has only the warnings that are new", async () => {
    const { warnings } = await between(smallest, withIngress({}));
    assert.equal(warnings.length, 1);
    assert.deepEqual((await between(withIngress({}), withIngress({ routes: [] }))).warnings, []);
  });

  it("follows a resource to its new name by its aliases", () => {
    const alias = (name: string) => ({ options: { aliases: [{ spec: { name } }] } });
    const changes = ofMadeUp([madeUp("old"), madeUp("gone")], [madeUp("new", alias("old")), madeUp("more", alias(""))]);
    assert.deepEqual(names(changes), { ...nothing, created: ["more"], deleted: ["gone"] });
    assert.equal(changes.unchanged, 1);
  });

  it("keeps what Pulumi retains, and replaces what becomes of another type", () => {
    const crds = madeUp("crds", { options: { retainOnDelete: true } });
    const changes = ofMadeUp([crds, madeUp("x")], [madeUp("x", { type: "test:index:Other" })]);
    assert.deepEqual(names(changes), { ...nothing, replaced: ["x"], kept: ["crds"] });
    assert.deepEqual(changes.replaced[0]?.because, ["type"]);
  });
});
