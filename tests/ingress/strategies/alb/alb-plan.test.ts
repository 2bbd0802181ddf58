import assert from "node:assert/strict";
import { albStrategy } from "../../../../components/ingress/strategies/alb/alb-plan";
import type { IngressContext } from "../../../../components/plan/ingress";
import type { AlbSettings } from "../../../../components/plan/ingress-settings";
import { alb, context, gateway, ingress } from "../../../support/settings";

const facts = { clusterName: "prod", securityGroupId: "sg-1", certificateArn: undefined, webAclArn: undefined };
const sharedPorts = [
  { name: "http2", port: 80 },
  { name: "status-port", port: 15021 },
] as const;
const shop = ingress({ name: "shop", gateway: "shop", service: "shop", strategy: alb() });
const edge = gateway({ name: "shop", namespace: "edge", selector: { app: "shop", istio: "shop" } });

const services = (changes: Partial<IngressContext> = {}) =>
  albStrategy.planService(context({ ingress: shop, gateway: edge, sharedPorts, ...changes }), alb(), facts);

function objects(changes: Partial<IngressContext> = {}, settings: Partial<AlbSettings> = {}) {
  const plans = albStrategy.planIngressObjects(
    context({ ingress: shop, gateway: edge, after: ["namespace-edge"], ...changes }),
    alb(settings),
    facts,
  );
  const find = (kind: string) => {
    const found = plans.find((plan) => plan.kind === kind);
    assert.ok(found, `no ${kind}`);
    return { ...found, spec: found.body["spec"] as Readonly<Record<string, unknown>> };
  };
  return { plans, find };
}

const dns = {
  zone: { kind: "look-up", name: "example.com", privateZone: false },
  createRecords: true,
  evaluateTargetHealth: true,
  ...{ validationZone: undefined, roleArn: undefined },
} as const;

describe("albStrategy with records of the component's own", () => {
  it("keeps ExternalDNS away from the Ingress, whose hosts it would read, and from the Service", () => {
    const ingress = { ...shop, dns };
    for (const object of [...services({ ingress }), objects({ ingress }).find("Ingress")]) {
      assert.equal(object.metadata.annotations?.["external-dns.kubernetes.io/controller"], "istio-eks", object.kind);
    }
  });
});

describe("albStrategy", () => {
  it("is what AWS calls an application load balancer", () => assert.equal(albStrategy.loadBalancerType, "application"));

  it("carries its address in the Ingress, by its kind", () => {
    const { apiVersion, kind } = objects().find("Ingress");
    const address = { logicalName: "ingress-shop", apiVersion, kind, plural: "ingresses", name: "shop" };
    assert.deepEqual(albStrategy.planAddress(shop), address);
  });

  it("reaches the gateway by node ports", () => assert.equal(albStrategy.planTargetRoute(alb()), "node-ports"));

  it("reports listeners, servers and ports", () => {
    assert.equal(albStrategy.planListeners(shop, alb()).length, 1);
    assert.equal(albStrategy.planServers(shop, alb()).length, 1);
    assert.equal(albStrategy.planTargetPorts(alb()).length, 2);
  });
});

describe("albStrategy.planService", () => {
  it("opens the gateway's ports on every node, without any annotation of an NLB: that would make one", () => {
    assert.deepEqual(services({ after: ["namespace-edge"] }), [
      {
        name: "service-shop",
        after: ["namespace-edge"],
        apiVersion: "v1",
        kind: "Service",
        metadata: {
          name: "shop",
          namespace: "edge",
          annotations: { "pulumi.com/waitFor": "jsonpath={.spec.clusterIP}" },
        },
        body: {
          spec: {
            type: "NodePort",
            selector: { app: "shop", istio: "shop" },
            ports: [
              { name: "http2", port: 80, targetPort: 80, protocol: "TCP" },
              { name: "status-port", port: 15021, targetPort: 15021, protocol: "TCP" },
            ],
          },
        },
      },
    ]);
  });

  it("is made once for the ALBs that share it", () => {
    assert.deepEqual(services({ ingress: ingress({ ...shop, name: "addons" }) }), []);
  });
});

describe("albStrategy.planIngressObjects", () => {
  it("plans one Ingress in the pods' namespace, since its backends must lie there, after the Service", () => {
    const { name, after, apiVersion, metadata, timeoutMinutes, replaceOnChanges } = objects().find("Ingress");
    assert.deepEqual(
      { name, after, apiVersion, timeoutMinutes },
      {
        name: "ingress-shop",
        after: ["namespace-edge", "service-shop"],
        apiVersion: "networking.k8s.io/v1",
        timeoutMinutes: 15,
      },
    );
    assert.deepEqual([metadata.name, metadata.namespace], ["shop", "edge"]);
    const other = ["scheme", "group.name"].map((name) => `metadata.annotations["alb.ingress.kubernetes.io/${name}"]`);
    assert.deepEqual(replaceOnChanges, [...other, "spec.ingressClassName"], "AWS makes another load balancer");
    assert.equal(metadata.annotations?.["alb.ingress.kubernetes.io/target-type"], "instance");
  });

  it("forwards everything to the gateway where no hostname is named", () => {
    const { spec } = objects().find("Ingress");
    assert.deepEqual(spec, {
      ingressClassName: "alb",
      defaultBackend: { service: { name: "shop", port: { name: "http2" } } },
    });
  });

  it("forwards only the hostnames that are named, so that two ALBs before one gateway lead to different hosts", () => {
    const hostnames = ["a.example.com", "*.b.example.com"];
    const { spec } = objects({ ingress: { ...shop, hostnames } }).find("Ingress");
    const backend = { service: { name: "shop", port: { name: "http2" } } };
    assert.ok(!("defaultBackend" in spec));
    assert.deepEqual(
      spec["rules"],
      hostnames.map((host) => ({ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } })),
    );
  });

  it("leads to the port with TLS where the ALB encrypts anew", () => {
    const { spec } = objects({}, { backendProtocol: "HTTPS" }).find("Ingress");
    assert.deepEqual(spec["defaultBackend"], { service: { name: "shop", port: { name: "https" } } });
  });

  it("leads to the Service that it shares", () => {
    const { spec, after } = objects({ ingress: { ...shop, name: "addons" } }).find("Ingress");
    assert.deepEqual(spec["defaultBackend"], { service: { name: "shop", port: { name: "http2" } } });
    assert.ok(after.includes("service-shop"));
  });

  it("leaves the IngressClass to the AWS Load Balancer Controller's chart", () => {
    assert.deepEqual(
      objects().plans.map(({ kind }) => kind),
      ["Ingress"],
    );
  });

  describe("with EKS Auto Mode", () => {
    const auto = { controller: "eks-auto-mode" } as const;

    it("makes the IngressClass and its parameters, which Auto Mode does not bring", () => {
      const { find } = objects(auto);
      const [parameters, ingressClass] = [find("IngressClassParams"), find("IngressClass")];
      assert.deepEqual(
        [parameters.name, parameters.after, parameters.apiVersion, parameters.metadata, parameters.spec],
        ["ingressclassparams-shop", [], "eks.amazonaws.com/v1", { name: "shop-alb" }, {}],
      );
      assert.deepEqual(
        [ingressClass.name, ingressClass.after, ingressClass.apiVersion, ingressClass.metadata],
        ["ingressclass-shop", ["ingressclassparams-shop"], "networking.k8s.io/v1", { name: "shop-alb" }],
      );
      assert.deepEqual(ingressClass.spec, {
        controller: "eks.amazonaws.com/alb",
        parameters: { apiGroup: "eks.amazonaws.com", kind: "IngressClassParams", name: "shop-alb" },
      });
    });

    it("names the group in the class' parameters, the only place where Auto Mode reads it", () => {
      assert.deepEqual(objects(auto, { groupName: "shops" }).find("IngressClassParams").spec, {
        group: { name: "shops" },
      });
    });

    it("makes the Ingress of that class, after it", () => {
      const { spec, after } = objects(auto).find("Ingress");
      assert.equal(spec["ingressClassName"], "shop-alb");
      assert.deepEqual(after, ["namespace-edge", "service-shop", "ingressclass-shop"]);
    });
  });
});
