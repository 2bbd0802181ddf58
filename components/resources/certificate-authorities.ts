import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import * as pulumi from "@pulumi/pulumi";
import type { CertificateAuthorityPlan } from "../plan/certificate-authority";
import type { ResourceRegistry } from "./resource-registry";

/** Creates the Secrets that istiod signs with. Pulumi's class marks their data as secret. */
export function makeCertificateAuthorities(
  registry: ResourceRegistry,
  plans: readonly CertificateAuthorityPlan[],
): void {
  for (const plan of plans) {
    const { name, namespace, secretName, texts, files } = plan;
    const known = pulumi.all([texts.certificate, texts.privateKey, texts.chain, texts.root]);
    const data = known.apply(([certificate, privateKey, chain, root]) =>
      encoded(files({ certificate, privateKey, chain, root })),
    );
    const secret = new Secret(
      registry.nameOf(name),
      { metadata: { name: secretName, namespace }, data },
      registry.optionsInCluster(plan),
    );
    registry.add(name, secret);
  }
}

function encoded(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [file, Buffer.from(text).toString("base64")]));
}
