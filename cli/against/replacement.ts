import type { Node } from "../plan/graph";
import { memberAt } from "../members";
import type { Recorded } from "../plan/recording";

/**
 * Inputs whose change has Pulumi replace a resource of a type, or a controller its load balancer.
 *
 * Sources: pulumi-kubernetes provider/pkg/provider/diff.go and helm_release.go (`forceNew`), the "Forces replacement" marks
 * of the AWS provider's pages, and what the AWS Load Balancer Controller cannot change on a load balancer.
 */
const replacing: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:helm.sh/v3:Release": ["name", "namespace", "chart"],
  "kubernetes:core/v1:Secret": ["type", "immutable"],
  "kubernetes:core/v1:PersistentVolumeClaim": [
    ...["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
  ],
  "kubernetes:core/v1:Service": ["spec.clusterIP", "spec.loadBalancerClass", "spec.type"],
  "aws:ec2/securityGroup:SecurityGroup": ["name", "namePrefix", "description", "vpcId"],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["securityGroupId"],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ["securityGroupId"],
  "aws:acm/certificate:Certificate": ["domainName", "subjectAlternativeNames", "validationMethod", "keyAlgorithm"],
  "tls:index/privateKey:PrivateKey": ["algorithm", "rsaBits", "ecdsaCurve"],
  "tls:index/certRequest:CertRequest": ["privateKeyPem", "subject"],
  "aws:acmpca/certificate:Certificate": [
    ...["certificateAuthorityArn", "certificateSigningRequest", "signingAlgorithm", "templateArn", "validity"],
  ],
  "aws:route53/record:Record": ["name", "type", "zoneId"],
  "aws:wafv2/webAcl:WebAcl": ["name", "namePrefix", "scope"],
  "command:local:Command": ["triggers"],
  "pulumi:providers:kubernetes": ["clusterIdentifier", "cluster", "context"],
};
const balancerAnnotation =
  /metadata\.annotations\..*(load-balancer-(scheme|name|type|internal|ip-address-type)|kubernetes\.io\/(scheme|load-balancer-name|group\.name))$/;

/**
 * The cluster of the Kubernetes provider that a resource is created with, as far as the plan knows it. Pulumi replaces a
 * resource whose provider leads to another one.
 *
 * Sources: pulumi pkg/resource/deploy/step_generator.go (`providerChanged`), pulumi-kubernetes provider.go (`DiffConfig`).
 */
export function clusterOf({ options }: Recorded, resources: readonly Node[]): unknown {
  const provider = resources.find(({ name, type }) => name === options["provider"] && isKubernetesProvider(type));
  return memberAt(provider?.inputs, "clusterIdentifier");
}

function isKubernetesProvider(type: string): boolean {
  return type === "pulumi:providers:kubernetes";
}

/** Whether another value at this path makes another resource, or another load balancer. */
export function replaces({ type, options }: Recorded, path: string): boolean {
  const asked = options["replaceOnChanges"];
  const paths = [
    ...(Array.isArray(asked) ? asked.map((one) => String(one).replace(/\["?([^"\]]+)"?\]/g, ".$1")) : []),
    ...(replacing[type] === undefined ? [] : replacing[type]),
    ...(type.startsWith("kubernetes:") ? ["metadata.name", "metadata.namespace", "apiVersion", "kind"] : []),
  ];
  return paths.some((one) => path === one || path.startsWith(`${one}.`)) || balancerAnnotation.test(path);
}
