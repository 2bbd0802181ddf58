import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import { settled } from "../../cli/plan/recording";
import { lookUpHostedZones, lookUpLoadBalancerZones } from "../../components/lookups/hosted-zones";
import { recordProgram } from "../support/recorded";

const plan = {
  vpc: false,
  zones: {
    one: { name: "example.com", privateZone: false },
    other: { name: "example.com", privateZone: true },
  },
  validationZones: {},
  certificates: {},
  loadBalancerTypes: ["network", "application"] as const,
};

describe("lookUpHostedZones", () => {
  it("answers by ingress with the zone of that name, public or private", async () => {
    let found: object = {};
    const { lookups } = await recordProgram(() => (found = lookUpHostedZones(plan.zones, {})), {
      answer: (_, { privateZone }) => ({ zoneId: privateZone === true ? "ZPRIVATE" : "ZPUBLIC" }),
    });
    assert.deepEqual(await settled(found), { one: "ZPUBLIC", other: "ZPRIVATE" });
    assert.deepEqual(
      lookups.map(({ inputs }) => inputs),
      [plan.zones.one, plan.zones.other],
    );
  });
});

describe("lookUpHostedZones in another account", () => {
  it("asks by the provider that the plan names, and by the default one where it names none", async () => {
    const { lookups } = await recordProgram(() => {
      const other = new Provider("other", { region: "eu-central-1" });
      lookUpHostedZones({ one: plan.zones.one, other: { ...plan.zones.one, provider: "dns" } }, {}, { dns: other });
    });
    assert.deepEqual(
      lookups.map(({ provider }) => provider.includes("::other::")),
      [false, true],
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
