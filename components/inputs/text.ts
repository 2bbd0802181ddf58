import { patternForm, publicForm, textForm, type Form } from "./form";

/** Any text with something in it. */
export const anyText: Form = textForm("a text", (given) =>
  given.trim() === "" ? "write something, or remove the line" : undefined,
);

/** Source: RFC 1123 labels, https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export const kubernetesName: Form = patternForm(
  "a name of at most 63 lower-case letters, digits and hyphens that begins and ends with a letter or digit",
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
);

/**
 * The name of an ingress: its gateway's Helm release has it, and its Service, whose name begins with a letter.
 *
 * Source: RFC 1035 labels, https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names;
 * Helm's limit of 53 characters, https://helm.sh/docs/topics/charts/#the-chartyaml-file and helm/pkg/chart/v2/util/validate_name.go
 */
export const ingressName: Form = textForm(
  "a name of at most 53 lower-case letters, digits and hyphens that begins with a letter and ends with a letter or digit",
  (given) => {
    const pattern = /^[a-z]([-a-z0-9]{0,51}[a-z0-9])?$/;
    if (pattern.test(given)) return undefined;
    const shorter = given.slice(0, 53).replace(/-+$/, "");
    const valid = [shorter, `ingress-${shorter}`].find((name) => pattern.test(name));
    return valid === undefined ? "write a name such as internal" : `write "${valid}"`;
  },
);

/**
 * The name of a port in a Service, apart from those that the component's own ports have.
 * Source: https://kubernetes.io/docs/reference/networking/service-protocols/, RFC 6335, section 5.1
 */
export const portName: Form = textForm(
  "at most 15 lower-case letters, digits and single hyphens, a letter among them, not http, http2, https or status-port",
  (given) => {
    if (["http", "http2", "https", "status-port"].includes(given)) return "give it another name";
    const valid = /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/.test(given);
    return valid ? undefined : "write a name such as tls-kafka";
  },
);

/** The same of something whose name is part of names of resources. */
export const resourceName: Form = publicForm(kubernetesName);

/** Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export const labelValue: Form = patternForm(
  'at most 63 letters, digits, "-", "_" and "." that begin and end with a letter or digit',
  /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/,
);

/** The name of a network of Istio, which is the value of a label and never empty. */
export const networkName: Form = patternForm(
  'at most 63 letters, digits, "-", "_" and "." that begin and end with a letter or digit',
  /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
);

export const labelKey: Form = patternForm(
  'a label key: an optional DNS prefix and "/", then at most 63 letters, digits, "-", "_" and "."',
  /^((?=.{1,253}\/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
);

/** Names of Secrets, StorageClasses and most other kinds. Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
export const subdomainName: Form = patternForm(
  "a name of at most 253 lower-case letters, digits, hyphens and dots; each part between dots begins and ends with a letter or digit",
  /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
);

/**
 * A tag of a revision of Istio. It becomes part of names of webhooks, hence no dots.
 * Source: https://istio.io/latest/docs/setup/upgrade/canary/
 */
export const revisionTag: Form = textForm(
  "lower-case letters, digits and hyphens, at most 40, such as 1-31-1",
  (given) => {
    const pattern = /^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/;
    if (pattern.test(given)) return undefined;
    const corrected = given.toLowerCase().replace(/[._]/g, "-");
    return pattern.test(corrected) ? `write "${corrected}"` : "write a name such as 1-31-1";
  },
);

/** A revision of Istio, which is part of the names of its control plane's resources. */
export const revision: Form = publicForm(revisionTag);

/**
 * An amount that is not negative: `0.5`, `.5`, `5.`, `+1`, `100m`, `1e3`, `1Ki`.
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export const quantity: Form = patternForm(
  'a Kubernetes quantity in quotes, such as "100m" or "128Mi"',
  /^\+?(\d+\.?\d*|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][-+]?\d+)?$/,
);

/** Source: the Gateway API's HTTPPathMatch, https://gateway-api.sigs.k8s.io/reference/spec/#httppathmatch */
export const urlPath: Form = publicForm(
  textForm("the beginning of a path in whole parts, such as / or /cart", (given) => {
    const withoutEnd = given.replace(/(?<=.)\/+$/, "");
    if (!given.startsWith("/")) return `begin it with a slash: "/${withoutEnd}"`;
    if (withoutEnd !== given) return `write "${withoutEnd}", which takes what is below it too`;
    return isPath(given) ? undefined : "write a path without //, dots as parts, %2F, query or spaces";
  }),
);

/** A whole path, which may end in a slash. Source: as above */
export const exactPath: Form = publicForm(
  textForm("a whole path, such as /cart or /cart/", (given) => {
    if (!given.startsWith("/")) return `begin it with a slash: "/${given}"`;
    return isPath(given) ? undefined : "write a path without //, dots as parts, %2F, query or spaces";
  }),
);

function isPath(given: string): boolean {
  const strange = /\/\/|\/\.\.?(\/|$)|%2f/i.test(given) || given.length > 1024;
  return !strange && /^([-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/.test(given);
}

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export const loadBalancerName: Form = textForm(
  'at most 32 letters, digits and hyphens, not at the edges, and not beginning with "internal-"',
  (given) => {
    const pattern = /^(?!internal-)[A-Za-z0-9]([-A-Za-z0-9]{0,30}[A-Za-z0-9])?$/;
    if (pattern.test(given)) return undefined;
    const shorter = given.slice(0, 32).replace(/-+$/, "");
    return pattern.test(shorter) ? `shorten it to "${shorter}"` : "write at most 32 letters, digits and hyphens";
  },
);

/** Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#group.name */
export const ingressGroupName: Form = patternForm(
  "at most 63 lower-case letters, digits, hyphens and dots",
  /^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/,
);

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketName: Form = patternForm(
  "the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and hyphens",
  /^[a-z0-9][-a-z0-9.]{1,61}[a-z0-9]$/,
);
