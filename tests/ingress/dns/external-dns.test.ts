import assert from "node:assert/strict";
import {
  checkExternalDns,
  externalDnsAnnotations,
  withExternalDns,
} from "../../../components/ingress/dns/external-dns";
import type { DnsSettings } from "../../../components/plan/ingress-settings";
import type { KubernetesObjectPlan } from "../../../components/plan/kubernetes-object";
import { ingress } from "../../support/settings";

const dns: DnsSettings = {
  zone: { kind: "look-up", name: "example.com", privateZone: false },
  createRecords: true,
  evaluateTargetHealth: true,
  ...{ validationZone: undefined, roleArn: undefined },
};
const before = "external-dns.alpha.kubernetes.io/";
const since = "external-dns.kubernetes.io/";
const keepAway = { [`${before}controller`]: "istio-eks", [`${since}controller`]: "istio-eks" };

/** What ExternalDNS itself asks of an object. Source: source/annotations/processors.go, IsControllerMismatch. */
const skips = (annotations: Readonly<Record<string, string>>, prefix: string) => {
  const controller = annotations[`${prefix}controller`];
  return controller !== undefined && controller !== "dns-controller";
};

describe("externalDnsAnnotations", () => {
  it("keep ExternalDNS of every version away where the component makes the records", () => {
    const annotations = externalDnsAnnotations([ingress({ dns })]);
    assert.deepEqual(annotations, keepAway);
    for (const prefix of [before, since]) assert.ok(skips(annotations, prefix), prefix);
  });

  it("leave everything to ExternalDNS where someone else makes the records", () => {
    assert.deepEqual(externalDnsAnnotations([ingress()]), {});
    assert.deepEqual(externalDnsAnnotations([ingress({ dns: { ...dns, createRecords: false } })]), {});
  });

  it("are needed for what serves several ingresses as soon as the records of one are the component's", () => {
    assert.deepEqual(externalDnsAnnotations([ingress(), ingress({ dns })]), keepAway);
  });

  it("carry the user's choice of a controller, and no other annotation, to all objects of the ingress", () => {
    const own = { [`${since}controller`]: "other-dns", [`${since}hostname`]: "a.example.com", "a/b": "c" };
    assert.deepEqual(externalDnsAnnotations([ingress({ annotations: own })]), { [`${since}controller`]: "other-dns" });
    assert.deepEqual(externalDnsAnnotations([ingress({ dns, annotations: own })]), {
      ...keepAway,
      [`${since}controller`]: "other-dns",
    });
  });
});

describe("withExternalDns", () => {
  const object = (kind: string): KubernetesObjectPlan => ({
    ...{ name: kind, after: [], apiVersion: "v1", kind, body: {} },
    metadata: { name: "a", annotations: { "a/b": "c" } },
  });

  it("annotates the kinds from which ExternalDNS reads hosts, beside what they have", () => {
    for (const kind of ["Gateway", "HTTPRoute", "VirtualService"]) {
      const [found] = withExternalDns([object(kind)], [ingress({ dns })]);
      assert.deepEqual(found?.metadata, { name: "a", annotations: { "a/b": "c", ...keepAway } }, kind);
    }
  });

  it("leaves the others, and all where there is nothing to say, as they are", () => {
    const objects = [object("ConfigMap"), object("ReferenceGrant")];
    assert.deepEqual(withExternalDns(objects, [ingress({ dns })]), objects);
    assert.deepEqual(withExternalDns([object("Gateway")], [ingress()]), [object("Gateway")]);
  });
});

describe("checkExternalDns", () => {
  const places = (annotations: Readonly<Record<string, string>>) =>
    checkExternalDns(annotations, "ingress").map(({ path }) => path);

  it("refuses annotations that ask ExternalDNS for records, under both prefixes", () => {
    for (const prefix of [before, since]) {
      const key = `${prefix}hostname`;
      assert.deepEqual(places({ [key]: "a.example.com" }), [`ingress.annotations["${key}"]`]);
      assert.equal(places({ [`${prefix}controller`]: "dns-controller" }).length, 1);
    }
  });

  it("takes those that keep it away, and those of others", () => {
    assert.deepEqual(places({ [`${before}controller`]: "none", [`${since}controller`]: "istio-eks", "a/b": "c" }), []);
  });
});
