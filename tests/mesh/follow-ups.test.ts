import assert from "node:assert/strict";
import { isNews } from "../../components/mesh/follow-ups";

const at = (path: string) => ({ path, given: "", allowed: "", remedy: "" });
/** Whether a rule's problem at `path` is told while the shape is wrong at these places. */
const told = (path: string, ...wrong: readonly string[]) => isNews(wrong.map(at))(at(path));

// What each rule compares is in the table tests/bad-input/echoes.yaml.
describe("isNews", () => {
  it("tells what has nothing to do with the wrong place", () => {
    assert.ok(told("ingress.dns", "mode", "cluster.name", "ingress.tls.certificateArn"));
    assert.ok(told("ingress.dns"));
  });

  it("does not tell a wrong place again, nor what is above or below it", () => {
    assert.ok(!told("ingress.tls", "ingress.tls"));
    assert.ok(!told("ingress.tls", "ingress.tls.policy"));
    assert.ok(!told("istio.values.istiod", "istio.values"));
    assert.ok(!told("ingress.hostnames", "ingress.hostnames[0]"));
    assert.ok(!told("cluster", ""));
  });

  it("takes a member whose name only begins alike for another one", () => {
    assert.ok(told("ingress.alb", "ingress.albs"));
    assert.ok(told("istio.canary.version", "istio.versions"));
  });

  it("does not tell what a rule makes of a member that it compares", () => {
    assert.ok(!told("ingress.dns", "ingress.hostnames[0]"));
    assert.ok(!told("additionalIngresses.inner.dns", "additionalIngresses.inner.hostnames"));
    assert.ok(!told("istio.profile", "mode"));
  });

  it("compares only within one ingress, where the rule does", () => {
    assert.ok(told("ingress.dns", "additionalIngresses.inner.hostnames[0]"));
    assert.ok(told('additionalIngresses["in.ner"].dns', "ingress.hostnames"));
    assert.ok(!told('additionalIngresses["in.ner"].dns', 'additionalIngresses["in.ner"].hostnames'));
  });

  it("compares all ingresses, where the rule does", () => {
    assert.ok(!told("additionalIngresses.inner.gateway.shareWith", "ingress.strategy"));
    assert.ok(!told("additionalIngresses.inner.gateway.shareWith", "additionalIngresses.outer"));
  });

  it("tells what is said of a name, whatever is wrong in the block below it", () => {
    assert.ok(told("namespaces.kube-system", "namespaces.kube-system.dataPlane"));
    assert.ok(told("ingress", "ingress.scheme"));
    assert.ok(!told("ingress", "ingress"));
  });
});
