import assert from "node:assert/strict";
import { planAwsCredentials } from "../../components/egress/aws-credentials-plan";
import { memberAt } from "../support/recorded";

const stsHost = "sts.eu-west-1.amazonaws.com";
const plan = () => planAwsCredentials({ namespace: "istio-system", stsHost, after: ["istiod"] });

describe("planAwsCredentials", () => {
  it("makes the EKS Pod Identity Agent known to every sidecar, as a TCP address that Envoy does not look into", () => {
    assert.deepEqual(plan()[0], {
      name: "aws-credentials-pod-identity-agent",
      after: ["istiod"],
      apiVersion: "networking.istio.io/v1",
      kind: "ServiceEntry",
      metadata: {
        name: "aws-pod-identity-agent",
        namespace: "istio-system",
        labels: { "istio.io/use-waypoint": "none" },
      },
      body: {
        spec: {
          hosts: ["pod-identity-agent.aws.internal"],
          exportTo: ["*"],
          location: "MESH_EXTERNAL",
          addresses: ["169.254.170.23"],
          resolution: "NONE",
          ports: [{ number: 80, name: "tcp", protocol: "TCP" }],
        },
      },
    });
  });

  it("names every address of both families, each behind a host of its own", () => {
    const local = plan().slice(0, -1);
    assert.deepEqual(
      local.map((entry) => memberAt(entry, "body.spec.addresses")),
      [["169.254.170.23"], ["fd00:ec2::23"], ["169.254.169.254"], ["fd00:ec2::254"]],
    );
    const hosts = local.map((entry) => String(memberAt(entry, "body.spec.hosts")));
    assert.equal(new Set(hosts).size, hosts.length);
  });

  it("makes the regional host of STS known by the server name of its TLS", () => {
    const [sts] = plan().slice(-1);
    assert.equal(sts?.name, "aws-credentials-sts");
    assert.deepEqual(memberAt(sts, "body.spec"), {
      hosts: [stsHost],
      exportTo: ["*"],
      location: "MESH_EXTERNAL",
      resolution: "DNS",
      ports: [{ number: 443, name: "tls", protocol: "TLS" }],
    });
  });

  it("makes no entry for STS where the user names its host", () => {
    const names = planAwsCredentials({ namespace: "istio-system", stsHost: undefined, after: [] }).map(
      ({ name }) => name,
    );
    assert.ok(!names.includes("aws-credentials-sts"));
    assert.equal(names.length, plan().length - 1);
  });
});
