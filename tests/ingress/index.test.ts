import assert from "node:assert/strict";
import { roomOf } from "../../components/ingress";
import { alb, context, ingress, nlb, tlsAtBalancer } from "../support/settings";

const facts = { clusterName: "prod", securityGroupId: "sg-1", certificateArn: undefined, webAclArn: undefined };

describe("roomOf", () => {
  it("answers for an NLB: straight to the pods, the address in the Service's status", () => {
    const room = roomOf(ingress({ name: "shop", strategy: nlb() }));
    assert.equal(room.loadBalancerType, "network");
    assert.equal(room.targetRoute, "pods");
    assert.deepEqual(room.address, { logicalName: "service-shop", kind: "Service" });
    assert.deepEqual(
      room.targetPorts.map(({ port }) => port),
      [80, 443, 15021],
    );
    assert.equal(room.planService(context(), facts).length, 1);
    assert.deepEqual(room.planIngressObjects(context(), facts), []);
  });

  it("answers for an ALB: by node ports, the address in the Ingress' status", () => {
    const one = ingress({ name: "shop", service: "shop", strategy: alb(), tls: tlsAtBalancer });
    const room = roomOf(one);
    assert.equal(room.loadBalancerType, "application");
    assert.equal(room.targetRoute, "node-ports");
    assert.deepEqual(room.address, { logicalName: "ingress-shop", kind: "Ingress" });
    assert.deepEqual(
      room.listeners.map(({ port }) => port),
      [80, 443],
    );
    assert.deepEqual(
      [room.servers.length, room.planService(context({ ingress: one }), facts)[0]?.kind],
      [1, "Service"],
    );
    assert.equal(room.planIngressObjects(context({ ingress: one }), facts)[0]?.kind, "Ingress");
  });
});
