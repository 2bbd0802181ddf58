import assert from "node:assert/strict";
import fc from "fast-check";
import { planHttpRoutes } from "../../../components/ingress/routes/http-route-plan";
import {
  byPath,
  isUnconditional,
  mostSpecificFirst,
  type OrderedRoute,
  takesAllOf,
  takesPath,
} from "../../../components/ingress/routes/route-order";
import { planVirtualServices } from "../../../components/ingress/routes/virtual-service-plan";
import { memberAt } from "../../support/recorded";
import { anyRequest, route } from "../../support/settings";

const of = (path: string, match: Partial<OrderedRoute["match"]> = {}): OrderedRoute => ({
  ...{ host: "a.example.com", path, match: { ...anyRequest, ...match } },
});
const names = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.constantFrom("1", "2"), { noNullPrototype: true });
const anyRoute = fc
  .record({
    path: fc.constantFrom("/", "/a", "/b", "/a/b", "/a/bc"),
    pathType: fc.constantFrom("prefix" as const, "exact" as const, "regex" as const),
    methods: fc.subarray(["DELETE", "GET", "POST"]),
    headers: names,
    queryParams: names,
  })
  .map(({ path, ...match }) => of(path, match));
const different = fc.uniqueArray(anyRoute, { selector: (one) => JSON.stringify(one), maxLength: 12 });

/** The order of Istio's sortHTTPRoutes, written down from its source: negative where the first goes first. */
function istiosOrder(one: OrderedRoute, other: OrderedRoute): number {
  const rank = ({ match }: OrderedRoute) => ["regex", "prefix", "exact"].indexOf(match.pathType);
  const size = (map: object) => Object.keys(map).length;
  if (rank(one) !== rank(other)) return rank(other) - rank(one);
  if (one.path.length !== other.path.length) return other.path.length - one.path.length;
  const [method, otherMethod] = [one.match.methods.length > 0, other.match.methods.length > 0];
  if (method !== otherMethod) return method ? -1 : 1;
  if (size(one.match.headers) !== size(other.match.headers)) return size(other.match.headers) - size(one.match.headers);
  return size(other.match.queryParams) - size(one.match.queryParams);
}

describe("mostSpecificFirst", () => {
  it("is one order, whatever order the routes are written in", () => {
    fc.assert(
      fc.property(different, fc.nat(), (routes, turn) => {
        const turned = [...routes.slice(turn % 12), ...routes.slice(0, turn % 12)].reverse();
        assert.deepEqual(mostSpecificFirst(turned), mostSpecificFirst(routes));
      }),
    );
  });

  it("never goes against the order in which Istio puts the rules of HTTPRoutes", () => {
    fc.assert(
      fc.property(different, (routes) => {
        const ordered = mostSpecificFirst(routes);
        ordered.forEach((one, index) => {
          for (const later of ordered.slice(index + 1)) assert.ok(istiosOrder(one, later) <= 0);
        });
      }),
    );
  });

  it("is that of the rules in both routings", () => {
    fc.assert(
      fc.property(different, (routes) => {
        const settings = routes.map((one, index) =>
          route({ ...one, destinations: [{ service: `s${index}`, namespace: "shop", port: 80, weight: 100 }] }),
        );
        const after: readonly string[] = [];
        const [service] = planVirtualServices({ ingress: "i", namespace: "edge", routes: settings, after });
        const objects = planHttpRoutes({
          ...{ ingress: "i", gateway: { name: "g", namespace: "edge" }, routes: settings },
          ...{ listenersOf: () => ["http"], after: () => [] },
        });
        const http = (settings.length === 0 ? [] : memberAt(service, "body.spec.http")) as readonly object[];
        const order = http.map((rule) => String(memberAt(rule, "route.0.destination.host")).replace(/\..*/, ""));
        for (const object of objects) {
          const rules = memberAt(object, "body.spec.rules") as readonly object[];
          const inObject = rules.map((rule) => String(memberAt(rule, "backendRefs.0.name")));
          assert.deepEqual(
            inObject,
            order.filter((name) => inObject.includes(name)),
          );
        }
      }),
    );
  });

  it("puts fewer methods first, so that both routes get requests", () => {
    const [first] = mostSpecificFirst([of("/", { methods: ["GET", "POST"] }), of("/", { methods: ["POST"] })]);
    assert.deepEqual(first?.match.methods, ["POST"]);
  });
});

describe("takesAllOf", () => {
  it("is about paths: the same one, and what is below a prefix", () => {
    const exact = { pathType: "exact" } as const;
    const regex = { pathType: "regex" } as const;
    const pairs = [
      [of("/a"), of("/a")],
      [of("/a"), of("/a/b", exact)],
      [of("/"), of("/.*", regex)],
      [of("/a"), of("/a/[0-9]", regex)],
      [of("/a"), of("/ab", exact)],
      [of("/a"), of("/a[0-9]", regex)],
      [of("/a", exact), of("/a")],
      [of("/a", exact), of("/a", exact)],
    ] as const;
    assert.deepEqual(
      pairs.map(([one, other]) => takesAllOf(one, other)),
      [true, true, true, true, false, false, false, true],
    );
  });

  it("is about headers and query parameters: those of the one are among those of the other", () => {
    const a = { headers: { a: "1" } };
    assert.equal(takesAllOf(of("/"), of("/", a)), true);
    assert.equal(takesAllOf(of("/", a), of("/")), false);
    assert.equal(takesAllOf(of("/", a), of("/", { headers: { a: "2" } })), false);
    assert.equal(takesAllOf(of("/", { queryParams: { a: "1" } }), of("/", a)), false);
  });
});

describe("takesPath and isUnconditional", () => {
  it("know the paths of each type", () => {
    const types = ["prefix", "exact", "regex"] as const;
    const taken = (requested: string) => types.map((pathType) => takesPath(of("/a", { pathType }), requested));
    assert.deepEqual(
      [taken("/a"), taken("/a/b"), taken("/ab")],
      [
        [true, true, true],
        [true, false, false],
        [false, false, false],
      ],
    );
  });

  it("know what takes any request", () => {
    const some = [{}, { methods: ["GET"] }, { headers: { a: "1" } }, { queryParams: { a: "1" } }];
    assert.deepEqual(
      some.map((match) => isUnconditional(of("/", match))),
      [true, false, false, false],
    );
  });
});

describe("byPath", () => {
  it("groups routes of one host and path, in the order in which each is first written", () => {
    const beta = of("/a", { methods: ["GET"] });
    const other = { ...of("/a"), host: "b.example.com" };
    assert.deepEqual(byPath([of("/a"), of("/b"), other, beta]), [
      { host: "a.example.com", path: "/a", routes: [of("/a"), beta] },
      { host: "a.example.com", path: "/b", routes: [of("/b")] },
      { host: "b.example.com", path: "/a", routes: [other] },
    ]);
  });
});
