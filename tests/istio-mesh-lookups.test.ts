import assert from "node:assert/strict";
import { Provider } from "@pulumi/kubernetes/provider";
import type { IstioMeshArgs } from "../components";
import { smallest, withIngress } from "./support/args";
import { recordMesh } from "./support/recorded";

/** What a mesh asks AWS, each question as `function: arguments`. */
async function asked(args: IstioMeshArgs): Promise<readonly string[]> {
  const { lookups } = await recordMesh(args);
  return lookups
    .map(({ token, inputs }) => `${String(token.split(":")[2])}: ${JSON.stringify(inputs)}`)
    .filter((question) => !question.startsWith("getCluster"))
    .sort();
}

describe("An IstioMesh asks AWS", () => {
  it("for the cluster, once, however often an answer is used", async () => {
    const { lookups } = await recordMesh({
      ...withIngress({}, { mode: "ambient", cleanup: { waitForNetworkInterfaces: true } }),
      additionalIngresses: { inner: { strategy: "alb" } },
    });
    assert.deepEqual(
      lookups.filter(({ token }) => token === "aws:eks/getCluster:getCluster").map(({ inputs }) => inputs),
      [{ name: "prod" }],
    );
  });

  /** Without one, the component makes a provider and identifies the cluster by its ARN. */
  const withProvider = { opts: () => ({ providers: [new Provider("given", { kubeconfig: "given" })] }) };

  it("for the cluster's ARN where only its Kubernetes provider is to be made", async () => {
    const { lookups } = await recordMesh({ ...smallest, cluster: { name: "prod", kubeconfig: "given" } });
    assert.deepEqual(
      lookups.map(({ token }) => token),
      ["aws:eks/getCluster:getCluster"],
    );
  });

  it("for nothing at all where the user says all that is needed", async () => {
    const { lookups } = await recordMesh(
      {
        mode: "sidecar",
        cluster: {
          ...{ name: "prod", kubeconfig: "given", vpcId: "vpc-0123456789abcdef0" },
          securityGroupId: "sg-0123456789abcdef0",
        },
        ingress: { strategy: "nlb", allowedCidrs: ["10.0.0.0/8"] },
      },
      withProvider,
    );
    assert.deepEqual(lookups, []);
  });

  it("for no cluster's group where every rule goes to groups that the user named, and no webhook needs one", async () => {
    const { lookups } = await recordMesh(
      {
        mode: "sidecar",
        cluster: {
          ...{ name: "prod", kubeconfig: "given", vpcId: "vpc-0123456789abcdef0" },
          nodeSecurityGroupIds: ["sg-0123456789abcdef0"],
        },
        istio: { profile: "empty" },
        ingress: { strategy: "nlb", allowedCidrs: ["10.0.0.0/8"] },
      },
      withProvider,
    );
    assert.deepEqual(lookups, []);
  });

  it("for the VPC's range only where an internal load balancer lets its VPC in", async () => {
    assert.deepEqual(await asked(withIngress({})), ['getVpc: {"id":"vpc-0example00000000"}']);
    assert.deepEqual(await asked(withIngress({ allowedCidrs: ["10.0.0.0/8"] })), []);
    assert.deepEqual(await asked(withIngress({ scheme: "internet-facing" })), []);
    assert.deepEqual(await asked(smallest), []);
  });

  it("for the VPC's range once for all ingresses, and for the VPC that the user named", async () => {
    const cluster = { name: "prod", vpcId: "vpc-0123456789abcdef0" };
    const additionalIngresses = { inner: { strategy: "alb" as const } };
    assert.deepEqual(await asked({ ...withIngress({}), cluster, additionalIngresses }), [
      'getVpc: {"id":"vpc-0123456789abcdef0"}',
    ]);
  });

  const hostnames = ["app.example.com"];
  const everybody = { scheme: "internet-facing", hostnames } as const;

  it("for a zone by its name, and for the zone of NLBs where it points at one", async () => {
    assert.deepEqual(await asked(withIngress({ ...everybody, dns: { zoneName: "example.com" } })), [
      'getHostedZoneId: {"loadBalancerType":"network"}',
      'getZone: {"name":"example.com","privateZone":false}',
    ]);
  });

  it("for the zone of ALBs where it points at one: AWS keeps them apart", async () => {
    const dns = { zoneName: "example.com", privateZone: true };
    assert.deepEqual(await asked(withIngress({ ...everybody, strategy: "alb", dns })), [
      'getHostedZoneId: {"loadBalancerType":"application"}',
      'getZone: {"name":"example.com","privateZone":true}',
    ]);
  });

  it("for no zone where its id is given, even if its name is too", async () => {
    const zoneId = "Z0123456789ABCDEFGHIJ";
    const loadBalancers = ['getHostedZoneId: {"loadBalancerType":"network"}'];
    assert.deepEqual(await asked(withIngress({ ...everybody, dns: { zoneId } })), loadBalancers);
    assert.deepEqual(
      await asked(withIngress({ ...everybody, dns: { zoneId, zoneName: "example.com" } })),
      loadBalancers,
    );
  });

  it("for no zone of load balancers where someone else makes the records", async () => {
    const dns = { zoneName: "example.com", createRecords: false };
    assert.deepEqual(await asked(withIngress({ ...everybody, dns, tls: { requestCertificate: true } })), [
      'getZone: {"name":"example.com","privateZone":false}',
    ]);
  });

  it("for an issued certificate of any key type, the newest: without the list ACM leaves some kinds out", async () => {
    const [question, ...others] = await asked(
      withIngress({ ...everybody, tls: { certificateDomain: "*.example.com" } }),
    );
    assert.deepEqual(others, []);
    assert.deepEqual(JSON.parse(String(question).replace("getCertificate: ", "")), {
      domain: "*.example.com",
      statuses: ["ISSUED"],
      mostRecent: true,
      keyTypes: ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"],
    });
  });

  it("for no certificate that the user names, requests, or keeps in the gateway", async () => {
    const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/0f";
    assert.deepEqual(await asked(withIngress({ ...everybody, tls: { certificateArn } })), []);
    assert.deepEqual(await asked(withIngress({ ...everybody, tls: { secretName: "tls" } })), []);
    const dns = { zoneId: "Z0123456789ABCDEFGHIJ", createRecords: false };
    assert.deepEqual(await asked(withIngress({ ...everybody, dns, tls: { requestCertificate: true } })), []);
  });

  it("for each ingress' own certificate and zone", async () => {
    const args: IstioMeshArgs = {
      ...withIngress({ ...everybody, dns: { zoneName: "example.com" }, tls: { certificateDomain: "app.example.com" } }),
      additionalIngresses: {
        inner: {
          ...{ strategy: "alb", allowedCidrs: ["10.0.0.0/8"], hostnames: ["in.example.org"] },
          ...{ dns: { zoneName: "example.org" }, tls: { certificateDomain: "in.example.org" } },
        },
      },
    };
    const { input } = await recordMesh(args, {
      facts: {
        zones: { "example.com": "ZCOM", "example.org": "ZORG" },
        certificates: { "app.example.com": "arn:com", "in.example.org": "arn:org" },
        loadBalancerZones: { network: "ZNLB", application: "ZALB" },
      },
    });
    assert.equal(input("mesh-a-record-app.example.com", "zoneId"), "ZCOM");
    assert.equal(input("mesh-a-record-app.example.com", "aliases[0].zoneId"), "ZNLB");
    assert.equal(input("mesh-a-record-in.example.org", "zoneId"), "ZORG");
    assert.equal(input("mesh-a-record-in.example.org", "aliases[0].zoneId"), "ZALB");
    const annotations = (name: string) => input(name, "metadata.annotations") as Readonly<Record<string, unknown>>;
    assert.equal(
      annotations("mesh-service-istio-ingress")["service.beta.kubernetes.io/aws-load-balancer-ssl-cert"],
      "arn:com",
    );
    assert.equal(annotations("mesh-ingress-inner")["alb.ingress.kubernetes.io/certificate-arn"], "arn:org");
  });
});
