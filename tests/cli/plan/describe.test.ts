import assert from "node:assert/strict";
import { describeResource } from "../../../cli/plan/describe";
import type { IstioMeshArgs } from "../../../components";
import { defaultIstioVersion } from "../../../components/control-plane/charts/versions";
import { smallest, wholeMesh, withIngress } from "../../support/args";
import { madeUp } from "../../support/plans";
import { type Recording, recordMesh, recordWholeMesh } from "../../support/recorded";

/** Descriptions of the resources with these names. */
const described = ({ find }: Recording, ...names: readonly string[]) =>
  names.map((name) => {
    const { kind, detail } = describeResource(find(name));
    return `${kind}: ${detail}`;
  });

describe("describeResource", () => {
  it("says of a web ACL what it is for", () => {
    const inputs = { description: "Limits the requests of a client address" };
    assert.deepEqual(describeResource(madeUp("acl", { type: "aws:wafv2/webAcl:WebAcl", inputs })), {
      kind: "web ACL",
      detail: "Limits the requests of a client address",
    });
  });

  it("names the prefix list that a rule lets in", () => {
    const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const inputs = { fromPort: 443, toPort: 443, ipProtocol: "tcp", prefixListId: "pl-4fa04526" };
    assert.deepEqual(describeResource(madeUp("rule", { type, inputs })), {
      kind: "inbound rule",
      detail: "TCP 443 from pl-4fa04526",
    });
  });

  it("names the role in which a provider of AWS acts, as far as it is known", () => {
    const detail = (assumeRoles: string) =>
      describeResource(madeUp("dns", { type: "pulumi:providers:aws", inputs: { assumeRoles } })).detail;
    assert.equal(detail(JSON.stringify([{ roleArn: "first" }, { roleArn: "last" }])), "AWS in the role last");
    assert.equal(detail("[secret]"), "AWS in the role [secret]");
  });

  it("names the key, the request and the certificate of istiod", async () => {
    const privateCaArn = "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0a1b";
    const mesh = await recordMesh({ ...smallest, security: { certificateAuthority: { privateCaArn } } });
    const names = ["key", "request", "certificate"].map((one) => `mesh-authority-${one}-1`);
    assert.deepEqual(described(mesh, ...names), [
      "private key: of istiod: RSA, 2048 bits",
      "certificate request: Intermediate CA, prod, Istio",
      "certificate: of istiod, by AWS Private CA, for 730 days",
    ]);
  });

  it("describes each thing in the terms of its field", async () => {
    const nlb = await recordWholeMesh({ mode: "sidecar", strategy: "nlb", routing: "istio" });
    assert.deepEqual(
      described(
        nlb,
        ...["mesh", "mesh-kubernetes", "mesh-istiod", "mesh-namespace-istio-system", "mesh-enrolment-legacy"],
        ...["mesh-security-group-istio-ingress", "mesh-rule-istio-ingress/http-from-0.0.0.0/0"],
        ...["mesh-rule-istio-ingress/https-to-sg-0123456789abcdef0", "mesh-certificate-istio-ingress"],
        ...["mesh-issued-certificate-istio-ingress", "mesh-service-istio-ingress", "mesh-istio-gateway-istio-ingress"],
        ...["mesh-a-record-app.example.com", "mesh-cleanup"],
      ),
      [
        `IstioMesh: sidecar, Istio ${defaultIstioVersion}`,
        "provider: Kubernetes of prod",
        `Helm release: istiod in istio-system: chart istiod ${defaultIstioVersion}`,
        "Namespace: istio-system",
        "NamespacePatch: legacy",
        "security group: Load balancer of the Istio ingress istio-ingress",
        "inbound rule: TCP 80 from 0.0.0.0/0",
        "outbound rule: TCP 443 to sg-0123456789abcdef0",
        "certificate: app.example.com",
        "certificate: waits until it is issued",
        "Service: istio-ingress in istio-ingress, internet-facing NLB on 80, 443, certificate mesh-certificate-istio-ingress",
        "Gateway: istio-ingress in istio-ingress",
        "DNS record: A app.example.com",
        "command: on destroy: removes the load balancers and waits",
      ],
    );
  });

  it("states of a role what it is for, what it may do, and whose it is", async () => {
    const mesh = await recordMesh({ ...smallest, telemetry: { tracing: { provider: "xray" } } });
    assert.deepEqual(
      described(
        mesh,
        "mesh-pod-role-xray-collector",
        "mesh-permissions-xray-collector",
        "mesh-pod-identity-xray-collector",
      ),
      [
        "IAM role: Lets the mesh's OpenTelemetry collector write traces to AWS X-Ray",
        "IAM policy: xray:PutTraceSegments",
        "pod identity: ServiceAccount xray-collector in istio-system",
      ],
    );
  });

  it("tells the first few of many things that a role may do", async () => {
    const mesh = await recordMesh({ ...smallest, addons: { cloudwatch: {} } });
    assert.deepEqual(described(mesh, "mesh-permissions-cloudwatch", "mesh-addon-cloudwatch"), [
      "IAM policy: cloudwatch:PutMetricData, ec2:DescribeTags, ec2:DescribeVolumes and 11 others",
      "EKS add-on: amazon-cloudwatch-observability",
    ]);
    const pinned = await recordMesh({ ...smallest, addons: { cloudwatch: { version: "v4.3.1-eksbuild.1" } } });
    assert.deepEqual(described(pinned, "mesh-addon-cloudwatch"), [
      "EKS add-on: amazon-cloudwatch-observability v4.3.1-eksbuild.1",
    ]);
  });

  it("tells the class of a Gateway, the node ports' Service, and where definitions come from", async () => {
    const alb = await recordWholeMesh({ mode: "ambient", strategy: "alb", routing: "gateway-api" });
    assert.deepEqual(
      described(
        alb,
        ...["mesh-gateway-istio-ingress", "mesh-service-istio-ingress", "mesh-ingress-istio-ingress", "mesh-crds"],
      ),
      [
        "Gateway: istio-ingress in istio-ingress, class istio",
        "Service: istio-ingress in istio-ingress, NodePort 80, 15021",
        "Ingress: istio-ingress in istio-ingress, internet-facing ALB on 80, 443, hosts app.example.com, certificate mesh-certificate-istio-ingress",
        "manifest: https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.6.0/standard-install.yaml",
      ],
    );
  });

  it("reports an ALB its hosts, its certificate and its web ACL", async () => {
    const webAclArn = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/edge/0a1b";
    const mesh = (acl: string) =>
      recordMesh(
        withIngress({
          ...{ strategy: "alb", hostnames: ["a.example.com", "b.example.com"], alb: { webAclArn: acl } },
          tls: { certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/0f" },
        }),
      );
    assert.deepEqual(described(await mesh(webAclArn), "mesh-ingress-istio-ingress"), [
      "Ingress: istio-ingress in istio-ingress, internal ALB on 80, 443, hosts a.example.com, b.example.com, certificate 0f, web ACL edge",
    ]);
  });

  it("does not say of a cleanup that does nothing that it removes the load balancers", async () => {
    const mesh = await recordMesh({ ...smallest, cleanup: { enabled: false } });
    assert.deepEqual(described(mesh, "mesh-cleanup"), ["command: on destroy: nothing"]);
  });

  it("reports all names of a certificate, and IPv6 ranges", async () => {
    const args: IstioMeshArgs = withIngress({
      ...{ scheme: "internet-facing", ipAddressType: "dualstack", hostnames: ["example.com", "*.example.com"] },
      ...{ dns: { zoneName: "example.com" }, tls: { requestCertificate: true } },
    });
    assert.deepEqual(
      described(
        await recordMesh(args),
        ...["mesh-certificate-istio-ingress", "mesh-rule-istio-ingress/http-from-::/0"],
        "mesh-aaaa-record-*.example.com",
      ),
      ["certificate: example.com, *.example.com", "inbound rule: TCP 80 from ::/0", "DNS record: AAAA *.example.com"],
    );
  });

  it("reports what is unknown or secret as such", async () => {
    const preview = await recordMesh(wholeMesh({ mode: "sidecar", strategy: "alb", routing: "istio" }), {
      preview: true,
    });
    assert.deepEqual(described(preview, "mesh-rule-istio-ingress/http2-into-sg-0123456789abcdef0"), [
      "inbound rule: TCP [unknown] from [unknown]",
    ]);
  });

  it("goes by the last part of the type and the object's name for what it does not know", () => {
    const metadata = { name: "shop", namespace: "edge" };
    assert.deepEqual(describeResource(madeUp("x", { type: "kubernetes:v1:Thing", inputs: { metadata } })), {
      kind: "Thing",
      detail: "shop in edge",
    });
    assert.deepEqual(describeResource(madeUp("x", { inputs: null })), { kind: "Thing", detail: "undefined" });
    assert.deepEqual(describeResource(madeUp("x", { inputs: { metadata: { name: ["a"] }, spec: { type: "Odd" } } })), {
      kind: "Thing",
      detail: '["a"], Odd ',
    });
  });
});
