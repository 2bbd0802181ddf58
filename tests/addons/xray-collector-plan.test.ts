import assert from "node:assert/strict";
import { planXrayCollector, planXrayRole, xrayCollectorAddress } from "../../components/addons/xray-collector-plan";
import { valueAt } from "../../components/inputs/path";

const place = {
  namespace: "mesh",
  clusterName: "prod",
  region: () => "eu-west-1",
  tags: {},
  permissionsBoundary: undefined,
};
const chart = { chart: "c", version: "1.0.0", repository: "https://charts.example.com", values: {} };
const collector = (...tags: readonly string[]) => planXrayCollector({ chart, tags }, place);
const pipelineAt = (tags: readonly string[], ...path: readonly string[]) =>
  valueAt(collector(...tags).defaults["alternateConfig"], path);

describe("The collector for AWS X-Ray", () => {
  it("is found at the Service that its chart makes", () => {
    assert.deepEqual(xrayCollectorAddress("mesh"), { service: "xray-collector.mesh.svc.cluster.local", port: 4317 });
    assert.equal(collector().required["fullnameOverride"], "xray-collector");
    assert.equal(pipelineAt([], "receivers", "otlp", "protocols", "grpc", "endpoint"), "${env:MY_POD_IP}:4317");
  });

  it("writes to X-Ray in the cluster's region, and finds spans by the user's tags", () => {
    assert.deepEqual(pipelineAt(["team"], "exporters", "awsxray"), {
      region: "eu-west-1",
      local_mode: true,
      indexed_attributes: ["team"],
    });
    assert.deepEqual(pipelineAt([], "exporters", "awsxray"), { region: "eu-west-1", local_mode: true });
  });

  it("leads spans, and nothing else, from the proxies to X-Ray", () => {
    assert.deepEqual(pipelineAt([], "service", "pipelines"), {
      traces: { receivers: ["otlp"], processors: ["memory_limiter", "batch"], exporters: ["awsxray"] },
    });
  });

  it("may write traces, and nothing else, as the ServiceAccount that its pods have", () => {
    const { permissions, association } = planXrayRole(place);
    assert.match(permissions.document.concat.join(""), /"Action":\["xray:PutTraceSegments"\],"Resource":"\*"/);
    assert.deepEqual(collector().required["serviceAccount"], { create: true, name: association?.serviceAccount });
    assert.equal(association?.namespace, "mesh");
  });

  it("starts once the role is its pods'", () => {
    assert.deepEqual(collector().after, ["permissions-xray-collector", "pod-identity-xray-collector"]);
  });
});
