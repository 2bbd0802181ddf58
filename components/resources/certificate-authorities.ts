import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import * as pulumi from "@pulumi/pulumi";
import type { CertificateAuthorityPlan } from "../plan/certificate-authority";
import type { Made } from "./made";

/** Creates the Secrets that istiod signs with. Pulumi's class marks their data as secret. */
export function makeCertificateAuthorities(made: Made, plans: readonly CertificateAuthorityPlan[]): void {
  for (const plan of plans) {
    const { name, namespace, secretName, texts, files } = plan;
    const known = pulumi.all([texts.certificate, texts.privateKey, texts.chain, texts.root]);
    const data = known.apply(([certificate, privateKey, chain, root]) =>
      encoded(files({ certificate, privateKey, chain, root })),
    );
    const secret = new Secret(
      made.nameOf(name),
      { metadata: { name: secretName, namespace }, data },
      made.optionsInCluster(plan),
    );
    made.add(name, secret);
  }
}

function encoded(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [file, Buffer.from(text).toString("base64")]));
}
