import assert from "node:assert/strict";
import { planHttpRule } from "../../../components/ingress/routes/virtual-service-rule";
import { anyRequest, plainPolicy, route } from "../../support/settings";

describe("planHttpRule", () => {
  it("is a destination alone where nothing else is said", () => {
    const destination = { host: "web.shop.svc.cluster.local", port: { number: 8080 } };
    assert.deepEqual(planHttpRule(route()), { route: [{ destination, weight: 100 }] });
  });

  it("is a match, an answer and nothing else for a redirect", () => {
    const redirect = { host: "b.example.com", path: undefined, status: 301, scheme: undefined };
    const match = { ...anyRequest, methods: ["GET"] };
    assert.deepEqual(planHttpRule(route({ match, destinations: [], policy: { ...plainPolicy, redirect } })), {
      match: [{ method: { exact: "GET" } }],
      redirect: { authority: "b.example.com", redirectCode: 301 },
    });
  });
});
