import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { resolveTls, type TlsArgs, tlsShape, type TlsContext } from "../../../components/ingress/certificates/tls-args";
import { checkShape } from "../../../components/inputs/shape";
import { arn, onlyProblem, placesOf } from "../../support/settings";

const around: TlsContext = { path: "ingress.tls", hostnames: ["app.example.com"], hasPublicZone: true };
const resolve = (args: TlsArgs | undefined, changes: Partial<TlsContext> = {}) =>
  resolveTls(args, { ...around, ...changes });

describe("resolveTls", () => {
  it("ends TLS nowhere without block, and redirects nothing", () => {
    const { settings, problems } = resolve(undefined);
    assert.deepEqual([settings.certificate, settings.secretName, settings.redirectHttp], [undefined, undefined, false]);
    assert.deepEqual(problems, []);
  });

  it("takes today's policy: the default of Elastic Load Balancing is of 2016", () => {
    assert.equal(resolve({ certificateArn: arn }).settings.policy, "ELBSecurityPolicy-TLS13-1-2-2021-06");
    const policy = "ELBSecurityPolicy-TLS13-1-3-2021-06";
    assert.equal(resolve({ certificateArn: arn, policy }).settings.policy, policy);
  });

  it("redirects plain HTTP unless told not to", () => {
    assert.equal(resolve({ certificateArn: arn }).settings.redirectHttp, true);
    assert.equal(resolve({ certificateArn: arn, redirectHttp: false }).settings.redirectHttp, false);
  });

  it("knows three ways to a certificate of the load balancer", () => {
    const certificate = (args: TlsArgs) => resolve(args).settings.certificate;
    assert.deepEqual(certificate({ certificateArn: arn }), { kind: "arn", arn });
    assert.deepEqual(certificate({ certificateDomain: "*.example.com" }), { kind: "look-up", domain: "*.example.com" });
    assert.deepEqual(certificate({ requestCertificate: true }), { kind: "request", domains: ["app.example.com"] });
    assert.equal(certificate({ secretName: "shop-tls", requestCertificate: false }), undefined);
  });

  it("ends TLS in the gateway with a Secret", () => {
    const { settings, problems } = resolve({ secretName: "shop-tls" });
    assert.equal(settings.secretName, "shop-tls");
    assert.deepEqual(problems, []);
  });

  it("wants a certificate, wherever TLS ends; `requestCertificate: false` is none", () => {
    assert.equal(onlyProblem(resolve({})).path, "ingress.tls");
    assert.equal(onlyProblem(resolve({ requestCertificate: false })).path, "ingress.tls");
    assert.match(onlyProblem(resolve({ policy: "ELBSecurityPolicy-2016-08" })).suggestion, /set a certificate/);
  });

  it("wants only one certificate for the load balancer, and keeps the first", () => {
    assert.deepEqual(onlyProblem(resolve({ certificateArn: arn, certificateDomain: "a.example.com" })), {
      path: "ingress.tls",
      given: '"certificateArn and certificateDomain"',
      allowed: "only one of certificateArn, certificateDomain, requestCertificate",
      suggestion: "keep certificateArn and remove the other",
    });
    const three = resolve({ certificateArn: arn, certificateDomain: "a.example.com", requestCertificate: true });
    assert.equal(onlyProblem(three).suggestion, "keep certificateArn and remove the others");
  });

  it("refuses a policy that nobody would read, since the gateway has its own", () => {
    const policy = "ELBSecurityPolicy-2016-08";
    assert.equal(onlyProblem(resolve({ secretName: "shop-tls", policy })).path, "ingress.tls.policy");
    assert.deepEqual(placesOf(resolve({ secretName: "shop-tls", certificateArn: arn, policy })), []);
  });

  it("requests a certificate only for hostnames, and only with a public zone to validate them in", () => {
    const request = { requestCertificate: true };
    assert.match(onlyProblem(resolve(request, { hostnames: [] })).allowed, /only with hostnames/);
    assert.match(onlyProblem(resolve(request, { hasPublicZone: false })).allowed, /public zone/);
    assert.equal(onlyProblem(resolve(request, { hasPublicZone: false })).path, "ingress.tls.requestCertificate");
    assert.deepEqual(placesOf(resolve(request)), []);
    assert.deepEqual(placesOf(resolve({ certificateArn: arn }, { hostnames: [], hasPublicZone: false })), []);
  });
});

describe("tlsShape", () => {
  const reported = (args: object) => checkShape(tlsShape, args).problems.map(({ path }) => path);

  it("takes a certificate of ACM, a domain or wildcard, the name of a Secret, a policy", () => {
    assert.deepEqual(
      reported({
        certificateArn: arn,
        certificateDomain: "*.example.com",
        secretName: "shop-tls",
        redirectHttp: false,
      }),
      [],
    );
    assert.deepEqual(
      reported({ certificateArn: "x", certificateDomain: "x", requestCertificate: 1, secretName: "X", policy: "x" }),
      ["certificateArn", "certificateDomain", "requestCertificate", "secretName", "policy"],
    );
    assert.deepEqual(reported({ redirectHttp: "yes" }), ["redirectHttp"]);
  });
});

describe("resolveTls, more certificates", () => {
  const other = arn.replace(/[^/]+$/, "other");

  it("come after the first, in their order, late ones too", () => {
    const deferred = pulumi.output(other);
    const { settings, problems } = resolve({ certificateArn: arn, certificateArns: [deferred, other] });
    assert.deepEqual([settings.moreCertificates, problems], [[deferred, other], []]);
    assert.deepEqual(resolve({ certificateArn: arn }).settings.moreCertificates, []);
    assert.deepEqual(resolve({ requestCertificate: true, certificateArns: [other] }).problems, []);
  });

  it("need a first one of the load balancer", () => {
    const { path, suggestion } = onlyProblem(resolve({ secretName: "shop-tls", certificateArns: [other] }));
    assert.equal(path, "ingress.tls.certificateArns");
    assert.match(suggestion, /^add the first: one of certificateArn,/);
  });

  it("are of one region, the load balancer's", () => {
    const elsewhere = other.replace("eu-central-1", "us-east-1");
    const { path, given } = onlyProblem(resolve({ certificateArn: arn, certificateArns: [elsewhere] }));
    assert.deepEqual([path, given], ["ingress.tls.certificateArns", '"eu-central-1 and us-east-1"']);
  });

  it("are each another one", () => {
    assert.deepEqual(placesOf(resolve({ certificateArn: arn, certificateArns: [other, arn, other] })), [
      "ingress.tls.certificateArns[1]",
      "ingress.tls.certificateArns[2]",
    ]);
  });

  it("are 25 by default; AWS gives more if asked", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `${other}${index}`);
    const warnings = (count: number) => resolve({ certificateArn: arn, certificateArns: many(count) }).warnings;
    assert.deepEqual(warnings(25), []);
    assert.match(String(warnings(26)), /they are 26; AWS allows 25/);
  });
});

describe("resolveTls, limits of ACM", () => {
  const request = (hostnames: readonly string[]) => resolve({ requestCertificate: true }, { hostnames });
  const names = (count: number) => Array.from({ length: count }, (_, index) => `h${index}.example.com`);
  const long = `${"a".repeat(53)}.example.com`;

  it("take a first name of 64 characters, and longer ones behind it", () => {
    assert.deepEqual(request([long.slice(1), long]).problems, []);
    assert.equal(long.slice(1).length, 64);
  });

  it("refuse a longer first name, and offer a shorter one if there is one", () => {
    assert.equal(onlyProblem(request([long, "b.example.com"])).suggestion, "write b.example.com as the first hostname");
    assert.equal(onlyProblem(request([long])).suggestion, "add a shorter hostname as the first");
  });

  it("warn of more than 10 names, and refuse more than 100", () => {
    assert.deepEqual(request(names(10)).warnings, []);
    assert.match(String(request(names(11)).warnings), /has 11 names; ACM allows 10/);
    assert.deepEqual(request(names(100)).problems, []);
    assert.match(onlyProblem(request(names(101))).allowed, /at most 100 names/);
  });
});

describe("resolveTls, names of a certificate that is looked up", () => {
  const warnings = (certificateDomain: string, hostnames: readonly string[], more: TlsArgs = {}) =>
    resolve({ certificateDomain, ...more }, { hostnames }).warnings;

  it("warns of hostnames that it does not cover, unless other certificates may", () => {
    const hosts = ["a.example.com", "a.b.example.com", "example.org"];
    assert.match(String(warnings("*.example.com", hosts)), /does not cover a\.b\.example\.com, example\.org;/);
    assert.deepEqual(warnings("*.example.com", hosts, { certificateArns: [arn] }), []);
  });

  it("says nothing of those that it covers", () => {
    assert.deepEqual(warnings("*.example.com", ["a.example.com", "*.example.com"]), []);
    assert.deepEqual(warnings("a.example.com", ["a.example.com"]), []);
  });
});
