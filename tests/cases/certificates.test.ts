import assert from "node:assert/strict";
import { service, ingress, refuses, made, namesOf } from "../support/cases";

describe("Cases: certificates and names", () => {
  it("06: refuses two certificates in one text, and names the list", async () => {
    await refuses("06-two-certificates", {
      "ingress.tls.certificateArn": "write the first here, and the others as a list in tls.certificateArns",
    });
  });

  it("06b: refuses a certificate twice, and one of another region", async () => {
    await refuses("06b-nlb-certificates-two-regions", {
      "ingress.tls.certificateArns": "name certificates of that region; ACM can issue or import the same names there",
      "ingress.tls.certificateArns[0]": "remove it: the same certificate stands before it",
      "ingress.tls.certificateArns[1]":
        "request or import the certificate in eu-west-1, or set aws:region to us-east-1 if the cluster is there",
    });
  });

  it("07: refuses a validation record in a private zone, and names the member for the public one", async () => {
    await refuses("07-split-horizon", {
      "ingress.tls.requestCertificate":
        "add dns with zoneName or zoneId of a public zone, beside a private one dns.validationZoneName; or use certificateArn",
    });
  });

  it("07b: the record is in the private zone, and the validation record in the public one", async () => {
    const { lookups, resources } = await made("07b-split-horizon-public-validation");
    const zones = lookups.filter(({ token }) => token === "aws:route53/getZone:getZone").map(({ inputs }) => inputs);
    assert.deepEqual(
      zones.map(({ name, privateZone }) => [name, privateZone]),
      [
        ["example.com", true],
        ["example.com", false],
      ],
    );
    assert.ok(resources.some(({ name }) => name === "mesh-validation-record-app.example.com"));
  });

  it("22: every object with hosts keeps ExternalDNS away from a record that the component makes", async () => {
    const found = await made("22-external-dns-alb");
    assert.deepEqual(namesOf(found, /-record-/), ["mesh-a-record-shop.example.com"]);
    for (const name of [ingress, service, "mesh-istio-gateway-istio-ingress"]) {
      const { "external-dns.alpha.kubernetes.io/controller": older, "external-dns.kubernetes.io/controller": newer } =
        found.annotations(name);
      assert.deepEqual([older, newer], ["istio-eks", "istio-eks"], name);
    }
  });

  it("22b: annotations for ExternalDNS stand where the component makes no record", async () => {
    const found = await made("22b-external-dns-own-records");
    const { "external-dns.alpha.kubernetes.io/hostname": host, ...others } = found.annotations(service);
    assert.equal(host, "shop.example.com");
    assert.ok(!Object.keys(others).some((key) => key.endsWith("/controller")));
  });
});
