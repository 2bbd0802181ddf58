import assert from "node:assert/strict";
import { gatewayRollout } from "../../../components/control-plane/charts/rollout";
import type { Plan } from "../../../cli/plan/plan";
import { memberAt } from "../../support/recorded";
import { planOf } from "../../support/plans";

/** Kubernetes' rule: a quarter, rounded down, may be missing while a Deployment is rolled, unless it says otherwise. */
const missing = (replicas: number, maxUnavailable: unknown) =>
  maxUnavailable === undefined ? Math.floor(replicas / 4) : Number(maxUnavailable);

const args = (mode: "sidecar" | "ambient", gateway: object) => ({
  mode,
  cluster: { name: "prod" },
  ingress: { strategy: "nlb", gateway },
});

describe("gatewayRollout", () => {
  it("takes no pod away before a new one is ready, however many there are", async () => {
    const ofChart = (plan: Plan) => memberAt(inputsOf(plan, "mesh-gateway-istio-ingress"), "values.strategy");
    const ofIstiod = (plan: Plan) =>
      memberAt(
        JSON.parse(String(memberAt(inputsOf(plan, "mesh-parameters-istio-ingress"), "data.deployment"))),
        "spec.strategy",
      );
    for (const gateway of [{}, { minReplicas: 4, maxReplicas: 4 }]) {
      const strategies = [
        ofChart(await planOf(args("sidecar", gateway))),
        ofIstiod(await planOf(args("ambient", gateway))),
      ];
      for (const strategy of strategies) {
        assert.deepEqual(strategy, gatewayRollout);
        assert.equal(missing(4, memberAt(strategy, "rollingUpdate.maxUnavailable")), 0);
      }
    }
    assert.equal(missing(4, undefined), 1, "without it");
  });
});

function inputsOf({ resources }: Plan, name: string): unknown {
  return resources.find((resource) => resource.name === name)?.inputs;
}
