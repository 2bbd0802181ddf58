import { hidden } from "../../components/inputs/display";
import { listOf } from "../members";

/** Inputs of a resource as Pulumi hands them to a provider. */
type Inputs = Readonly<Record<string, unknown>>;

/**
 * What a resource will have only when it is made, shown as `<name.property>`, so that one sees in the inputs of others
 * where it comes from. Only what the mesh reads is here.
 */
const computed: Readonly<Record<string, (name: string, inputs: Inputs) => Inputs>> = {
  "aws:acm/certificate:Certificate": (name, inputs) => ({
    arn: `<${name}.arn>`,
    domainValidationOptions: domainsOf(inputs).map((domain) => ({
      domainName: domain,
      resourceRecordName: `<${name}.domainValidationOptions[${domain}].resourceRecordName>`,
      resourceRecordType: `<${name}.domainValidationOptions[${domain}].resourceRecordType>`,
      resourceRecordValue: `<${name}.domainValidationOptions[${domain}].resourceRecordValue>`,
    })),
  }),
  "aws:acmpca/certificate:Certificate": (name) => ({
    certificate: `<${name}.certificate>`,
    certificateChain: `<${name}.certificateChain>`,
  }),
  "tls:index/privateKey:PrivateKey": () => ({ privateKeyPem: hidden, privateKeyPemPkcs8: hidden }),
  "tls:index/certRequest:CertRequest": (name) => ({ certRequestPem: `<${name}.certRequestPem>` }),
  "aws:iam/role:Role": (name) => ({ arn: `<${name}.arn>`, name: `<${name}.name>` }),
  "aws:wafv2/webAcl:WebAcl": (name) => ({ arn: `<${name}.arn>` }),
  "aws:route53/record:Record": (name) => ({ fqdn: `<${name}.fqdn>` }),
  "kubernetes:core/v1:Service": (name, inputs) => ({
    ...hostname(name),
    spec: { ...(inputs["spec"] as Inputs), ports: nodePorts(name, inputs) },
  }),
  "kubernetes:core/v1:Secret": (name, inputs) =>
    inputs["type"] === "kubernetes.io/service-account-token" ? { data: { token: tokenOf(name) } } : {},
  "kubernetes:networking.k8s.io/v1:Ingress": (name) => hostname(name),
};

/** The state of a resource right after it was made. */
export function placeholders(type: string, name: string, inputs: Inputs): Record<string, unknown> {
  const compute = computed[type];
  return { ...inputs, ...(compute === undefined ? {} : compute(name, inputs)) };
}

function domainsOf({ domainName, subjectAlternativeNames }: Inputs): readonly string[] {
  return [domainName, ...listOf(subjectAlternativeNames)].map(String);
}

function hostname(name: string): Inputs {
  return { status: { loadBalancer: { ingress: [{ hostname: `<${name}.status.loadBalancer.ingress[0].hostname>` }] } } };
}

/** Kubernetes writes it in base64. */
function tokenOf(name: string): string {
  return Buffer.from(`<${name}.data.token>`).toString("base64");
}

function nodePorts(name: string, inputs: Inputs): readonly Inputs[] {
  const { ports } = inputs["spec"] as { readonly ports: readonly Inputs[] };
  return ports.map((port) => ({ ...port, nodePort: `<${name}.spec.ports[${String(port["name"])}].nodePort>` }));
}
