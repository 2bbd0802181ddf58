import assert from "node:assert/strict";
import type { IngressArgs } from "../../components";
import { planNodePortPaths } from "../../components/security/node-ports-plan";
import { arn, clusterFacts, settingsOf } from "../support/settings";

const id = "sg-0123456789abcdef0";
const cluster = { name: "prod", nodeSecurityGroupIds: [id] };
const facts = { ...clusterFacts, nodeGroups: () => [{ securityGroupId: id, id, reachedByControlPlane: false }] };
const ports = (ingress: IngressArgs, rest: object = {}) =>
  planNodePortPaths(settingsOf({ cluster, ingress, ...rest }), facts).map(({ port }) => port);

describe("planNodePortPaths", () => {
  it("opens every port of the gateway's pods behind an ALB, or an NLB with instance targets", () => {
    assert.deepEqual(ports({ strategy: "alb" }), [80, 15021]);
    assert.deepEqual(ports({ strategy: "nlb", nlb: { targetType: "instance" } }), [80, 443, 15021]);
  });

  it("opens a port once, whichever ingresses use it", () => {
    const tls = { certificateArn: arn, secretName: "shop-tls" };
    const shop = { strategy: "alb", hostnames: ["b.example.com"], tls, alb: { backendProtocol: "HTTPS" } };
    assert.deepEqual(ports({ strategy: "alb" }, { additionalIngresses: { shop } }), [80, 443, 15021]);
  });

  it("opens nothing for an NLB whose targets are the pods themselves", () => {
    assert.deepEqual(ports({ strategy: "nlb" }), []);
  });

  it("opens nothing where the user has these rules already, and everything where that is asked for", () => {
    assert.deepEqual(ports({ strategy: "alb" }, { security: { nodeRules: "never" } }), []);
    const settings = settingsOf({ ingress: { strategy: "alb" }, security: { nodeRules: "always" } });
    assert.equal(planNodePortPaths(settings, clusterFacts).length, 2);
    assert.deepEqual(planNodePortPaths(settingsOf({ ingress: { strategy: "alb" } }), clusterFacts), []);
  });

  it("opens it also where someone else runs Istio: the load balancer is ours", () => {
    assert.deepEqual(ports({ strategy: "alb" }, { istio: { profile: "empty" } }), [80, 15021]);
  });
});
