import assert from "node:assert/strict";
import { strategyFor } from "../../../components/ingress/strategies";
import { alb, context, ingress, nlb, tlsAtBalancer } from "../../support/settings";

const facts = { clusterName: "prod", securityGroupId: "sg-1", certificateArn: undefined, webAclArn: undefined };

describe("strategyFor", () => {
  it("answers for an NLB: straight to the pods, the address in the Service's status", () => {
    const strategy = strategyFor(ingress({ name: "shop", strategy: nlb() }));
    assert.equal(strategy.module.loadBalancerType, "network");
    assert.equal(strategy.targetRoute, "pods");
    assert.deepEqual(strategy.address, {
      ...{ logicalName: "service-shop", apiVersion: "v1", kind: "Service", plural: "services", name: "shop" },
    });
    assert.deepEqual(
      strategy.targetPorts.map(({ port }) => port),
      [80, 443, 15021],
    );
    assert.equal(strategy.planService(context(), facts).length, 1);
    assert.deepEqual(strategy.planIngressObjects(context(), facts), []);
  });

  it("answers for an ALB: by node ports, the address in the Ingress' status", () => {
    const one = ingress({ name: "shop", service: "shop", strategy: alb(), tls: tlsAtBalancer });
    const strategy = strategyFor(one);
    assert.equal(strategy.module.loadBalancerType, "application");
    assert.equal(strategy.targetRoute, "node-ports");
    assert.deepEqual(strategy.address, {
      ...{ logicalName: "ingress-shop", apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
      ...{ plural: "ingresses", name: "shop" },
    });
    assert.deepEqual(
      strategy.listeners.map(({ port }) => port),
      [80, 443],
    );
    assert.deepEqual(
      [strategy.servers.length, strategy.planService(context({ ingress: one }), facts)[0]?.kind],
      [1, "Service"],
    );
    assert.equal(strategy.planIngressObjects(context({ ingress: one }), facts)[0]?.kind, "Ingress");
  });
});
