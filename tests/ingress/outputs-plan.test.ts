import assert from "node:assert/strict";
import type { IngressArgs, IstioMeshArgs } from "../../components";
import { type CreatedLoadBalancers, planOutputs } from "../../components/ingress/outputs-plan";
import { arn, settingsOf } from "../support/settings";

const created: CreatedLoadBalancers = {
  hostnames: { "istio-ingress": "lb.example.aws", shop: "shop.example.aws" },
  groups: { "istio-ingress": "sg-1", shop: "sg-2" },
  certificates: { "istio-ingress": arn },
  zones: {},
  loadBalancerZones: {},
};
const plan = (args: Partial<IstioMeshArgs> = {}, known = created) => planOutputs(settingsOf(args), known);
const urlOf = (ingress: Partial<IngressArgs>) => {
  const [first] = plan({ ingress: { strategy: "nlb", ...ingress } }).ingresses;
  assert.ok(first);
  return first.url.concat.map(String).join("");
};

describe("planOutputs", () => {
  it("reports the control plane, and how to enrol a namespace", () => {
    const { ingresses, ...rest } = plan({ istio: { revision: "a", namespace: "mesh", version: "1.30.4" } });
    assert.deepEqual(ingresses, []);
    assert.deepEqual(rest, {
      namespace: "mesh",
      version: "1.30.4",
      revision: "a",
      enrolmentLabels: { "istio.io/rev": "a" },
    });
    assert.deepEqual(plan({ mode: "ambient" }).enrolmentLabels, { "istio.io/dataplane-mode": "ambient" });
  });

  it("reports each ingress, `ingress` first", () => {
    const { ingresses } = plan({
      additionalIngresses: { shop: { strategy: "nlb", gateway: { namespace: "edge" } } },
      ingress: { strategy: "nlb" },
    });
    assert.deepEqual(
      ingresses.map(({ name, namespace, hostname, securityGroupId, certificateArn }) => [
        ...[name, namespace, hostname, securityGroupId, certificateArn],
      ]),
      [
        ["istio-ingress", "istio-ingress", "lb.example.aws", "sg-1", arn],
        ["shop", "edge", "shop.example.aws", "sg-2", undefined],
      ],
    );
  });

  it("gives the load balancer's own name as address where no hostname leads to it", () => {
    assert.equal(urlOf({}), "http://lb.example.aws");
    assert.equal(urlOf({ hostnames: ["*.example.com"] }), "http://lb.example.aws");
  });

  it("gives the first hostname that can be typed", () => {
    assert.equal(urlOf({ hostnames: ["*.example.com", "app.example.com", "b.example.com"] }), "http://app.example.com");
  });

  it("gives https where TLS ends anywhere, at the load balancer or in the gateway", () => {
    assert.equal(urlOf({ tls: { certificateArn: arn } }), "https://lb.example.aws");
    assert.equal(urlOf({ tls: { secretName: "shop-tls" } }), "https://lb.example.aws");
  });

  it("reports nothing of an ingress that was not made", () => {
    const args: Partial<IstioMeshArgs> = { ingress: { strategy: "nlb" } };
    assert.deepEqual(plan(args, { ...created, hostnames: {} }).ingresses, []);
    assert.deepEqual(plan(args, { ...created, groups: {} }).ingresses, []);
    const settings = settingsOf(args);
    assert.deepEqual(planOutputs({ ...settings, gateways: [] }, created).ingresses, []);
  });
});
