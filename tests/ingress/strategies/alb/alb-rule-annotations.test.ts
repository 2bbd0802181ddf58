import assert from "node:assert/strict";
import { unreadOfRules } from "../../../../components/ingress/strategies/alb/alb-rule-annotations";

describe("unreadOfRules", () => {
  const withRules = { service: "istio-ingress", hasRules: true, listeners: [] };
  const unread = (suffix: string, object = withRules) => unreadOfRules(suffix, object);

  it("has nothing against the conditions and transforms of the Service to which the rules lead", () => {
    assert.equal(unread("conditions.istio-ingress"), undefined);
    assert.equal(unread("transforms.istio-ingress"), undefined);
  });

  it("has nothing against what is not about rules", () => {
    for (const suffix of ["auth-type", "listener-attributes.HTTP-80", "actions", "my-actions.a"]) {
      assert.equal(unread(suffix), undefined, suffix);
    }
  });

  it("names the Service for those of another one", () => {
    assert.equal(unread("conditions.shop"), 'write "conditions.istio-ingress": the rules lead to this Service');
    assert.equal(unread("transforms.shop"), 'write "transforms.istio-ingress": the rules lead to this Service');
  });

  it("wants hostnames for them, since a default backend has no rule", () => {
    const found = unread("conditions.istio-ingress", { ...withRules, hasRules: false });
    assert.equal(found, "remove it, or set hostnames: without them the ALB has no rule that could have conditions");
  });

  it("names the member that does what an action would", () => {
    assert.match(String(unread("actions.ssl-redirect")), /^remove it and use tls\.redirectHttp: /);
    assert.match(String(unread("actions.istio-ingress")), /^remove it and use routes: /);
  });
});
