import assert from "node:assert/strict";
import { strategyFor } from "../../components/ingress";
import { alb, context, ingress, nlb, tlsAtBalancer } from "../support/settings";

const facts = { clusterName: "prod", securityGroupId: "sg-1", certificateArn: undefined, webAclArn: undefined };

describe("roomOf", () => {
  it("answers for an NLB: straight to the pods, the address in the Service's status", () => {
    const module = strategyFor(ingress({ name: "shop", strategy: nlb() }));
    assert.equal(module.loadBalancerType, "network");
    assert.equal(module.targetRoute, "pods");
    assert.deepEqual(module.address, { logicalName: "service-shop", kind: "Service" });
    assert.deepEqual(
      module.targetPorts.map(({ port }) => port),
      [80, 443, 15021],
    );
    assert.equal(module.planService(context(), facts).length, 1);
    assert.deepEqual(module.planIngressObjects(context(), facts), []);
  });

  it("answers for an ALB: by node ports, the address in the Ingress' status", () => {
    const one = ingress({ name: "shop", service: "shop", strategy: alb(), tls: tlsAtBalancer });
    const module = strategyFor(one);
    assert.equal(module.loadBalancerType, "application");
    assert.equal(module.targetRoute, "node-ports");
    assert.deepEqual(module.address, { logicalName: "ingress-shop", kind: "Ingress" });
    assert.deepEqual(
      module.listeners.map(({ port }) => port),
      [80, 443],
    );
    assert.deepEqual(
      [module.servers.length, module.planService(context({ ingress: one }), facts)[0]?.kind],
      [1, "Service"],
    );
    assert.equal(module.planIngressObjects(context({ ingress: one }), facts)[0]?.kind, "Ingress");
  });
});
