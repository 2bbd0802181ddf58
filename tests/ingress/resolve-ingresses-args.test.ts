import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { IngressArgs } from "../../components/ingress/ingress-args";
import { type IngressesArgs, mainIngress, resolveIngresses } from "../../components/ingress/resolve-ingresses-args";
import { arn, clusterSettings, onlyProblem, placesOf } from "../support/settings";

const nlb: IngressArgs = { strategy: "nlb" };
const alb: IngressArgs = { strategy: "alb" };
const tls = { certificateArn: arn };
const shared = (args: IngressArgs): IngressArgs => ({ ...args, gateway: { shareWith: "istio-ingress" } });

function resolve(args: Partial<IngressesArgs>) {
  return resolveIngresses(
    { ingress: undefined, additionalIngresses: {}, ...args },
    {
      cluster: clusterSettings(),
      controller: "aws-load-balancer-controller",
      defaultRouting: "istio",
      topologies: [],
      profile: "default",
    },
  );
}
const beside = (ingress: IngressArgs, shop: IngressArgs) => resolve({ ingress, additionalIngresses: { shop } });

describe("listeners of a Gateway of the Gateway API", () => {
  it("are counted over all ingresses before it", () => {
    const hostnames = (from: string) => Array.from({ length: 40 }, (_, at) => `${from}${at}.example.com`);
    const api = { ...nlb, routing: "gateway-api" as const };
    const found = beside({ ...api, hostnames: hostnames("a") }, shared({ ...api, hostnames: hostnames("b") }));
    assert.deepEqual(placesOf(found), ["additionalIngresses.shop.hostnames"]);
  });
});

describe("mainIngress", () => {
  it("is the name under which the ingress' release and Service are found in the cluster", () => {
    assert.equal(mainIngress, "istio-ingress");
  });
});

describe("resolveIngresses", () => {
  it("resolves none where none is wanted", () => {
    assert.deepEqual(resolve({}), { settings: { ingresses: [], gateways: [] }, problems: [], warnings: [] });
  });

  it("puts `ingress` first, and gives each a gateway of its own", () => {
    const { ingresses, gateways } = beside(nlb, alb).settings;
    assert.deepEqual(
      ingresses.map(({ name, gateway, service }) => [name, gateway, service]),
      [
        ["istio-ingress", "istio-ingress", "istio-ingress"],
        ["shop", "shop", "shop"],
      ],
    );
    assert.deepEqual(
      gateways.map(({ name }) => name),
      ["istio-ingress", "shop"],
    );
  });

  it("leads an ingress to the pods that it shares, ALBs by the same NodePort Service", () => {
    const service = (ingress: IngressArgs, shop: IngressArgs) => {
      const { ingresses, gateways } = beside(ingress, shared(shop)).settings;
      assert.deepEqual([ingresses[1]?.gateway, gateways.length], ["istio-ingress", 1]);
      return ingresses[1]?.service;
    };
    assert.equal(service(alb, alb), "istio-ingress");
    assert.equal(service(nlb, nlb), "shop");
    assert.equal(service(nlb, alb), "shop");
    assert.equal(service(alb, nlb), "shop");
  });

  it("reports the problems and warnings of each ingress and gateway, at its own path", () => {
    const { problems, warnings } = beside({ ...nlb, dns: {} }, { ...alb, gateway: { minReplicas: 9, maxReplicas: 1 } });
    assert.deepEqual(placesOf({ problems }), [
      "ingress.dns",
      "ingress.dns",
      "additionalIngresses.shop.gateway.minReplicas",
    ]);
    assert.match(warnings.join(), /^ingress: port 443 is passed through/);
    assert.match(
      beside(nlb, { ...nlb, gateway: { minReplicas: 1 } }).warnings.join(),
      /"shop" may run on a single pod/,
    );
  });

  describe("names", () => {
    const places = (name: string, ingress?: IngressArgs) =>
      placesOf(resolve({ ingress, additionalIngresses: { [name]: nlb } }));

    it("are not those of Istio's own releases: Helm would upgrade one into the other", () => {
      for (const name of ["istio-base", "istiod", "istiod-1-31-1", "istio-cni", "ztunnel", "istio-egressgateway"]) {
        assert.deepEqual(places(name), [`additionalIngresses.${name}`]);
      }
      for (const name of ["shop", "istio-ingressgateway", "istiod2", "my-istiod", "ztunnels"])
        assert.deepEqual(places(name), []);
    });

    it("are not that of `ingress`, if there is one", () => {
      assert.deepEqual(places("istio-ingress"), []);
      assert.ok(places("istio-ingress", nlb).includes("additionalIngresses.istio-ingress"));
    });
  });

  describe("load balancers beside each other", () => {
    it("have names of their own, NLBs and ALBs together: AWS tells them apart by it", () => {
      const named = { nlb: { name: "edge" } };
      const { path, given } = onlyProblem(beside({ ...nlb, ...named }, { ...nlb, ...named }));
      assert.deepEqual([path, given], ["additionalIngresses.shop.nlb.name", '"edge"']);
      assert.deepEqual(placesOf(beside({ ...nlb, ...named }, { ...alb, alb: { name: "edge" } })), [
        "additionalIngresses.shop.alb.name",
      ]);
      assert.deepEqual(placesOf(beside({ ...nlb, ...named }, { ...alb, alb: { name: "edge-2" } })), []);
      assert.deepEqual(placesOf(beside(nlb, nlb)), []);
    });

    it("may not get one name by a group that is called like another ingress", () => {
      const additionalIngresses = { shop: alb, other: { ...alb, alb: { groupName: "shop" } } };
      const { path, given } = onlyProblem(resolve({ additionalIngresses }));
      assert.deepEqual([path, given], ["additionalIngresses.other.alb.name", '"prod-shop"']);
    });

    it("are not in one group: each has a security group of its own, and the controller wants one per ALB", () => {
      const group = { ...alb, alb: { groupName: "shops" } };
      const { path, given } = onlyProblem(beside(group, group));
      assert.deepEqual([path, given], ["additionalIngresses.shop.alb.groupName", '"shops"']);
      assert.deepEqual(placesOf(beside(group, { ...alb, alb: { groupName: "others" } })), []);
      assert.deepEqual(placesOf(beside(group, alb)), []);
      assert.deepEqual(placesOf(beside(nlb, group)), []);
    });
  });

  describe("records", () => {
    const named = (
      dns: NonNullable<IngressArgs["dns"]>,
      hostnames = ["a.example.com", "b.example.com"],
    ): IngressArgs => ({
      ...nlb,
      hostnames,
      dns,
    });

    it("exist once per name and zone: Route 53 would refuse the second", () => {
      const zone = { zoneName: "example.com" };
      assert.deepEqual(placesOf(beside(named(zone), named(zone, ["c.example.com", "b.example.com"]))), [
        "additionalIngresses.shop.hostnames[1]",
      ]);
      assert.deepEqual(placesOf(beside(named({ zoneId: "Z1" }), named({ zoneId: "Z1" }, ["b.example.com"]))).length, 1);
    });

    it("may have one name in a public and a private zone, or in two zones", () => {
      const zone = { zoneName: "example.com" };
      assert.deepEqual(placesOf(beside(named(zone), named({ ...zone, privateZone: true }))), []);
      assert.deepEqual(placesOf(beside(named({ zoneId: "Z1" }), named({ zoneId: "Z2" }))), []);
    });

    it("do not count where they are not made, nor where nobody knows the zone yet", () => {
      const zone = { zoneName: "example.com" };
      assert.deepEqual(placesOf(beside(named(zone), named({ ...zone, createRecords: false }))), []);
      assert.deepEqual(placesOf(beside(named(zone), { ...nlb, hostnames: ["a.example.com"] })), []);
      const deferred = { zoneId: pulumi.output("Z1") };
      assert.deepEqual(placesOf(beside(named(deferred), named(deferred))), []);
    });
  });

  describe("pods that serve two ingresses", () => {
    const wants = (ingress: IngressArgs, shop: IngressArgs) => onlyProblem(beside(ingress, shared(shop)));

    it("cannot redirect a host and serve it on the same port", () => {
      const { path, given, allowed } = wants({ ...nlb, tls }, nlb);
      assert.deepEqual([path, given], ["additionalIngresses.shop.gateway.shareWith", '"istio-ingress"']);
      assert.match(allowed, /on port 80 "istio-ingress" wants a redirect to HTTPS, this one plain HTTP$/);
    });

    it("cannot end TLS of one host with two certificates, nor speak plainly and encrypted on one port", () => {
      const secret = (secretName: string): IngressArgs => ({ ...nlb, tls: { secretName } });
      assert.match(
        wants(secret("a-tls"), secret("b-tls")).allowed,
        /on port 443 "istio-ingress" wants TLS with "a-tls", this one TLS with "b-tls"$/,
      );
      assert.match(
        wants({ ...nlb, tls, hostnames: ["a.example.com"] }, { ...secret("b-tls"), hostnames: ["b.example.com"] })
          .allowed,
        /on port 443 "istio-ingress" wants plain HTTP, this one TLS with "b-tls"$/,
      );
    });

    it("can do different things with different hosts", () => {
      const secret = (secretName: string, host: string): IngressArgs => ({
        ...nlb,
        tls: { secretName },
        hostnames: [host],
      });
      const places = placesOf(beside(secret("a-tls", "a.example.com"), shared(secret("b-tls", "b.example.com"))));
      assert.deepEqual(places, []);
      assert.deepEqual(placesOf(beside(secret("a-tls", "a.example.com"), shared(secret("b-tls", "a.example.com")))), [
        "additionalIngresses.shop.gateway.shareWith",
      ]);
    });

    it("can do the same for both, and each for itself where they are not shared", () => {
      assert.deepEqual(placesOf(beside({ ...nlb, tls }, shared({ ...nlb, tls }))), []);
      assert.deepEqual(placesOf(beside({ ...nlb, tls }, nlb)), []);
    });

    it("can serve an ALB that redirects by itself beside another ALB", () => {
      const one = { ...alb, hostnames: ["a.example.com"], tls };
      assert.deepEqual(placesOf(beside(one, shared({ ...alb, hostnames: ["b.example.com"] }))), []);
    });
  });
});
