import assert from "node:assert/strict";
import { resolveTls, type TlsArgs, tlsShape, type TlsSurroundings } from "../../components/ingress/tls-args";
import { checkShape } from "../../components/inputs/shape";
import { arn, onlyProblem, placesOf } from "../support/settings";

const around: TlsSurroundings = { path: "ingress.tls", hostnames: ["app.example.com"], hasPublicZone: true };
const resolve = (args: TlsArgs | undefined, changes: Partial<TlsSurroundings> = {}) =>
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
    assert.match(onlyProblem(resolve({ policy: "ELBSecurityPolicy-2016-08" })).remedy, /say which certificate/);
  });

  it("wants only one certificate for the load balancer, and keeps the first", () => {
    assert.deepEqual(onlyProblem(resolve({ certificateArn: arn, certificateDomain: "a.example.com" })), {
      path: "ingress.tls",
      given: '"certificateArn and certificateDomain"',
      allowed: "only one of certificateArn, certificateDomain, requestCertificate",
      remedy: "keep certificateArn and remove the other",
    });
    const three = resolve({ certificateArn: arn, certificateDomain: "a.example.com", requestCertificate: true });
    assert.equal(onlyProblem(three).remedy, "keep certificateArn and remove the others");
  });

  it("refuses a policy that nobody would read, since the gateway has its own", () => {
    const policy = "ELBSecurityPolicy-2016-08";
    assert.equal(onlyProblem(resolve({ secretName: "shop-tls", policy })).path, "ingress.tls.policy");
    assert.deepEqual(placesOf(resolve({ secretName: "shop-tls", certificateArn: arn, policy })), []);
  });

  it("requests a certificate only for hostnames, and only with a public zone to prove them in", () => {
    const request = { requestCertificate: true };
    assert.match(onlyProblem(resolve(request, { hostnames: [] })).allowed, /only with hostnames/);
    assert.match(onlyProblem(resolve(request, { hasPublicZone: false })).allowed, /public zone/);
    assert.equal(onlyProblem(resolve(request, { hasPublicZone: false })).path, "ingress.tls.requestCertificate");
    assert.deepEqual(placesOf(resolve(request)), []);
    assert.deepEqual(placesOf(resolve({ certificateArn: arn }, { hostnames: [], hasPublicZone: false })), []);
  });
});

describe("tlsShape", () => {
  const told = (args: object) => checkShape(tlsShape, args).problems.map(({ path }) => path);

  it("takes a certificate of ACM, a domain or wildcard, the name of a Secret, a policy", () => {
    assert.deepEqual(
      told({ certificateArn: arn, certificateDomain: "*.example.com", secretName: "shop-tls", redirectHttp: false }),
      [],
    );
    assert.deepEqual(
      told({ certificateArn: "x", certificateDomain: "x", requestCertificate: 1, secretName: "X", policy: "x" }),
      ["certificateArn", "certificateDomain", "requestCertificate", "secretName", "policy"],
    );
    assert.deepEqual(told({ redirectHttp: "yes" }), ["redirectHttp"]);
  });
});
