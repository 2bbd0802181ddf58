import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../../components";
import { resolveIstioMesh } from "../../../components/mesh/resolve-mesh-args";
import { onlyProblem } from "../../support/settings";

const nlb = { strategy: "nlb" } as const;
const resolve = (args: Partial<IstioMeshArgs>) =>
  resolveIstioMesh({ mode: "ambient", cluster: { name: "prod" }, ingress: nlb, ...args });
const warnings = (args: Partial<IstioMeshArgs>) =>
  resolve(args).warnings.filter((warning) => warning.includes("gateway.drainSeconds"));

describe("warnOfDrainDurations", () => {
  const meshConfig = { defaultConfig: { terminationDrainDuration: "120s" } };

  it("names the member that holds for gateways, wherever the mesh's default is written", () => {
    const [warning, ...others] = warnings({ istio: { meshConfig } });
    assert.deepEqual(others, []);
    assert.match(
      String(warning),
      /^istio\.meshConfig\.defaultConfig\.terminationDrainDuration: .*"istio-ingress" 60 seconds/,
    );
    assert.match(
      String(warnings({ istio: { values: { istiod: { meshConfig } } } })),
      /^istio\.values\.istiod\.meshConfig/,
    );
    const pilot = { pilot: { meshConfig: { defaultConfig: { drainDuration: "90s" } } } };
    assert.match(
      String(warnings({ istio: { values: { istiod: pilot } } })),
      /pilot\.meshConfig\.defaultConfig\.drainDuration/,
    );
  });

  it("is silent where both are the same, and where no load balancer stands before a gateway", () => {
    const ingress = { ...nlb, gateway: { drainSeconds: 120 } };
    assert.deepEqual(warnings({ istio: { meshConfig }, ingress }), []);
    const { warnings: all } = resolveIstioMesh({ mode: "ambient", cluster: { name: "prod" }, istio: { meshConfig } });
    assert.deepEqual(
      all.filter((warning) => warning.includes("drainSeconds")),
      [],
    );
  });
});

describe("a drain that was set up by hand", () => {
  const attributes = "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes";

  it("is refused in the attributes of target groups, of all listeners or of one", () => {
    for (const key of [attributes, `${attributes}.443`]) {
      const given = "deregistration_delay.timeout_seconds=90";
      const { path, suggestion } = onlyProblem(resolve({ ingress: { ...nlb, annotations: { [key]: given } } }));
      assert.equal(path, `ingress.annotations["${key}"]`);
      assert.equal(suggestion, `remove ${given} and use gateway.drainSeconds`);
    }
  });

  it("is refused in the attributes of an ALB's", () => {
    const annotations = {
      "alb.ingress.kubernetes.io/target-group-attributes":
        "stickiness.enabled=true,deregistration_delay.timeout_seconds=5",
    };
    assert.match(
      onlyProblem(resolve({ ingress: { strategy: "alb", annotations } })).suggestion,
      /use gateway\.drainSeconds/,
    );
  });

  it("is refused in the proxy configuration of the chart's pods, where ours is merged in", () => {
    const podAnnotations = { "proxy.istio.io/config": "concurrency: 2\nterminationDrainDuration: 120s" };
    const args = { ingress: { ...nlb, routing: "istio" }, istio: { values: { gateway: { podAnnotations } } } } as const;
    assert.equal(onlyProblem(resolve(args)).suggestion, "remove terminationDrainDuration and use gateway.drainSeconds");
  });

  it("is refused as the chart's grace period, which follows from it", () => {
    const values = { gateway: { terminationGracePeriodSeconds: 150 } };
    const { path, suggestion } = onlyProblem(resolve({ istio: { values } }));
    assert.equal(path, "istio.values.gateway.terminationGracePeriodSeconds");
    assert.match(suggestion, /use gateway\.drainSeconds/);
  });
});
