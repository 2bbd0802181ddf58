import { answered } from "../../../cli/check/facts";
import { certificateAuthority, checkCertificateAuthority } from "../../../cli/check/checks/certificate-authority";
import { givenAuthority, pem } from "../../support/certificates";
import { describeCheck, no } from "../../support/situation";

const privateCaArn = "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0a1b";
const issued = { security: { certificateAuthority: { privateCaArn } } };
const given = { security: { certificateAuthority: givenAuthority } };
const existing = { security: { certificateAuthority: { secretName: "mesh-ca" } } };
const there = (...texts: string[]) => ({ authority: answered(texts) });

// It is 2026-11-21 there: `expired` ended in January, `ending` ends on 2026-12-20, and all others much later.
describeCheck({ subject: certificateAuthority, check: checkCertificateAuthority }, [
  { title: "has nothing to do with istiod's own root", installed: true, finds: [] },
  {
    title: "says when the first certificate ends",
    args: issued,
    installed: true,
    kubernetes: there(pem("pcaIssued"), pem("soon") + pem("pcaIssued"), pem("pcaRoot")),
    finds: ["valid"],
    says: [/Secret cacerts in istio-system: .* expires on 2030-01-31/],
  },
  {
    title: "warns 60 days ahead, once for each certificate, and names the generation",
    args: issued,
    installed: true,
    kubernetes: there(pem("ending"), pem("ending"), pem("root")),
    finds: ["expires"],
    says: [/O=Example, CN=Istio Ending expires on 2026-12-20: .* -> Raise security\.certificateAuthority\.generation/],
  },
  {
    title: "reports how to renew what is given, and what someone else creates",
    args: given,
    installed: true,
    kubernetes: there(pem("ending")),
    finds: ["expires"],
    says: [/-> Replace certificate and privateKey/],
  },
  {
    title: "leads to the steps for a root",
    args: existing,
    installed: true,
    kubernetes: there(pem("ending"), pem("endingRoot")),
    finds: ["expires", "expires"],
    says: [/-> Have whoever creates the Secret renew it/, /-> Change to another root in the steps/],
  },
  {
    title: "finds what has expired",
    args: existing,
    installed: true,
    kubernetes: there(pem("expired")),
    finds: ["expired"],
    says: [/expired on 2026-01-31: no pod of the mesh reaches another one/],
  },
  {
    title: "finds a Secret that is not there, once the mesh is",
    args: issued,
    installed: true,
    finds: ["missing"],
    says: [/no Secret cacerts in the namespace istio-system/],
  },
  { title: "waits for the first up where the mesh creates it", args: issued, finds: [] },
  { title: "misses what someone else is to create", args: existing, finds: ["not-there-yet"] },
  { title: "finds a Secret without certificates", args: existing, kubernetes: there(), finds: ["unreadable"] },
  {
    title: "finds a Secret of which one file is something else",
    args: existing,
    kubernetes: there(pem("pcaIssued"), "something else"),
    finds: ["unreadable"],
  },
  {
    title: "never takes for fine what it may not read",
    args: existing,
    installed: true,
    kubernetes: { authority: no("cluster", "forbidden", 'secrets "mesh-ca" is forbidden') },
    finds: ["unknown"],
    says: [/the cluster denied the request: secrets "mesh-ca" is forbidden/],
  },
]);
