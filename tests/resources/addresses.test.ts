import assert from "node:assert/strict";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { Service } from "@pulumi/kubernetes/core/v1/service";
import { Ingress } from "@pulumi/kubernetes/networking/v1/ingress";
import { settled } from "../../cli/plan/recording";
import { hostnamesOf, nodePortsOf } from "../../components/resources/addresses";
import type { ResourceRegistry } from "../../components/resources/resource-registry";
import { recordMaking } from "../support/resource-registry";

const serviceType = "kubernetes:core/v1:Service";
const withHostname = (hostname: string) => ({ status: { loadBalancer: { ingress: [{ hostname }] } } });

const createLoadBalancers = (created: ResourceRegistry) => {
  created.add("service", new Service("service", { spec: { ports: [] } }));
  created.add("ingress", new Ingress("ingress", {}));
};

describe("hostnamesOf", () => {
  it("reads the address of each load balancer from the object that carries it, Service or Ingress", async () => {
    const { result } = await recordMaking(
      (created) => {
        createLoadBalancers(created);
        return hostnamesOf(created, { nlb: "service", alb: "ingress" });
      },
      {
        states: {
          [serviceType]: withHostname("nlb.amazonaws.com"),
          "kubernetes:networking.k8s.io/v1:Ingress": withHostname("alb.amazonaws.com"),
        },
      },
    );
    assert.deepEqual(await settled(result), { nlb: "nlb.amazonaws.com", alb: "alb.amazonaws.com" });
  });

  it("is undefined with a warning where a load balancer that is there has no hostname", async () => {
    for (const status of [undefined, {}, { loadBalancer: {} }, { loadBalancer: { ingress: [{ ip: "10.0.0.1" }] } }]) {
      const { result, warnings } = await recordMaking(
        (created) => {
          createLoadBalancers(created);
          return hostnamesOf(created, { nlb: "service" })["nlb"];
        },
        { states: { [serviceType]: { status } } },
      );
      assert.equal(await settled(result), undefined);
      assert.deepEqual(warnings, ['the load balancer of "service" has no hostname']);
    }
  });

  it("says that it is our mistake where something carries no load balancer", async () => {
    await recordMaking((created) => {
      created.add("map", new ConfigMap("map", {}));
      assert.throws(() => hostnamesOf(created, { nlb: "map" }), /"map" carries no load balancer; this is a mistake/);
    });
  });
});

describe("nodePortsOf", () => {
  const ports = [
    { name: "http2", port: 80, nodePort: 30080 },
    { name: "status-port", port: 15021, nodePort: 30021 },
  ];
  const ask = (wanted: readonly string[], preview = false) =>
    recordMaking(
      (created) => {
        createLoadBalancers(created);
        return nodePortsOf(created, { public: { service: "service", ports: wanted } })["public"] ?? {};
      },
      { preview, states: { [serviceType]: { spec: { ports } } } },
    );

  it("reads by the port's name the number that Kubernetes picked", async () => {
    const { result } = await ask(["status-port", "http2"]);
    assert.deepEqual(await settled(result), { "status-port": 30021, http2: 30080 });
  });

  it("is undefined with a warning where Kubernetes picked none, and waits for it in a preview", async () => {
    const { result, warnings } = await ask(["https"]);
    assert.equal(await settled(result["https"]), undefined);
    assert.deepEqual(warnings, ["Kubernetes picked no node port for https"]);
    const preview = await ask(["https"], true);
    assert.equal(await settled(preview.result["https"]), "[unknown]");
  });

  it("says that it is our mistake where it is to be read from no Service", async () => {
    await recordMaking((created) => {
      createLoadBalancers(created);
      assert.throws(
        () => nodePortsOf(created, { public: { service: "ingress", ports: ["http2"] } }),
        /"ingress" is no Service; this is a mistake/,
      );
    });
  });
});
