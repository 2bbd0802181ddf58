import assert from "node:assert/strict";
import { strategies } from "../../../components/ingress/strategies";
import { IngressStrategy } from "../../../components/plan/enums";
import { arn } from "../../support/settings";
import { describeStrategyContract } from "../../support/strategy-contract";

describe("The registry of strategies", () => {
  it("has one for each value of the arguments, by its name", () => {
    assert.deepEqual(Object.keys(strategies).sort(), Object.values(IngressStrategy).sort());
    for (const [kind, strategy] of Object.entries(strategies)) assert.equal(strategy.kind, kind);
  });
});

describeStrategyContract({ title: "an NLB", args: { strategy: "nlb" } });
describeStrategyContract({
  title: "an NLB that ends TLS, with node ports and a further listener",
  args: {
    strategy: "nlb",
    tls: { certificateArn: arn },
    nlb: { targetType: "instance", ports: { "tls-kafka": { port: 9094, protocol: "TLS" } } },
  },
});
describeStrategyContract({ title: "an ALB", args: { strategy: "alb" } });
describeStrategyContract({
  title: "an ALB that ends TLS, with a web ACL, behind a proxy's TLS to the gateway",
  args: {
    strategy: "alb",
    tls: { certificateArn: arn, secretName: "shop-tls" },
    alb: { backendProtocol: "HTTPS", rateLimitPer5Minutes: 1000 },
  },
});
