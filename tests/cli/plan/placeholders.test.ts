import assert from "node:assert/strict";
import { placeholders } from "../../../cli/plan/placeholders";

describe("placeholders", () => {
  it("show of a load balancer's object the hostname that it will have, by the resource's name", () => {
    const status = (name: string) => ({
      loadBalancer: { ingress: [{ hostname: `<${name}.status.loadBalancer.ingress[0].hostname>` }] },
    });
    const ingress = placeholders("kubernetes:networking.k8s.io/v1:Ingress", "edge", { spec: {} });
    assert.deepEqual(ingress, { spec: {}, status: status("edge") });
    const service = placeholders("kubernetes:core/v1:Service", "edge", { spec: { type: "NodePort", ports: [] } });
    assert.deepEqual(service["status"], status("edge"));
  });

  it("show of a Service the node ports that Kubernetes will pick, and keep what is written", () => {
    const { spec } = placeholders("kubernetes:core/v1:Service", "edge", {
      spec: { type: "NodePort", ports: [{ name: "http2", port: 80 }] },
    });
    assert.deepEqual(spec, {
      type: "NodePort",
      ports: [{ name: "http2", port: 80, nodePort: "<edge.spec.ports[http2].nodePort>" }],
    });
  });

  it("show of a certificate its ARN, and the validation record that ACM will ask for each name", () => {
    const validationOption = (domain: string) => ({
      domainName: domain,
      resourceRecordName: `<cert.domainValidationOptions[${domain}].resourceRecordName>`,
      resourceRecordType: `<cert.domainValidationOptions[${domain}].resourceRecordType>`,
      resourceRecordValue: `<cert.domainValidationOptions[${domain}].resourceRecordValue>`,
    });
    const inputs = { domainName: "example.com", subjectAlternativeNames: ["*.example.com"] };
    assert.deepEqual(placeholders("aws:acm/certificate:Certificate", "cert", inputs), {
      ...inputs,
      arn: "<cert.arn>",
      domainValidationOptions: [validationOption("example.com"), validationOption("*.example.com")],
    });
    const alone = placeholders("aws:acm/certificate:Certificate", "cert", { domainName: "example.com" });
    assert.deepEqual(alone["domainValidationOptions"], [validationOption("example.com")]);
  });

  it("show of a certificate of AWS Private CA the texts to come, and of a private key that it is a secret", () => {
    assert.deepEqual(placeholders("aws:acmpca/certificate:Certificate", "ca", {}), {
      certificate: "<ca.certificate>",
      certificateChain: "<ca.certificateChain>",
    });
    assert.deepEqual(placeholders("tls:index/privateKey:PrivateKey", "key", {}), {
      privateKeyPem: "[secret]",
      privateKeyPemPkcs8: "[secret]",
    });
    const request = placeholders("tls:index/certRequest:CertRequest", "request", {});
    assert.deepEqual(request, { certRequestPem: "<request.certRequestPem>" });
  });

  it("show of a record its full name", () => {
    assert.equal(placeholders("aws:route53/record:Record", "validation", {})["fqdn"], "<validation.fqdn>");
  });

  it("show of a web ACL its ARN", () => {
    assert.equal(placeholders("aws:wafv2/webAcl:WebAcl", "acl", {})["arn"], "<acl.arn>");
  });

  it("show of a role its ARN and its name", () => {
    assert.deepEqual(placeholders("aws:iam/role:Role", "role", {}), { arn: "<role.arn>", name: "<role.name>" });
  });

  it("are none for what nobody reads from: it is as it was written", () => {
    assert.deepEqual(placeholders("aws:ec2/securityGroup:SecurityGroup", "group", { vpcId: "v" }), { vpcId: "v" });
  });
});
