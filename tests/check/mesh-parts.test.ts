import assert from "node:assert/strict";
import { answered } from "../../cli/check/facts";
import { apiGatewaysOf, isInstalled, loadBalancersOf, releasesOf, zoneAccounts } from "../../cli/check/mesh-parts";
import type { Mode } from "../../components";
import { no, object, settingsOf, situationOf } from "../support/situation";

const namesOf = (args: object) => releasesOf(settingsOf(args)).map(({ name, namespace }) => `${namespace}/${name}`);

describe("releasesOf", () => {
  it("names the releases of control plane, agents and gateways", () => {
    assert.deepEqual(namesOf({ mode: "ambient", ingress: { strategy: "nlb", routing: "istio" } }), [
      "istio-system/istio-base",
      "istio-system/istiod",
      "istio-system/istio-cni",
      "istio-system/ztunnel",
      "istio-ingress/istio-ingress",
    ]);
  });

  it("names that of the egress gateway and that of the collector of traces", () => {
    const names = namesOf({
      egress: { gateway: true, hosts: ["example.org"] },
      telemetry: { tracing: { provider: "xray" } },
    });
    assert.ok(
      names.some((name) => name.includes("egress")),
      String(names),
    );
    assert.ok(
      names.some((name) => /collector|opentelemetry|xray/.test(name)),
      String(names),
    );
  });

  it("names none where someone else runs Istio", () => {
    assert.deepEqual(namesOf({ istio: { profile: "empty" } }), []);
  });
});

const manyClusters = {
  security: { certificateAuthority: { secretName: "cacerts" } },
  multiCluster: { meshId: "production", eastWest: { allowedCidrs: ["10.1.0.0/16"], gateway: { namespace: "edge" } } },
};

describe("loadBalancersOf", () => {
  const found = (args: object) =>
    loadBalancersOf(settingsOf(args)).map(({ ingress, namespace, where }) => [ingress.name, namespace, where]);

  it("has those of ingresses, and that of the east-west gateway", () => {
    assert.deepEqual(found({}), [["istio-ingress", "istio-ingress", "ingress istio-ingress"]]);
    assert.deepEqual(found(manyClusters), [
      ["istio-ingress", "istio-ingress", "ingress istio-ingress"],
      ["istio-eastwestgateway", "edge", "east-west gateway"],
    ]);
  });

  it("has a release of the chart beside it", () => {
    assert.ok(namesOf(manyClusters).includes("edge/istio-eastwestgateway"));
  });
});

describe("apiGatewaysOf", () => {
  it("names load balancers and waypoints that istiod makes", () => {
    assert.deepEqual(apiGatewaysOf(settingsOf({ mode: "ambient", namespaces: { shop: { waypoint: true } } })), [
      { name: "istio-ingress", namespace: "istio-ingress" },
      { name: "waypoint", namespace: "shop" },
    ]);
    assert.deepEqual(apiGatewaysOf(settingsOf()), []);
  });

  it("names the east-west gateway of ambient mode, and not that of a chart", () => {
    const names = (mode: Mode) => apiGatewaysOf(settingsOf({ ...manyClusters, mode })).map(({ name }) => name);
    assert.deepEqual(names("ambient"), ["istio-ingress", "istio-eastwestgateway"]);
    assert.deepEqual(names("sidecar"), []);
  });
});

describe("isInstalled", () => {
  const checked = (kubernetes: object, installed = false) => isInstalled(situationOf({ kubernetes, installed }).facts);

  it("is so where a release or a load balancer is", () => {
    const there = { "istio-ingress": { object: object("Service", { name: "istio-ingress" }), complaint: undefined } };
    assert.deepEqual(checked({}), answered(false));
    assert.deepEqual(checked({}, true), answered(true));
    assert.deepEqual(checked({ addressObjects: answered(there) }), answered(true));
  });

  it("is unknown where one of the two is", () => {
    const refusal = no("cluster", "late");
    assert.equal(checked({ addressObjects: refusal }), refusal);
    assert.equal(checked({ releases: refusal }), refusal);
  });
});

describe("zoneAccounts", () => {
  const [one, other] = ["arn:aws:iam::210987654321:role/one", "arn:aws:iam::210987654321:role/other"];
  const ingress = (name: string, role?: unknown) => ({
    ...{ strategy: "nlb", hostnames: [`${name}.example.com`] },
    dns: { zoneName: "example.com", ...(role === undefined ? {} : { roleArn: role }) },
  });

  it("are none without zones", () => {
    assert.deepEqual(zoneAccounts(settingsOf()), { ownZones: false, dnsRoles: [] });
  });

  it("are the stack's own, and each role that can be read once", () => {
    const roles = { a: ingress("a", one), b: ingress("b", one), c: ingress("c", other) };
    const additionalIngresses = { ...roles, d: ingress("d", Promise.resolve(other)) };
    const own = settingsOf({ ingress: ingress("app"), additionalIngresses });
    assert.deepEqual(zoneAccounts(own), { ownZones: true, dnsRoles: [one, other] });
    const inRole = settingsOf({ ingress: ingress("app", one) });
    assert.deepEqual(zoneAccounts(inRole), { ownZones: false, dnsRoles: [one] });
  });
});
