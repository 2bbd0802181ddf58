import assert from "node:assert/strict";
import type { IstioMeshArgs, RouteArgs } from "../../../components";
import { checkRouteSupport } from "../../../components/ingress/routes/route-support-args";
import { resolveIstioMesh } from "../../../components/mesh/resolve-mesh-args";
import { placesOf, settingsOf } from "../../support/settings";

const web: RouteArgs = { host: "app.example.com", service: "web", namespace: "shop", port: 80 };
const withRoutes = (routes: readonly Partial<RouteArgs>[], more: Partial<IstioMeshArgs> = {}): IstioMeshArgs => ({
  ...{ mode: "sidecar", cluster: { name: "prod" } },
  ingress: { strategy: "nlb", routing: "gateway-api", routes: routes.map((route) => ({ ...web, ...route })) },
  ...more,
});
const found = (...args: Parameters<typeof withRoutes>) => resolveIstioMesh(withRoutes(...args));
const cors = { origins: ["https://a.example.com"] };
const retries = { attempts: 2, on: ["503", "connect-failure"] };

describe("checkRouteSupport", () => {
  it("takes everything with Istio's own API", () => {
    const ingress = {
      strategy: "nlb" as const,
      routes: [{ ...web, retries, cors, fault: { abortStatus: 503 }, rewritePath: "/x" }],
    };
    assert.deepEqual(placesOf(found([], { ingress })), []);
  });

  it("takes what the release in use has", () => {
    assert.deepEqual(placesOf(found([{ cors, timeoutSeconds: 5, path: "/a", rewritePath: "/b" }])), []);
    assert.deepEqual(placesOf(found([{ retries }], { gatewayApi: { channel: "experimental" } })), []);
    assert.deepEqual(placesOf(found([{ retries }], { gatewayApi: { version: "v1.7.0" } })), []);
    assert.deepEqual(placesOf(found([{ rewritePath: "/" }])), []);
  });

  it("refuses what only a later one has, or another channel", () => {
    const old = { istio: { version: "1.29.6" } };
    assert.deepEqual(placesOf(found([{ retries }])), ["ingress.routes[0].retries"]);
    assert.deepEqual(placesOf(found([{ cors }], old)), ["ingress.routes[0].cors"]);
    assert.deepEqual(placesOf(found([{ cors }], { ...old, gatewayApi: { channel: "experimental" } })), []);
    const redirects = { mode: "sidecar" as const, cluster: { name: "prod" }, ...old };
    const ingress = { strategy: "nlb" as const, routing: "gateway-api" as const };
    const redirect = (status: number) =>
      resolveIstioMesh({
        ...{ ...redirects, gatewayApi: { channel: "experimental" } },
        ingress: { ...ingress, routes: [{ host: "a.example.com", redirect: { host: "b.example.com", status } }] },
      });
    assert.deepEqual(placesOf(redirect(308)), ["ingress.routes[0].redirect.status"]);
    assert.deepEqual(placesOf(redirect(302)), []);
    const plain = { ...ingress, routes: [{ host: "a.example.com", redirect: { host: "b.example.com" } }] };
    assert.deepEqual(placesOf(resolveIstioMesh({ ...redirects, ingress: plain })), []);
  });

  it("warns of it where the definitions are someone else's, or of an unknown release", () => {
    const ofRoutes = ({ warnings }: { readonly warnings: readonly string[] }) =>
      warnings.filter((warning) => /routes\[0\]/.test(warning));
    const external = found([{ retries }], { gatewayApi: { crds: "external" } });
    assert.deepEqual(placesOf(external), []);
    assert.match(
      String(ofRoutes(external)[0]),
      /^ingress\.routes\[0\]\.retries needs definitions .* v1\.7\.0 on, or of the channel/,
    );
    const mirrored = found([{ cors }], { gatewayApi: { manifest: "https://mirror.example.com/crds.yaml" } });
    assert.match(String(ofRoutes(mirrored)[0]), /cors needs definitions/);
    assert.deepEqual(ofRoutes(found([{ cors }])), []);
    const old = { ...withRoutes([]), gatewayApi: { crds: "external" as const } };
    const ingress = { strategy: "nlb" as const, routing: "gateway-api" as const };
    const host = "app.example.com";
    const status = resolveIstioMesh({
      ...old,
      ingress: { ...ingress, routes: [{ host, redirect: { host: "b.example.com", status: 308 } }] },
    });
    assert.match(
      String(ofRoutes(status)[0]),
      /redirect\.status needs definitions of the Gateway API from v1\.5\.0 on\. They/,
    );
  });

  it("refuses faults, conditions that are no status codes, and another beginning of every path", () => {
    const gatewayApi = { channel: "experimental" as const };
    assert.deepEqual(placesOf(found([{ fault: { abortStatus: 503 } }])), ["ingress.routes[0].fault"]);
    assert.deepEqual(placesOf(found([{ retries: { attempts: 1, on: ["503", "5xx"] } }], { gatewayApi })), [
      "ingress.routes[0].retries.on[1]",
    ]);
    assert.deepEqual(placesOf(found([{ retries: { attempts: 1 } }], { gatewayApi })), []);
    assert.deepEqual(placesOf(found([{ rewritePath: "/v2" }])), ["ingress.routes[0].rewritePath"]);
    assert.deepEqual(placesOf(found([{ rewritePath: "/v2", path: "/", pathType: "exact" }])), []);
  });

  it("refuses more rules or matches than an HTTPRoute holds, also at an ingress of another name", () => {
    const values = Array.from({ length: 17 }, (_, index) => ({ headers: { a: String(index) } }));
    assert.deepEqual(placesOf(found(values.slice(1))), []);
    assert.deepEqual(placesOf(found(values)), ["ingress.routes"]);
    const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE"];
    const many = values.slice(1).map((value) => ({ ...web, ...value, methods }));
    const inner = { strategy: "nlb" as const, routing: "gateway-api" as const, routes: many };
    const args: IstioMeshArgs = { mode: "sidecar", cluster: { name: "prod" }, additionalIngresses: { inner } };
    assert.deepEqual(placesOf(resolveIstioMesh(args)), ["additionalIngresses.inner.routes"]);
  });

  it("warns of regular expressions that are equally long: the older object would decide", () => {
    const regex = (path: string) => ({ path, pathType: "regex" as const });
    const equals = ({ warnings }: { readonly warnings: readonly string[] }) =>
      warnings.filter((one) => /equally long/.test(one));
    assert.equal(equals(found([regex("/a.*"), regex("/.*a")])).length, 1);
    assert.deepEqual(equals(found([regex("/a.*"), regex("/.*ab"), { path: "/a.*" }])), []);
    assert.deepEqual(equals(found([regex("/a.*"), { ...regex("/.*a"), host: "b.example.com" }])), []);
    assert.deepEqual(equals(found([regex("/a.*"), { ...regex("/a.*"), methods: ["GET"] }])), []);
  });

  it("reads the routes of an ingress that has none as none", () => {
    const args: IstioMeshArgs = { mode: "ambient", cluster: { name: "prod" }, ingress: { strategy: "nlb" } };
    assert.deepEqual(checkRouteSupport({ ...settingsOf(args), args, wanted: "v1.6.0" }), {
      problems: [],
      warnings: [],
    });
  });
});
