import { assumedRoles } from "../stack/assumed-roles";
import { listOf, type Members, membersOf, textOf as text } from "../members";
import type { Recorded } from "./recording";
import { peerOf } from "../traffic/clients";
import { loadBalancerOf, loadBalancerText } from "../traffic/load-balancer";

/** What a reader wants to know of a resource at a glance. */
export interface Description {
  /** What it is, in the terms of its field. */
  readonly kind: string;
  readonly detail: string;
}

const kinds: Readonly<Record<string, (inputs: Members) => Description>> = {
  "istio-eks:index:IstioMesh": ({ mode, version }) => ({
    kind: "IstioMesh",
    detail: `${text(mode)}, Istio ${text(version)}`,
  }),
  "pulumi:providers:kubernetes": ({ clusterIdentifier }) => ({
    kind: "provider",
    detail: `Kubernetes of ${text(clusterIdentifier).replace(/^.*cluster\//, "")}`,
  }),
  "pulumi:providers:aws": ({ assumeRoles }) => ({
    kind: "provider",
    detail: `AWS in the role ${assumedRoles(assumeRoles).slice(-1).join("")}`,
  }),
  "kubernetes:helm.sh/v3:Release": ({ chart, version, name, namespace }) => ({
    kind: "Helm release",
    detail: `${text(name)} in ${text(namespace)}: chart ${text(chart)} ${text(version)}`,
  }),
  "kubernetes:yaml/v2:ConfigFile": ({ file }) => ({ kind: "manifest", detail: text(file) }),
  "aws:ec2/securityGroup:SecurityGroup": ({ description }) => ({ kind: "security group", detail: text(description) }),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (inputs) => rule("from", inputs),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": (inputs) => rule("to", inputs),
  "aws:acm/certificate:Certificate": (inputs) => ({ kind: "certificate", detail: domains(inputs) }),
  "aws:acm/certificateValidation:CertificateValidation": () => ({
    kind: "certificate",
    detail: "waits until it is issued",
  }),
  "aws:acmpca/certificate:Certificate": ({ validity }) => ({
    kind: "certificate",
    detail: `of istiod, by AWS Private CA, for ${text(membersOf(validity)["value"])} days`,
  }),
  "tls:index/privateKey:PrivateKey": ({ algorithm, rsaBits }) => ({
    kind: "private key",
    detail: `of istiod: ${text(algorithm)}, ${text(rsaBits)} bits`,
  }),
  "tls:index/certRequest:CertRequest": ({ subject }) => ({
    kind: "certificate request",
    detail: Object.values(membersOf(subject)).map(text).join(", "),
  }),
  "aws:route53/record:Record": ({ type, name }) => ({ kind: "DNS record", detail: `${text(type)} ${text(name)}` }),
  "aws:wafv2/webAcl:WebAcl": ({ description }) => ({ kind: "web ACL", detail: text(description) }),
  "aws:iam/role:Role": ({ description }) => ({ kind: "IAM role", detail: text(description) }),
  "aws:iam/rolePolicy:RolePolicy": ({ policy }) => ({ kind: "IAM policy", detail: actions(policy) }),
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": ({ namespace, serviceAccount }) => ({
    kind: "pod identity",
    detail: `ServiceAccount ${text(serviceAccount)} in ${text(namespace)}`,
  }),
  "aws:eks/addon:Addon": ({ addonName, addonVersion }) => ({
    kind: "EKS add-on",
    detail: addonVersion === undefined ? text(addonName) : `${text(addonName)} ${text(addonVersion)}`,
  }),
  "command:local:Command": (inputs) => ({
    kind: "command",
    // `cleanup.enabled: false` has the shell's own command that does nothing.
    detail: inputs["delete"] === ":" ? "on destroy: nothing" : "on destroy: removes the load balancers and waits",
  }),
};

/** Describes a resource in one line. */
export function describeResource(resource: Recorded): Description {
  const { type, inputs } = resource;
  const members = membersOf(inputs);
  const known = kinds[type];
  if (known !== undefined) return known(members);
  const { name, namespace } = membersOf(members["metadata"]);
  const where = namespace === undefined ? text(name) : `${text(name)} in ${text(namespace)}`;
  const loadBalancer = loadBalancerOf(resource);
  const detail = loadBalancer === undefined ? specDetail(members["spec"]) : `, ${loadBalancerText(loadBalancer)}`;
  return { kind: type.split(":").slice(-1).join(""), detail: `${where}${detail}` };
}

function specDetail(spec: unknown): string {
  const { type, ports, gatewayClassName } = membersOf(spec);
  if (gatewayClassName !== undefined) return `, class ${text(gatewayClassName)}`;
  if (type === undefined) return "";
  const numbers = Array.isArray(ports) ? ports.map((port) => text(membersOf(port)["port"])) : [];
  return `, ${text(type)} ${numbers.join(", ")}`;
}

function rule(preposition: string, inputs: Members): Description {
  const { fromPort } = inputs;
  return {
    kind: preposition === "from" ? "inbound rule" : "outbound rule",
    detail: `TCP ${text(fromPort)} ${preposition} ${peerOf(inputs)}`,
  };
}

function domains({ domainName, subjectAlternativeNames }: Members): string {
  return [domainName, ...listOf(subjectAlternativeNames)].map(text).join(", ");
}

/** The first few: the whole policy stands among the inputs. */
function actions(policy: unknown): string {
  const all = [...text(policy).matchAll(/"([a-z0-9-]+:[A-Z]\w+)"/g)].map(([, action]) => action);
  const shown = all.slice(0, 3).join(", ");
  return all.length > 3 ? `${shown} and ${all.length - 3} others` : shown;
}
