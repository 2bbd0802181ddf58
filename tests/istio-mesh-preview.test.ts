import assert from "node:assert/strict";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { settled } from "../cli/plan/recording";
import type { IstioMeshArgs } from "../components";
import { combinations, smallest, wholeMesh, withIngress } from "./support/args";
import { makeEksCluster } from "./support/eks-cluster";
import { memberAt, type Recording, recordMesh, recordWholeMesh } from "./support/recorded";

const unknown = "[unknown]";

/** What can be said of a resource before anything is known: all but the values. */
const outline = ({ resources }: Recording) =>
  resources
    .map(({ name, type, parent, dependsOn, options }) => ({
      name,
      type,
      parent,
      dependsOn: [...dependsOn].sort(),
      options,
    }))
    .sort((one, other) => one.name.localeCompare(other.name));

/** Paths of all unknown values of a tree. */
function unknownsIn(value: unknown, path = ""): readonly string[] {
  if (value === unknown) return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => unknownsIn(member, path === "" ? key : `${path}.${key}`));
}

describe("A preview of an IstioMesh", () => {
  for (const combination of combinations) {
    const { mode, strategy, routing } = combination;
    it(`shows the same resources in the same order as the update after it (${mode}, ${strategy}, ${routing})`, async () => {
      const preview = await recordMesh(wholeMesh(combination), { preview: true });
      assert.deepEqual(outline(preview), outline(await recordWholeMesh(combination)));
    });
  }

  it("leaves unknown only what AWS or Kubernetes will fill in", async () => {
    const nlb = await recordMesh(wholeMesh({ mode: "sidecar", strategy: "nlb", routing: "istio" }), { preview: true });
    const alb = await recordMesh(wholeMesh({ mode: "sidecar", strategy: "alb", routing: "istio" }), { preview: true });
    const unknownsOf = ({ resources }: Recording) =>
      Object.fromEntries(
        resources
          .map(({ name, inputs }) => [name, unknownsIn(inputs)] as const)
          .filter(([, paths]) => paths.length > 0),
      );
    const rule = (name: string) => `mesh-rule-istio-ingress/${name}`;
    const validation = {
      "mesh-validation-record-app.example.com": ["name", "records.0", "type"],
      "mesh-issued-certificate-istio-ingress": ["certificateArn", "validationRecordFqdns.0"],
      "mesh-a-record-app.example.com": ["aliases.0.name"],
    };
    const clients = {
      [rule("http-from-0.0.0.0/0")]: ["securityGroupId"],
      [rule("https-from-0.0.0.0/0")]: ["securityGroupId"],
    };
    const prefix = "metadata.annotations.";
    assert.deepEqual(unknownsOf(nlb), {
      ...{ ...validation, ...clients },
      ...Object.fromEntries(
        ["http2", "https", "status-port"].flatMap((port) => [
          [rule(`${port}-to-sg-0123456789abcdef0`), ["securityGroupId"]],
          [rule(`${port}-into-sg-0123456789abcdef0`), ["referencedSecurityGroupId"]],
        ]),
      ),
      "mesh-service-istio-ingress": [
        `${prefix}service.beta.kubernetes.io/aws-load-balancer-security-groups`,
        `${prefix}service.beta.kubernetes.io/aws-load-balancer-ssl-cert`,
      ],
    });
    assert.deepEqual(unknownsOf(alb), {
      ...{ ...validation, ...clients },
      ...Object.fromEntries(
        ["http2", "status-port"].flatMap((port) => [
          [rule(`${port}-to-sg-0123456789abcdef0`), ["fromPort", "securityGroupId", "toPort"]],
          [rule(`${port}-into-sg-0123456789abcdef0`), ["fromPort", "referencedSecurityGroupId", "toPort"]],
        ]),
      ),
      "mesh-ingress-istio-ingress": [
        `${prefix}alb.ingress.kubernetes.io/certificate-arn`,
        `${prefix}alb.ingress.kubernetes.io/security-groups`,
      ],
    });
  });

  it("shows a release's values with only that value unknown which is", async () => {
    const { input } = await recordMesh(
      () => {
        const { id } = new ConfigMap("made-elsewhere", {});
        return { ...smallest, istio: { values: { istiod: { env: { FROM_ELSEWHERE: id } } } } };
      },
      { preview: true },
    );
    const values = input("mesh-istiod", "values");
    assert.deepEqual(unknownsIn(values), ["env.FROM_ELSEWHERE"]);
    assert.equal(memberAt(values, "autoscaleMin"), 2);
  });

  it("does not stop where a dry run answers with an empty status, as the API server does", async () => {
    const dryRun = { status: { loadBalancer: {} } };
    for (const strategy of ["nlb", "alb"] as const) {
      const { mesh, input } = await recordMesh(
        withIngress({ strategy, hostnames: ["a.example.com"], dns: { zoneName: "example.com" } }),
        {
          preview: true,
          states: { "kubernetes:core/v1:Service": dryRun, "kubernetes:networking.k8s.io/v1:Ingress": dryRun },
        },
      );
      assert.equal(await settled(mesh.hostname), unknown);
      assert.equal(input("mesh-a-record-a.example.com", "aliases[0].name"), unknown);
    }
  });

  it("knows what an earlier update has filled in", async () => {
    const status = { loadBalancer: { ingress: [{ hostname: "known.elb.amazonaws.com" }] } };
    const ports = [
      { name: "http2", nodePort: 30080 },
      { name: "status-port", nodePort: 30021 },
    ];
    const { mesh, input } = await recordMesh(withIngress({ strategy: "alb" }), {
      preview: true,
      states: {
        "kubernetes:core/v1:Service": { spec: { ports } },
        "kubernetes:networking.k8s.io/v1:Ingress": { status },
      },
    });
    assert.equal(await settled(mesh.url), "http://known.elb.amazonaws.com");
    assert.equal(input("mesh-rule-istio-ingress/http2-to-nodes", "fromPort"), 30080);
    assert.equal(input("mesh-rule-istio-ingress/status-port-into-nodes", "toPort"), 30021);
  });

  it("tells the address that the user chose, and not the load balancer's, which nobody knows yet", async () => {
    const preview = async (args: IstioMeshArgs) => {
      const { mesh } = await recordMesh(args, { preview: true });
      return [await settled(mesh.url), await settled(mesh.hostname)];
    };
    assert.deepEqual(await preview(withIngress({ hostnames: ["app.example.com"] })), [
      "http://app.example.com",
      unknown,
    ]);
    assert.deepEqual(await preview(withIngress({})), [unknown, unknown]);
  });

  it("works while the cluster itself is still to be made", async () => {
    const { resources, lookups, input } = await recordMesh(
      () => ({ ...withIngress({ strategy: "alb" }), cluster: { eksCluster: makeEksCluster() } }),
      { preview: true },
    );
    assert.ok(resources.some(({ name }) => name === "mesh-cleanup"));
    assert.deepEqual(lookups, [], "nothing can be asked of a VPC that has no id yet");
    assert.equal(input("mesh-security-group-istio-ingress", "vpcId"), unknown);
    assert.equal(input("mesh-rule-istio-ingress/http-from-vpc", "cidrIpv4"), unknown);
  });
});
