import assert from "node:assert/strict";
import type { IngressArgs, IstioMeshArgs } from "../../../components";
import { planRoutes } from "../../../components/ingress/routes/routes-plan";
import { memberAt } from "../../support/recorded";
import { settingsOf, tlsInGateway } from "../../support/settings";

const route = { host: "app.example.com", service: "web", namespace: "shop", port: 80 };
const ingress: IngressArgs = { strategy: "nlb", hostnames: ["app.example.com"], routes: [route] };
const plan = (args: Partial<IstioMeshArgs>) => planRoutes(settingsOf(args));

describe("planRoutes", () => {
  it("plans nothing for an ingress without routes, or a mesh without ingress", () => {
    assert.deepEqual(plan({}), []);
    assert.deepEqual(plan({ ingress: { strategy: "nlb" } }), []);
  });

  it("plans VirtualServices behind the ingress' own Istio Gateway, in the gateway's namespace", () => {
    const [object] = plan({ ingress: { ...ingress, gateway: { namespace: "edge" } } });
    assert.deepEqual(
      [object?.kind, object?.metadata.namespace, object?.after],
      ["VirtualService", "edge", ["istio-gateway-istio-ingress"]],
    );
    assert.deepEqual(memberAt(object, "body.spec.gateways"), ["edge/istio-ingress"]);
  });

  it("keeps ExternalDNS away from them in both routings where the component makes the records", () => {
    for (const routing of ["istio", "gateway-api"] as const) {
      const annotationsOf = (dns?: IngressArgs["dns"]) =>
        plan({ ingress: { ...ingress, routing, ...(dns && { dns }) } }).map(({ metadata }) => metadata.annotations);
      assert.deepEqual(annotationsOf({ zoneId: "Z0123456789" }), [
        {
          "external-dns.alpha.kubernetes.io/controller": "istio-eks",
          "external-dns.kubernetes.io/controller": "istio-eks",
        },
      ]);
      assert.deepEqual(annotationsOf(), [undefined]);
    }
  });

  it("plans them where someone else runs the gateway, too", () => {
    const [object] = plan({ istio: { profile: "empty" }, ingress });
    assert.deepEqual(object?.after, ["istio-gateway-istio-ingress"]);
  });

  it("plans HTTPRoutes behind the Gateway, after the Service's namespace if that is ours", () => {
    const after = (namespaces: IstioMeshArgs["namespaces"]) =>
      plan({ ingress: { ...ingress, routing: "gateway-api" }, ...(namespaces && { namespaces }) })[0]?.after;
    assert.deepEqual(after({ shop: {} }), ["gateway-istio-ingress", "namespace-shop"]);
    assert.deepEqual(after({ shop: { create: false } }), ["gateway-istio-ingress"]);
    assert.deepEqual(after(undefined), ["gateway-istio-ingress"]);
  });

  it("attaches them to the listeners that serve, and not to the one that redirects", () => {
    const { secretName } = tlsInGateway;
    const [object] = plan({ ingress: { ...ingress, routing: "gateway-api", tls: { secretName: String(secretName) } } });
    assert.deepEqual(memberAt(object, "body.spec.parentRefs"), [
      { name: "istio-ingress", namespace: "istio-ingress", sectionName: "https-app.example.com" },
    ]);
  });

  it("leads from a gateway that is shared by its owner's name, and by the listeners that both make together", () => {
    const objects = plan({
      ingress: { ...ingress, routing: "gateway-api" },
      additionalIngresses: {
        inner: {
          ...{ strategy: "alb", routing: "gateway-api", gateway: { shareWith: "istio-ingress" } },
          routes: [{ ...route, host: "inner.example.com" }],
        },
      },
    });
    assert.deepEqual(
      objects.map(({ name }) => name),
      ["route-istio-ingress/app.example.com/", "route-inner/inner.example.com/"],
    );
    for (const object of objects) {
      assert.deepEqual(memberAt(object, "body.spec.parentRefs"), [
        { name: "istio-ingress", namespace: "istio-ingress", sectionName: "http" },
      ]);
    }
  });
});
