import { createHash } from "node:crypto";
import { logicalNames } from "../../logical-names";
import type { CertificateAuthoritySettings, CertificateAuthorityTexts } from "../../plan/certificate-authority";
import type { Tree } from "../../plan/input-value";
import type { DeferredValue, ReleasePlan } from "../../plan/release";
import { isTree } from "./values/chart-values";
import { flattened } from "./values/flattened-values";

/**
 * Where istiod looks for its certificate and key. At its default, `/etc/cacerts`, the chart mounts the Secret `cacerts` as
 * optional: without it istiod would start with a self-signed root of its own, which no other part of the mesh trusts.
 */
const directory = "/etc/istio/certificate-authority";
const volumeName = "certificate-authority";
const annotation = "istio-eks/certificate-authority";

/** What istiod needs in order to sign with the certificate of a Secret. */
export function authorityRequirements(authority: CertificateAuthoritySettings | undefined): Tree {
  return authority === undefined ? {} : { env: { ROOT_CA_DIR: directory }, podAnnotations: {} };
}

/** Values by which istiod would not sign at all, or workloads would ask someone else: unset, beside a certificate authority. */
export const authorityContradictions = {
  istiod: {
    env: {
      ...{ ENABLE_CA_SERVER: undefined, EXTERNAL_CA: undefined, K8S_SIGNER: undefined },
      USE_CACERTS_FOR_SELF_SIGNED_CA: undefined,
    },
    global: { caAddress: undefined },
  },
  ztunnel: { caAddress: undefined },
} as const;

/**
 * istiod with the Secret in its pods: they start once it is there, and are replaced when given or issued certificates
 * change. `issued` are the texts of an authority that AWS Private CA signs.
 */
export function withAuthority(
  release: ReleasePlan,
  authority: CertificateAuthoritySettings | undefined,
  issued?: CertificateAuthorityTexts,
): ReleasePlan {
  if (authority === undefined) return release;
  const texts = authority.kind === "given" ? authority.texts : issued;
  return {
    ...release,
    after: [...release.after, ...(authority.kind === "existing" ? [] : [logicalNames.certificateAuthority])],
    values: mounted(release.values, authority.secretName),
    deferredValues: fingerprint(texts),
  };
}

/** Helm takes lists whole, so that the volume goes to the end of the user's own, wherever they are. */
function mounted(values: Tree, secretName: string): Tree {
  const pilot = isTree(values["pilot"]) ? values["pilot"] : {};
  const volume = { name: volumeName, secret: { secretName } };
  const mount = { name: volumeName, mountPath: directory, readOnly: true };
  const added = { volumes: volume, volumeMounts: mount };
  return Object.entries(added).reduce<Tree>((tree, [key, entry]) => {
    const list = [...listAt(flattened(values, "pilot"), key), entry];
    if (pilot[key] === undefined) return { ...tree, [key]: list };
    return { ...tree, pilot: { ...(tree["pilot"] as Tree), [key]: list } };
  }, values);
}

function listAt(values: Tree, key: string): readonly unknown[] {
  const list = values[key];
  return Array.isArray(list) ? list : [];
}

/**
 * istiod reads a new intermediate certificate by itself, but no new root, and some releases neither
 * (https://github.com/istio/istio/pull/57271).
 */
function fingerprint(texts: CertificateAuthorityTexts | undefined): readonly DeferredValue[] {
  if (texts === undefined) return [];
  const { certificate, chain, root } = texts;
  const shorten = (whole: string) => createHash("sha256").update(whole).digest("hex").slice(0, 16);
  return [{ path: ["podAnnotations", annotation], value: { concat: [certificate, chain, root], shorten } }];
}
