import assert from "node:assert/strict";
import { nlbStrategy } from "../../../../components/ingress/strategies/nlb/nlb-plan";
import type { IngressContext } from "../../../../components/plan/ingress";
import type { NlbSettings } from "../../../../components/plan/ingress-settings";
import { context, gateway, ingress, nlb } from "../../../support/settings";

const facts = { clusterName: "prod", securityGroupId: "sg-1", certificateArn: undefined, webAclArn: undefined };

function service(changes: Partial<IngressContext> = {}, settings: Partial<NlbSettings> = {}) {
  const [plan, ...more] = nlbStrategy.planService(context(changes), nlb(settings), facts);
  assert.ok(plan);
  assert.deepEqual(more, []);
  return { ...plan, spec: plan.body["spec"] as Readonly<Record<string, unknown>> };
}

const dns = {
  zone: { kind: "look-up", name: "example.com", privateZone: false },
  createRecords: true,
  evaluateTargetHealth: true,
  ...{ validationZone: undefined, roleArn: undefined },
} as const;

describe("nlbStrategy with records of the component's own", () => {
  it("keeps ExternalDNS away from the Service, unless the user names another controller", () => {
    const key = "external-dns.kubernetes.io/controller";
    assert.equal(service({ ingress: ingress({ dns }) }).metadata.annotations?.[key], "istio-eks");
    const annotations = { [key]: "none" };
    assert.equal(service({ ingress: ingress({ dns, annotations }) }).metadata.annotations?.[key], "none");
  });
});

describe("nlbStrategy", () => {
  it("is what AWS calls a network load balancer, whose hosted zones differ from an ALB's", () => {
    assert.equal(nlbStrategy.loadBalancerType, "network");
  });

  it("carries its address in the Service", () => {
    assert.deepEqual(nlbStrategy.planAddress(ingress({ name: "shop" })), {
      ...{ logicalName: "service-shop", apiVersion: "v1", kind: "Service", plural: "services", name: "shop" },
    });
  });

  it("needs no object besides the Service", () => {
    assert.deepEqual(nlbStrategy.planIngressObjects(context(), nlb(), facts), []);
  });

  it("reports listeners, servers, route and ports", () => {
    assert.equal(nlbStrategy.planListeners(ingress(), nlb()).length, 2);
    assert.equal(nlbStrategy.planServers(ingress(), nlb()).length, 1);
    assert.equal(nlbStrategy.planTargetRoute(nlb()), "pods");
    assert.equal(nlbStrategy.planTargetPorts(nlb()).length, 3);
  });
});

describe("nlbStrategy.planService", () => {
  it("stands beside the gateway's pods and selects them, and comes after its rules only", () => {
    const { name, after, apiVersion, kind, metadata, spec } = service({
      ingress: ingress({ name: "shop" }),
      gateway: gateway({ namespace: "edge", selector: { app: "shop", istio: "shop" } }),
      after: ["namespace-edge", "rule-shop/http2-to-nodes"],
    });
    assert.deepEqual(
      { name, after, apiVersion, kind },
      {
        name: "service-shop",
        after: ["namespace-edge", "rule-shop/http2-to-nodes"],
        apiVersion: "v1",
        kind: "Service",
      },
    );
    assert.deepEqual([metadata.name, metadata.namespace], ["shop", "edge"]);
    assert.deepEqual(spec["selector"], { app: "shop", istio: "shop" });
  });

  it("is of the class that the cluster's controller takes", () => {
    assert.equal(service().spec["type"], "LoadBalancer");
    assert.equal(service().spec["loadBalancerClass"], "service.k8s.aws/nlb");
    assert.equal(service({ controller: "eks-auto-mode" }).spec["loadBalancerClass"], "eks.amazonaws.com/nlb");
  });

  it("is waited for until it has an address, and no longer: Pulumi's own way wants pods and sleeps 10 seconds", () => {
    assert.equal(
      service().metadata.annotations?.["pulumi.com/waitFor"],
      "jsonpath={.status.loadBalancer.ingress[0].hostname}",
    );
  });

  it("cannot be told by the user to be waited for in another way", () => {
    const annotations = { "pulumi.com/waitFor": "condition=Ready" };
    assert.match(
      String(service({ ingress: ingress({ annotations }) }).metadata.annotations?.["pulumi.com/waitFor"]),
      /^jsonpath=/,
    );
  });

  it("keeps nodes from replacing the client's address, where it is to be kept and the targets are nodes", () => {
    const policy = (settings: Partial<NlbSettings>) => service({}, settings).spec["externalTrafficPolicy"];
    assert.equal(policy({ targetType: "instance", preserveClientIp: true }), "Local");
    assert.equal(policy({ targetType: "instance" }), undefined);
    assert.equal(policy({ targetType: "instance", preserveClientIp: false }), undefined);
    assert.equal(policy({ targetType: "ip", preserveClientIp: true }), undefined);
  });

  it("gives AWS a quarter of an hour", () => assert.equal(service().timeoutMinutes, 15));

  it("is a new Service if AWS makes a new load balancer of the change: records must not lead to the old one", () => {
    const scheme = 'metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"]';
    assert.deepEqual(service().replaceOnChanges, [scheme, "spec.loadBalancerClass"]);
  });

  it("opens no public listener on 15021 with ip targets, and takes no node ports", () => {
    const { spec } = service();
    assert.deepEqual(spec["ports"], [
      { name: "http2", port: 80, targetPort: 80, protocol: "TCP" },
      { name: "https", port: 443, targetPort: 443, protocol: "TCP" },
    ]);
    assert.equal(spec["allocateLoadBalancerNodePorts"], false);
  });

  it("has the status port with instance targets, whose node port the health check asks", () => {
    const { spec } = service({}, { targetType: "instance" });
    assert.deepEqual((spec["ports"] as readonly unknown[])[2], {
      name: "status-port",
      port: 15021,
      targetPort: 15021,
      protocol: "TCP",
    });
    assert.ok(!("allocateLoadBalancerNodePorts" in spec));
  });

  it("carries what the controller is told", () => {
    const { annotations } = service().metadata;
    assert.equal(annotations?.["service.beta.kubernetes.io/aws-load-balancer-scheme"], "internal");
    assert.equal(annotations?.["service.beta.kubernetes.io/aws-load-balancer-security-groups"], "sg-1");
  });
});
