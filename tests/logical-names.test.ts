import assert from "node:assert/strict";
import fc from "fast-check";
import { logicalNames } from "../components/logical-names";

/** Every name that a mesh can make for one user-chosen name and whatever follows it. */
function namesFor(name: string, rest: string): readonly string[] {
  return Object.entries(logicalNames).flatMap(([key, make]) => {
    if (typeof make === "string") return [];
    if (key === "webhookRule") return [logicalNames.webhookRule(`sg-${rest.length}`)];
    if (key === "nodeRule") return [logicalNames.nodeRule(`sg-${rest.length}`, 15012, `sg-${name.length}`)];
    // Their number is no text of the user's.
    if (/^authority(Key|Request|Certificate)$/.test(key)) return [];
    if (key === "aliasRecord")
      return [logicalNames.aliasRecord("A", name, ""), logicalNames.aliasRecord("AAAA", name, rest)];
    return [(make as (one: string, other: string, third: string) => string)(name, rest, "c")];
  });
}
const { authorityKey, authorityRequest, authorityCertificate } = logicalNames;
const fixed = [
  ...[authorityKey, authorityRequest, authorityCertificate].flatMap((make) => [make(1), make(2)]),
  ...Object.values(logicalNames).filter((name) => typeof name === "string"),
];

describe("logicalNames", () => {
  it("is contract: another name is another resource, and a load balancer would be replaced", () => {
    assert.deepEqual(
      [...fixed, logicalNames.istiod(""), ...namesFor("a", "b.c")],
      [
        ...["authority-key-1", "authority-key-2", "authority-request-1", "authority-request-2"],
        ...["authority-certificate-1", "authority-certificate-2"],
        ...[
          "kubernetes",
          "crds-provider",
          "crds",
          "cacerts",
          "base",
          "cni",
          "ztunnel",
          "telemetry",
          "traffic-policy",
          "sidecar-scope",
          "cleanup",
          "istiod",
        ],
        ...[
          "namespace-a",
          "enrolment-a",
          "istiod-a",
          "vpc-cni-a",
          "gateway-a",
          "parameters-a",
          "istio-gateway-a",
          "redirect-a",
          "envoyfilter-a",
        ],
        ...["waypoint-a", "waypointparams-a", "route-a/b.c", "reference-grant-a/b.c@c"],
        ...["aws-credentials-a", "serviceentry-a", "destinationrule-a", "virtualservice-a"],
        ...["service-a", "ingress-a", "ingressclass-a", "ingressclassparams-a", "security-group-a", "rule-a/b.c"],
        ...[
          "webhook-rule-sg-3",
          "node-rule-sg-3/15012-from-sg-1",
          "certificate-a",
          "issued-certificate-a",
          "validation-record-a",
          "dns-provider-a",
        ],
        ...[
          "a-record-a",
          "aaaa-record-a/b.c",
          "peer-authentication-a/b.c",
          "authorization-policy-a/b.c",
          "network-policy-a/b.c",
          "addon-a",
          "volume-claim-a",
          "pod-role-a",
          "permissions-a",
        ],
        ...["pod-identity-a", "rate-limit-a", "web-acl-a"],
        ...["reader-token-a", "remote-secret-a", "remote-gateway-a", "flat-network-rule-a/from-b.c"],
      ],
    );
  });

  it("names no two things alike, whatever the user calls ingresses, namespaces and revisions", () => {
    const part = fc.constantFrom(
      ...["a", "gateway", "ingress", "rule", "class", "record", "group", "certificate", "namespace"],
      ...["params", "service", "provider", "default", "istio", "crds"],
    );
    const name = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("-"));
    fc.assert(
      fc.property(name, name, fc.constantFrom("x", "x.y", "http-from-vpc"), (one, other, rest) => {
        fc.pre(one !== other);
        const all = [...fixed, logicalNames.istiod(""), ...namesFor(one, rest), ...namesFor(other, `${rest}z`)];
        assert.equal(new Set(all).size, all.length, all.join(" "));
      }),
      { numRuns: 300 },
    );
  });

  it("begins a rule's name with its ingress' and a slash, so that `shop` does not own the rules of `shop-eu`", () => {
    assert.ok(!logicalNames.rule("shop-eu", "http").startsWith(logicalNames.rule("shop", "")));
    assert.ok(logicalNames.rule("shop", "http").startsWith(logicalNames.rule("shop", "")));
  });
});
