import type { CertificateFacts } from "../../../cli/check/aws-facts";
import { answered } from "../../../cli/check/facts";
import { certificates, checkCertificates } from "../../../cli/check/checks/certificates";
import { describeCheck, no } from "../../support/situation";

const arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0123";
const one: CertificateFacts = {
  ...{ arn, domain: "*.example.com", status: "ISSUED", alternatives: ["example.com"] },
  hasMoreNames: false,
  until: "2027-11-21T00:00:00+00:00",
};
const there = (...all: Partial<CertificateFacts>[]) => ({
  certificates: answered(all.map((some) => ({ ...one, ...some }))),
});
const addressObject = (tls: object, hostnames: readonly string[] = ["app.example.com"]) => ({
  ingress: { strategy: "nlb", hostnames, tls },
});
const more = ["1111", "2222"].map((id) => `arn:aws:acm:eu-central-1:123456789012:certificate/${id}`);
const [second = "", third = ""] = more;
const withMore = (
  hostnames: readonly string[],
  certificateArns: readonly unknown[] = more,
  first: object = { certificateArn: arn },
) => addressObject({ ...first, certificateArns }, hostnames);
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
    finds: ["found", "other-hosts"],
    says: [/./, /covers a\.b\.example\.com, example\.org \(they are for \*\.example\.com\): browsers/],
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
    title: "does not say what names it has that ACM does not list",
    args: addressObject({ certificateArn: arn }, ["app.example.com", "example.org"]),
    aws: there({ hasMoreNames: true }),
    finds: ["found", "more-names"],
    says: [/./, /whether they cover example\.org was not looked at/],
  },
  {
    title: "needs no further names where those that are listed cover all",
    args: byArn,
    aws: there({ hasMoreNames: true }),
    finds: ["found"],
  },
  {
    title: "checks each of tls.certificateArns as the first: it is there, issued, and does not end soon",
    args: withMore([]),
    aws: there({}, { arn: second, domain: "b.example", status: "PENDING_VALIDATION" }),
    finds: ["found", "not-issued", "no-such-arn"],
    says: [
      /^ingress istio-ingress: Issued/,
      /^ingress istio-ingress, tls\.certificateArns\[0\]: ACM reports PENDING_VALIDATION/,
      /^ingress istio-ingress, tls\.certificateArns\[1\]: ACM has no certificate .*2222 .*correct tls\.certificateArns\[1\]\./,
    ],
  },
  {
    title: "warns before one of tls.certificateArns ends",
    args: withMore([], [second]),
    aws: there({}, { arn: second, domain: "b.example", until: "2026-12-20T00:00:00Z" }),
    finds: ["found", "expires"],
    says: [/./, /certificateArns\[0\]: The certificate for b\.example is good until 2026-12-20/],
  },
  {
    title: "takes hostnames for covered that any of the certificates covers",
    args: withMore(["app.example.com", "b.example", "c.example"]),
    aws: there({}, { arn: second, domain: "b.example" }, { arn: third, domain: "other", alternatives: ["c.example"] }),
    finds: ["found", "found", "found"],
  },
  {
    title: "names the hostnames that none of the certificates covers",
    args: withMore(["app.example.com", "b.example", "d.example"], [second]),
    aws: there({}, { arn: second, domain: "b.example" }),
    finds: ["found", "found", "other-hosts"],
    says: [/./, /./, /covers d\.example \(they are for \*\.example\.com, b\.example\)/],
  },
  {
    title: "does not guess what a certificate covers that is missing or encrypted",
    args: withMore(["d.example"], [second, Promise.resolve(third)]),
    aws: there({}),
    finds: ["encrypted", "found", "no-such-arn"],
  },
  {
    title: "checks tls.certificateArns beside a certificate that the mesh requests",
    args: {
      ingress: {
        ...{ strategy: "nlb", hostnames: ["app.example.com"], dns: { zoneName: "example.com" } },
        tls: { requestCertificate: true, certificateArns: [second] },
      },
    },
    aws: there({ arn: second, domain: "b.example", alternatives: [] }),
    finds: ["found"],
  },
  {
    title: "says once for all certificates of an ingress that it could not look",
    args: withMore([]),
    aws: { certificates: no("aws", "forbidden") },
    finds: ["unknown"],
  },
  {
    title: "says that it could not look",
    args: byArn,
    aws: { certificates: no("aws", "forbidden") },
    finds: ["unknown"],
  },
]);
