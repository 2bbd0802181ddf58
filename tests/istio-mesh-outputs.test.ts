import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { settled } from "../cli/plan/recording";
import type { IstioMesh, IstioMeshArgs } from "../components";
import { defaultIstioVersion } from "../components/control-plane/charts/versions";
import { smallest, withIngress } from "./support/args";
import { recordMesh } from "./support/recorded";

async function outputsOf(args: IstioMeshArgs): Promise<Readonly<Record<string, unknown>>> {
  const { mesh } = await recordMesh(args);
  return settledOutputs(mesh);
}

async function settledOutputs(mesh: IstioMesh): Promise<Readonly<Record<string, unknown>>> {
  const { url, hostname, ingresses, namespace, ingressNamespace, version, revision, enrolmentLabels } = mesh;
  const outputs = { url, hostname, ingresses, namespace, ingressNamespace, version, revision, enrolmentLabels };
  const known = await Promise.all(
    Object.entries(outputs).map(async ([key, output]) => {
      assert.ok(pulumi.Output.isInstance(output), `${key} is no Output`);
      return [key, await settled(output)] as const;
    }),
  );
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}

const service = (ingress: string) => `<mesh-service-${ingress}.status.loadBalancer.ingress[0].hostname>`;
const albIngress = (ingress: string) => `<mesh-ingress-${ingress}.status.loadBalancer.ingress[0].hostname>`;

describe("The outputs of an IstioMesh", () => {
  it("without ingress are those of the control plane: there is no address", async () => {
    assert.deepEqual(await outputsOf(smallest), {
      ingresses: {},
      namespace: "istio-system",
      version: defaultIstioVersion,
      revision: "",
      enrolmentLabels: { "istio-injection": "enabled" },
    });
  });

  it("with one ingress tell its address", async () => {
    assert.deepEqual(await outputsOf(withIngress({})), {
      url: `http://${service("istio-ingress")}`,
      hostname: service("istio-ingress"),
      ingresses: {
        "istio-ingress": {
          hostname: service("istio-ingress"),
          url: `http://${service("istio-ingress")}`,
          securityGroupId: "<mesh-security-group-istio-ingress.id>",
        },
      },
      namespace: "istio-system",
      ingressNamespace: "istio-ingress",
      version: defaultIstioVersion,
      revision: "",
      enrolmentLabels: { "istio-injection": "enabled" },
    });
  });

  it("with several tell each by name; url, hostname and namespace are those of the first", async () => {
    const outputs = await outputsOf({
      ...withIngress({ hostnames: ["app.example.com"], gateway: { namespace: "edge" } }),
      additionalIngresses: {
        inner: {
          ...{ strategy: "alb", hostnames: ["*.in.example.com", "in.example.com"] },
          tls: { certificateDomain: "in.example.com" },
        },
        addons: { strategy: "alb", gateway: { shareWith: "inner" }, hostnames: ["*.addons.example.com"] },
      },
    });
    assert.equal(outputs["url"], "http://app.example.com");
    assert.equal(outputs["hostname"], service("istio-ingress"));
    assert.equal(outputs["ingressNamespace"], "edge");
    assert.deepEqual(outputs["ingresses"], {
      "istio-ingress": {
        hostname: service("istio-ingress"),
        url: "http://app.example.com",
        securityGroupId: "<mesh-security-group-istio-ingress.id>",
      },
      inner: {
        hostname: albIngress("inner"),
        url: "https://in.example.com",
        securityGroupId: "<mesh-security-group-inner.id>",
        certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/example-of-in.example.com",
      },
      addons: {
        hostname: albIngress("addons"),
        // Nobody can type a wildcard, so that it is the load balancer's own name.
        url: `http://${albIngress("addons")}`,
        securityGroupId: "<mesh-security-group-addons.id>",
      },
    });
  });

  it("say https where TLS ends at the load balancer, and where it ends in the gateway", async () => {
    const url = async (tls: NonNullable<IstioMeshArgs["ingress"]>["tls"]) =>
      (await outputsOf(withIngress({ hostnames: ["a.example.com"], ...(tls === undefined ? {} : { tls }) })))["url"];
    assert.equal(await url(undefined), "http://a.example.com");
    assert.equal(await url({ certificateDomain: "a.example.com" }), "https://a.example.com");
    assert.equal(await url({ secretName: "tls" }), "https://a.example.com");
  });

  it("give the certificate that the load balancer really has: an issued one, not one that is only requested", async () => {
    const { ingresses } = await outputsOf(
      withIngress({
        hostnames: ["a.example.com"],
        dns: { zoneName: "example.com" },
        tls: { requestCertificate: true },
      }),
    );
    const { certificateArn } = (ingresses as Readonly<Record<string, Record<string, unknown>>>)["istio-ingress"] ?? {};
    assert.equal(certificateArn, "<mesh-certificate-istio-ingress.arn>");
  });

  it("give the labels that enrol a namespace in this mode and revision", async () => {
    const labels = async (args: IstioMeshArgs) => (await outputsOf(args))["enrolmentLabels"];
    assert.deepEqual(await labels({ ...smallest, mode: "ambient" }), { "istio.io/dataplane-mode": "ambient" });
    assert.deepEqual(await labels({ ...smallest, istio: { revision: "1-31-1" } }), { "istio.io/rev": "1-31-1" });
  });

  it("name the control plane that is there", async () => {
    const outputs = await outputsOf({
      ...smallest,
      istio: { namespace: "istio-control", version: "1.30.4", revision: "stable" },
    });
    assert.equal(outputs["namespace"], "istio-control");
    assert.equal(outputs["version"], "1.30.4");
    assert.equal(outputs["revision"], "stable");
  });
});
