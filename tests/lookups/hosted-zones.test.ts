import assert from "node:assert/strict";
import { settled } from "../../cli/recording";
import { lookUpHostedZones, lookUpLoadBalancerZones } from "../../components/lookups/hosted-zones";
import { recordProgram } from "../support/recorded";

const plan = {
  vpc: false,
  zones: {
    one: { name: "example.com", privateZone: false },
    other: { name: "example.com", privateZone: true },
  },
  certificates: {},
  loadBalancerTypes: ["network", "application"] as const,
};

describe("lookUpHostedZones", () => {
  it("answers by ingress with the zone of that name, public or private", async () => {
    let found: object = {};
    const { lookups } = await recordProgram(() => (found = lookUpHostedZones(plan, {})), {
      answer: (_, { privateZone }) => ({ zoneId: privateZone === true ? "ZPRIVATE" : "ZPUBLIC" }),
    });
    assert.deepEqual(await settled(found), { one: "ZPUBLIC", other: "ZPRIVATE" });
    assert.deepEqual(
      lookups.map(({ inputs }) => inputs),
      [plan.zones.one, plan.zones.other],
    );
  });
});

describe("lookUpLoadBalancerZones", () => {
  it("answers by type with the zone that AWS keeps for its load balancers: without the type it would be the ALBs'", async () => {
    let found: object = {};
    await recordProgram(() => (found = lookUpLoadBalancerZones(plan, {})));
    assert.deepEqual(await settled(found), { network: "ZEXAMPLENLB", application: "ZEXAMPLEALB" });
  });
});
