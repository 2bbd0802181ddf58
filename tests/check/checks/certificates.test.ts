import type { CertificateFacts } from "../../../cli/check/aws-facts";
import { answered } from "../../../cli/check/facts";
import { certificates, checkCertificates } from "../../../cli/check/checks/certificates";
import { describeCheck, no } from "../../support/situation";

const arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0123";
const one: CertificateFacts = {
  ...{ arn, domain: "*.example.com", status: "ISSUED", alternatives: ["example.com"] },
  until: "2027-11-21T00:00:00+00:00",
};
const there = (...all: Partial<CertificateFacts>[]) => ({
  certificates: answered(all.map((some) => ({ ...one, ...some }))),
});
const addressObject = (tls: object, hostnames: readonly string[] = ["app.example.com"]) => ({
  ingress: { strategy: "nlb", hostnames, tls },
});
const byDomain = addressObject({ certificateDomain: "*.example.com" });
const byArn = addressObject({ certificateArn: arn });

describeCheck({ subject: certificates, check: checkCertificates }, [
  { title: "has nothing to do without one", finds: [] },
  {
    title: "has nothing to do where the mesh requests it",
    args: {
      ingress: {
        strategy: "nlb",
        hostnames: ["app.example.com"],
        dns: { zoneName: "example.com" },
        tls: { requestCertificate: true },
      },
    },
    finds: [],
  },
  {
    title: "finds it by its domain",
    args: byDomain,
    aws: there({}),
    finds: ["found"],
    says: [/Issued for \*\.example\.com, good until 2027-11-21/],
  },
  { title: "finds it by its ARN", args: byArn, aws: there({}), finds: ["found"] },
  {
    title: "takes the newest of several",
    args: byDomain,
    aws: there({ until: "2026-11-25" }, {}, { until: "2026-11-24" }),
    finds: ["found"],
  },
  { title: "misses it", args: byDomain, aws: there({ domain: "other.com", alternatives: [] }), finds: ["missing"] },
  {
    title: "misses one that is not issued yet",
    args: byDomain,
    aws: there({ status: "PENDING_VALIDATION" }),
    finds: ["missing"],
  },
  {
    title: "reports one that names the domain besides",
    args: addressObject({ certificateDomain: "example.com" }, []),
    aws: there({}),
    finds: ["other-name"],
    says: [/one for \*\.example\.com names it besides/],
  },
  {
    title: "does not offer one that is not issued",
    args: addressObject({ certificateDomain: "example.com" }, []),
    aws: there({ status: "REVOKED" }),
    finds: ["missing"],
  },
  { title: "misses an ARN", args: byArn, aws: there({ arn: "arn:other" }), finds: ["no-such-arn"] },
  {
    title: "refuses an ARN that is not issued",
    args: byArn,
    aws: there({ status: "EXPIRED" }),
    finds: ["not-issued"],
    says: [/ACM reports EXPIRED for arn:/],
  },
  {
    title: "cannot read an encrypted ARN",
    args: addressObject({ certificateArn: Promise.resolve(arn) }),
    finds: ["encrypted"],
  },
  {
    title: "warns of hostnames that it does not cover",
    args: addressObject({ certificateArn: arn }, ["app.example.com", "example.com", "a.b.example.com", "example.org"]),
    aws: there({}),
    finds: ["other-hosts"],
    says: [/does not cover a\.b\.example\.com, example\.org: browsers/],
  },
  {
    title: "warns before it ends",
    args: byArn,
    aws: there({ until: "2026-12-20T00:00:00Z" }),
    finds: ["expires"],
    says: [/until 2026-12-20/],
  },
  {
    title: "does not guess an end that nobody told",
    args: byArn,
    aws: there({ until: undefined, status: undefined }),
    finds: ["found"],
    says: [/until an unknown day/],
  },
  {
    title: "says that it could not look",
    args: byArn,
    aws: { certificates: no("aws", "forbidden") },
    finds: ["unknown"],
  },
]);
