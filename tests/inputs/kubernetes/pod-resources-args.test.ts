import assert from "node:assert/strict";
import {
  checkResources,
  resourcesShape,
  type ResourcesArgs,
} from "../../../components/inputs/kubernetes/pod-resources-args";
import { checkShape } from "../../../components/inputs/shape";

const memory = (request: string, limit: string): ResourcesArgs => ({
  requests: { memory: request },
  limits: { memory: limit },
});
const cpu = (request: string, limit: string): ResourcesArgs => ({ requests: { cpu: request }, limits: { cpu: limit } });

describe("checkResources", () => {
  it("refuses a request above its limit, as the API server would", () => {
    assert.deepEqual(checkResources(cpu("2", "1000m"), "controlPlane.resources"), [
      {
        path: "controlPlane.resources.requests.cpu",
        given: '"2"',
        allowed: "at most the limit, 1000m",
        suggestion: "lower the request or raise the limit",
      },
    ]);
  });

  it("takes a request equal to its limit, which is the class Guaranteed", () => {
    assert.deepEqual(checkResources(memory("128Mi", "128Mi"), "r"), []);
    assert.deepEqual(checkResources(cpu("1", "1000m"), "r"), []);
  });

  it("reports CPU and memory at once", () => {
    const both = { requests: { cpu: "2", memory: "2Gi" }, limits: { cpu: "1", memory: "1Gi" } };
    assert.deepEqual(
      checkResources(both, "r").map(({ path }) => path),
      ["r.requests.cpu", "r.requests.memory"],
    );
  });

  it("has nothing to say where one of the two is missing", () => {
    assert.deepEqual(checkResources({ requests: { cpu: "9" } }, "r"), []);
    assert.deepEqual(checkResources({ limits: { cpu: "9" } }, "r"), []);
    assert.deepEqual(checkResources({}, "r"), []);
  });

  it("knows every unit of Kubernetes, the binary ones by 1024", () => {
    const ascending = ["1m", "1", "1k", "1Ki", "1M", "1Mi", "1G", "1Gi", "1T", "1Ti", "1P", "1Pi", "1E", "1Ei"];
    ascending.slice(1).forEach((larger, index) => {
      const smaller = String(ascending[index]);
      assert.equal(checkResources(memory(larger, smaller), "r").length, 1, `${larger} is more than ${smaller}`);
      assert.deepEqual(checkResources(memory(smaller, larger), "r"), []);
    });
  });

  it("knows that 1Gi is 1024Mi, neither more nor less, and that 0.5 is 500m", () => {
    for (const [one, other] of [
      ["1Gi", "1024Mi"],
      ["1Ki", "1024"],
      ["1M", "1000k"],
      ["0.5", "500m"],
      [".5", "500m"],
      ["+1.", "1000m"],
      ["1e3", "1k"],
      ["1E-3", "1m"],
      ["1000n", "1u"],
    ] as const) {
      assert.deepEqual(checkResources(memory(one, other), "r"), []);
      assert.deepEqual(checkResources(memory(other, one), "r"), []);
    }
  });
});

describe("resourcesShape", () => {
  it("takes requests and limits of CPU and memory, each of them optional", () => {
    const args = { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "1000m", memory: "1024Mi" } };
    assert.deepEqual(checkShape(resourcesShape, args).problems, []);
    assert.deepEqual(checkShape(resourcesShape, {}).problems, []);
  });

  it("refuses a number of CPUs without quotes, which the gateway chart's schema refuses too", () => {
    assert.deepEqual(
      checkShape(resourcesShape, { requests: { cpu: 1 } }).problems.map(({ path, suggestion }) => [path, suggestion]),
      [["requests.cpu", 'put it in quotes: "1"']],
    );
  });
});
