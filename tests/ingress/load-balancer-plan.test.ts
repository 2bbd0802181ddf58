import assert from "node:assert/strict";
import type { IngressArgs, IstioMeshArgs } from "../../components";
import { validLoadBalancerName } from "../../components/inputs/aws/load-balancer-name";
import * as loadBalancer from "../../components/ingress/load-balancer-plan";
import { arn, clusterFacts, settingsOf } from "../support/settings";

type Args = Partial<IstioMeshArgs>;
const nlb = { strategy: "nlb" } as const;
const alb = { strategy: "alb" } as const;
const hostnames = ["a.example.com"];
const shared = { gateway: { shareWith: "istio-ingress" } };
const groups = { "istio-ingress": "sg-1", shop: "sg-2" };

describe("planCertificates", () => {
  const request: Args = {
    tags: { Team: "a" },
    ingress: { ...nlb, hostnames, dns: { zoneId: "Z1" }, tls: { requestCertificate: true } },
    additionalIngresses: { shop: { ...nlb, tls: { certificateArn: arn } } },
  };

  it("requests one for each ingress that asks for it, validated in its zone", () => {
    const [certificate, ...more] = loadBalancer.planCertificates(settingsOf(request), { "istio-ingress": "Z1" });
    assert.deepEqual(more, []);
    assert.deepEqual(
      [certificate?.name, certificate?.domains, certificate?.zoneId, certificate?.tags],
      ["certificate-istio-ingress", hostnames, "Z1", { Team: "a" }],
    );
  });

  it("says that istio-eks is wrong, not the user, where the zone was not looked up", () => {
    assert.throws(
      () => loadBalancer.planCertificates(settingsOf(request), {}),
      /"istio-ingress" yet; this is a mistake in istio-eks/,
    );
  });
});

describe("givenValidationZones", () => {
  it("are those with an id", () => {
    const args = (dns: object) => ({
      ...{ ...nlb, hostnames, tls: { requestCertificate: true } },
      dns: { zoneName: "example.com", privateZone: true, ...dns },
    });
    assert.deepEqual(loadBalancer.givenValidationZones(settingsOf({ ingress: args({ validationZoneId: "Z2" }) })), {
      "istio-ingress": "Z2",
    });
    assert.deepEqual(
      loadBalancer.givenValidationZones(settingsOf({ ingress: args({ validationZoneName: "example.com" }) })),
      {},
    );
    assert.deepEqual(loadBalancer.givenValidationZones(settingsOf({ ingress: nlb })), {});
  });
});

describe("givenCertificates, givenZones", () => {
  const settings = settingsOf({
    ingress: { ...nlb, hostnames, dns: { zoneId: "Z1" }, tls: { certificateArn: arn } },
    additionalIngresses: {
      shop: {
        ...nlb,
        hostnames: ["b.example.com"],
        dns: { zoneName: "example.com" },
        tls: { certificateDomain: "example.com" },
      },
    },
  });

  it("are those that need no look-up", () => {
    assert.deepEqual(loadBalancer.givenCertificates(settings), { "istio-ingress": arn });
    assert.deepEqual(loadBalancer.givenZones(settings), { "istio-ingress": "Z1" });
  });
});

describe("planSecurityGroups", () => {
  it("gives every load balancer a group of its own, also where they share a gateway", () => {
    const settings = settingsOf({
      ingress: nlb,
      additionalIngresses: { shop: { ...alb, ...shared } },
      tags: { T: "a" },
    });
    assert.deepEqual(
      loadBalancer.planSecurityGroups(settings, clusterFacts).map(({ name, tags }) => [name, tags]),
      [
        ["security-group-istio-ingress", { Name: "istio-ingress", T: "a" }],
        ["security-group-shop", { Name: "shop", T: "a" }],
      ],
    );
  });
});

describe("planFirstRules", () => {
  const rules = (ingress: IngressArgs) =>
    loadBalancer
      .planFirstRules(settingsOf({ ingress }), clusterFacts, groups)
      .map(({ name, port }) => `${name} ${String(port)}`);

  it("opens an NLB with ip targets to clients and to the pods' own ports, for which no Service is needed", () => {
    assert.deepEqual(rules(nlb), [
      "rule-istio-ingress/http-from-vpc 80",
      "rule-istio-ingress/http-from-vpc-secondary 80",
      "rule-istio-ingress/https-from-vpc 443",
      "rule-istio-ingress/https-from-vpc-secondary 443",
      "rule-istio-ingress/http2-to-nodes 80",
      "rule-istio-ingress/http2-into-nodes 80",
      "rule-istio-ingress/https-to-nodes 443",
      "rule-istio-ingress/https-into-nodes 443",
      "rule-istio-ingress/status-port-to-nodes 15021",
      "rule-istio-ingress/status-port-into-nodes 15021",
    ]);
  });

  it("never lets clients in on 15021", () => {
    const clients = rules({ ...nlb, scheme: "internet-facing" }).filter((rule) => rule.includes("-from-"));
    assert.deepEqual(clients, [
      "rule-istio-ingress/http-from-0.0.0.0/0 80",
      "rule-istio-ingress/https-from-0.0.0.0/0 443",
    ]);
  });

  it("leaves the way to node ports for later: Kubernetes has not picked them yet", () => {
    const clientsOnly = ["http-from-vpc", "http-from-vpc-secondary", "https-from-vpc", "https-from-vpc-secondary"].map(
      (name) => `rule-istio-ingress/${name} ${name.startsWith("https") ? 443 : 80}`,
    );
    assert.deepEqual(rules({ ...nlb, nlb: { targetType: "instance" } }), clientsOnly);
    assert.deepEqual(rules(alb), clientsOnly.slice(0, 2));
    assert.deepEqual(rules({ ...alb, tls: { certificateArn: arn } }), clientsOnly);
  });

  it("wants the group to have been made", () => {
    assert.throws(
      () => loadBalancer.planFirstRules(settingsOf({ ingress: nlb }), clusterFacts, {}),
      /mistake in istio-eks/,
    );
  });
});

describe("neededNodePorts", () => {
  const needed = (args: Args) => loadBalancer.neededNodePorts(settingsOf(args));

  it("asks nothing of Services whose load balancer goes straight to the pods", () => {
    assert.deepEqual(needed({ ingress: nlb }), {});
  });

  it("asks for the ports of an ALB: plain traffic and the health check", () => {
    assert.deepEqual(needed({ ingress: alb }), {
      "istio-ingress": { service: "service-istio-ingress", ports: ["http2", "status-port"] },
    });
  });

  it("asks once of a Service that several ALBs share, for what any of them needs", () => {
    const tls = { certificateArn: arn, secretName: "shop-tls" };
    const args: Args = {
      ingress: { ...alb, hostnames },
      additionalIngresses: {
        shop: { ...alb, hostnames: ["b.example.com"], tls, alb: { backendProtocol: "HTTPS" }, ...shared },
      },
    };
    assert.deepEqual(needed(args), {
      "istio-ingress": { service: "service-istio-ingress", ports: ["http2", "https", "status-port"] },
    });
  });

  it("asks for all three of an NLB with instance targets", () => {
    assert.deepEqual(needed({ ingress: { ...nlb, nlb: { targetType: "instance" } } })["istio-ingress"]?.ports, [
      "http2",
      "https",
      "status-port",
    ]);
  });
});

describe("planNodePortRules", () => {
  const nodePorts = { "istio-ingress": { http2: 31080, "status-port": 31021 } };
  const rules = (args: Args, created: Parameters<typeof loadBalancer.planNodePortRules>[2] = { groups, nodePorts }) =>
    loadBalancer
      .planNodePortRules(settingsOf(args), clusterFacts, created)
      .map(({ name, port }) => `${name} ${String(port)}`);

  it("opens exactly the node ports that Kubernetes picked, not all of 30000 to 32767", () => {
    assert.deepEqual(rules({ ingress: alb }), [
      "rule-istio-ingress/http2-to-nodes 31080",
      "rule-istio-ingress/http2-into-nodes 31080",
      "rule-istio-ingress/status-port-to-nodes 31021",
      "rule-istio-ingress/status-port-into-nodes 31021",
    ]);
  });

  it("opens the shared Service's ports for each ALB's own group", () => {
    const args: Args = {
      ingress: { ...alb, hostnames },
      additionalIngresses: { shop: { ...alb, hostnames: ["b.example.com"], ...shared } },
    };
    const plans = loadBalancer.planNodePortRules(settingsOf(args), clusterFacts, { groups, nodePorts });
    const ofShop = plans.filter(({ name }) => name.startsWith("rule-shop/"));
    assert.deepEqual(
      ofShop.map(({ name, securityGroupId, port }) => [name, securityGroupId, port]),
      [
        ["rule-shop/http2-to-nodes", "sg-2", 31080],
        ["rule-shop/http2-into-nodes", "sg-cluster", 31080],
        ["rule-shop/status-port-to-nodes", "sg-2", 31021],
        ["rule-shop/status-port-into-nodes", "sg-cluster", 31021],
      ],
    );
  });

  it("has none where the load balancer goes straight to the pods, or no port was picked", () => {
    assert.deepEqual(rules({ ingress: nlb }), []);
    assert.deepEqual(rules({ ingress: alb }, { groups, nodePorts: {} }), []);
    assert.deepEqual(rules({ ingress: alb }, { groups, nodePorts: { "istio-ingress": { http2: 31080 } } }).length, 2);
  });
});

describe("planServices", () => {
  const facts = { cluster: clusterFacts, groups, certificates: { "istio-ingress": arn }, webAcls: {}, rules: [] };

  it("waits for the gateway's namespace and the ingress' own rules, and for nothing of Istio", () => {
    const settings = settingsOf({ ingress: nlb, additionalIngresses: { shop: nlb } });
    const rules = loadBalancer.planFirstRules(settings, clusterFacts, groups);
    const [first, second] = loadBalancer.planServices(settings, { ...facts, rules });
    assert.equal(first?.after[0], "namespace-istio-ingress");
    assert.equal(first?.after.length, 11);
    assert.ok(first?.after.slice(1).every((name) => name.startsWith("rule-istio-ingress/")));
    assert.ok(second?.after.slice(1).every((name) => name.startsWith("rule-shop/")));
  });

  it("hands the load balancer its group and its certificate", () => {
    const [service] = loadBalancer.planServices(
      settingsOf({ ingress: { ...nlb, tls: { certificateArn: arn } } }),
      facts,
    );
    const annotation = (key: string) =>
      service?.metadata.annotations?.[`service.beta.kubernetes.io/aws-load-balancer-${key}`];
    assert.deepEqual([annotation("security-groups"), annotation("ssl-cert")], ["sg-1", arn]);
  });

  it("makes one NodePort Service for all ALBs before one gateway, with the ports of all", () => {
    const tls = { certificateArn: arn, secretName: "shop-tls" };
    const settings = settingsOf({
      ingress: { ...alb, hostnames },
      additionalIngresses: {
        shop: { ...alb, hostnames: ["b.example.com"], tls, alb: { backendProtocol: "HTTPS" }, ...shared },
      },
    });
    const services = loadBalancer.planServices(settings, facts);
    const ports = services.map(({ name, body }) => [
      name,
      (body["spec"] as { ports: readonly { name: string }[] }).ports.map((port) => port.name),
    ]);
    assert.deepEqual(ports, [["service-istio-ingress", ["http2", "https", "status-port"]]]);
  });

  it("selects the pods of the gateway that is shared, in its namespace", () => {
    const settings = settingsOf({
      ingress: { ...nlb, gateway: { namespace: "edge", labels: { istio: "gateway" } } },
      additionalIngresses: { shop: { ...nlb, ...shared } },
    });
    const [, second] = loadBalancer.planServices(settings, facts);
    assert.deepEqual(second?.metadata.namespace, "edge");
    assert.deepEqual((second?.body["spec"] as { selector: unknown }).selector, {
      app: "istio-ingress",
      istio: "gateway",
    });
  });

  it("plans nothing for an ingress without gateway, which resolving does not let through", () => {
    assert.deepEqual(loadBalancer.planServices({ ...settingsOf({ ingress: nlb }), gateways: [] }, facts), []);
  });
});

describe("planIngressObjects", () => {
  it("plans the Ingress of an ALB after its rules, and its name after the cluster's", () => {
    const settings = settingsOf({ ingress: alb, loadBalancerController: "eks-auto-mode" });
    const rules = loadBalancer.planFirstRules(settings, clusterFacts, groups);
    const facts = { cluster: clusterFacts, groups, certificates: {}, webAcls: {}, rules };
    const objects = loadBalancer.planIngressObjects(settings, facts);
    assert.deepEqual(
      objects.map(({ kind }) => kind),
      ["IngressClassParams", "IngressClass", "Ingress"],
    );
    const ingress = objects[2];
    assert.ok(ingress?.after.includes("rule-istio-ingress/http-from-vpc"));
    const annotations = ingress?.metadata.annotations;
    assert.deepEqual(annotations?.["alb.ingress.kubernetes.io/load-balancer-name"], {
      concat: ["prod", "-istio-ingress"],
      shorten: validLoadBalancerName,
    });
  });

  it("plans nothing for an NLB, which is its Service", () => {
    const facts = { cluster: clusterFacts, groups, certificates: {}, webAcls: {}, rules: [] };
    assert.deepEqual(loadBalancer.planIngressObjects(settingsOf({ ingress: nlb }), facts), []);
  });
});

describe("planWebAcls", () => {
  const limited = { ...alb, alb: { rateLimitPer5Minutes: 2000 } };

  it("plans one for each ALB with a limit, and none for an NLB", () => {
    const settings = settingsOf({
      ingress: limited,
      additionalIngresses: { inner: nlb, shop: alb },
      tags: { team: "a" },
    });
    assert.deepEqual(
      loadBalancer.planWebAcls(settings).map(({ name, limit, tags }) => [name, limit, tags]),
      [["web-acl-istio-ingress", 2000, { team: "a" }]],
    );
  });

  it("has the Ingress after it, since AWS keeps a web ACL while an ALB has it", () => {
    const facts = {
      cluster: clusterFacts,
      groups,
      certificates: {},
      webAcls: { "istio-ingress": "arn:own" },
      rules: [],
    };
    const [ingress] = loadBalancer.planIngressObjects(settingsOf({ ingress: limited }), facts);
    assert.ok(ingress?.after.includes("web-acl-istio-ingress"));
    assert.equal(ingress?.metadata.annotations?.["alb.ingress.kubernetes.io/wafv2-acl-arn"], "arn:own");
    const [plain] = loadBalancer.planIngressObjects(settingsOf({ ingress: alb }), { ...facts, webAcls: {} });
    assert.ok(!plain?.after.includes("web-acl-istio-ingress"));
  });
});

describe("planAllRecords", () => {
  const facts: loadBalancer.AddressFacts = {
    hostnames: { "istio-ingress": "lb.aws", shop: "shop.aws" },
    zones: { "istio-ingress": "Z1", shop: "Z1" },
    loadBalancerZones: { network: "ZNLB", application: "ZALB" },
  };
  const args: Args = {
    ingress: { ...nlb, hostnames, dns: { zoneId: "Z1" } },
    additionalIngresses: { shop: { ...alb, hostnames: ["b.example.com"], dns: { zoneId: "Z1" } }, bare: nlb },
  };

  it("points each ingress' names at its own load balancer, in the zone that AWS has for its kind", () => {
    assert.deepEqual(
      loadBalancer
        .planAllRecords(settingsOf(args), facts)
        .map(({ name, zoneId, target, after }) => ({ name, zoneId, target, after })),
      [
        {
          name: "a-record-a.example.com",
          zoneId: "Z1",
          target: { hostname: "lb.aws", zoneId: "ZNLB" },
          after: ["gateway-istio-ingress"],
        },
        {
          name: "a-record-b.example.com",
          zoneId: "Z1",
          target: { hostname: "shop.aws", zoneId: "ZALB" },
          after: ["gateway-shop"],
        },
      ],
    );
  });

  it("waits for the gateway that the ingress shares", () => {
    const settings = settingsOf({
      ingress: nlb,
      additionalIngresses: { shop: { ...nlb, hostnames: ["b.example.com"], dns: { zoneId: "Z1" }, ...shared } },
    });
    assert.deepEqual(loadBalancer.planAllRecords(settings, facts)[0]?.after, ["gateway-istio-ingress"]);
  });

  it("makes none where zone, load balancer's zone or gateway are not there", () => {
    const settings = settingsOf(args);
    assert.deepEqual(loadBalancer.planAllRecords(settings, { ...facts, zones: {} }), []);
    assert.deepEqual(loadBalancer.planAllRecords(settings, { ...facts, loadBalancerZones: {} }), []);
    assert.deepEqual(loadBalancer.planAllRecords({ ...settings, gateways: [] }, facts), []);
  });
});

describe("addressesOf", () => {
  it("finds each hostname in the status of the object that carries the load balancer", () => {
    assert.deepEqual(loadBalancer.addressesOf(settingsOf({ ingress: nlb, additionalIngresses: { shop: alb } })), {
      "istio-ingress": "service-istio-ingress",
      shop: "ingress-shop",
    });
  });
});
