import assert from "node:assert/strict";
import { checkLoadBalancers } from "../../cli/check/checks/load-balancers";
import { answered } from "../../cli/check/facts";
import { type IngressArgs, IngressStrategy } from "../../components";
import { strategies } from "../../components/ingress/strategies";
import type { IngressStrategyModule } from "../../components/ingress/strategies/strategy";
import { planMeshCleanup } from "../../components/cleanup/cleanup-plan";
import { resolveIngresses } from "../../components/ingress/resolve-ingresses-args";
import type { MeshSettings } from "../../components/plan/settings";
import { clusterFacts, clusterSettings, placesOf, settingsOf } from "../support/settings";
import { fineAws, fineKubernetes, releasesThere } from "../support/situation";
import { describeStrategyContract } from "../support/strategy-contract";
import { toyKind, toyStrategy } from "../support/toy-strategy";

/** All that a new strategy takes besides its module: a row of the registry. */
const registry = strategies as Record<string, IngressStrategyModule>;

describe("A strategy of one's own", () => {
  before(() => {
    registry[toyKind] = toyStrategy;
  });
  after(() => {
    Reflect.deleteProperty(registry, toyKind);
  });

  const toy: IngressArgs = { strategy: toyKind, tls: { secretName: "shop-tls" } };
  const resolve = (args: object, additionalIngresses: Record<string, IngressArgs> = {}) =>
    resolveIngresses(
      { ingress: { ...toy, ...args }, additionalIngresses },
      {
        ...{ cluster: clusterSettings(), controller: "aws-load-balancer-controller" },
        ...{ defaultRouting: "istio", profile: "default", topologies: [] },
      },
    );
  const meshOf = (args: object): MeshSettings => ({ ...settingsOf(), ...resolve(args).settings });

  describeStrategyContract({ title: "a toy", args: toy });

  it("is neither of the published ones", () => {
    assert.ok(!Object.values<string>(IngressStrategy).includes(toyKind));
  });

  it("gets the block of arguments that is called as it is", () => {
    const [ingress] = resolve({ toy: { size: 3 } }).settings.ingresses;
    assert.deepEqual(ingress?.strategy, { kind: "toy", size: 3 });
  });

  it("has its block refused beside another strategy", () => {
    assert.deepEqual(placesOf(resolve({ strategy: "nlb", toy: {} })), ["ingress.toy"]);
  });

  it("counts before a gateway that it shares with another strategy", () => {
    const { warnings } = resolve({}, { other: { strategy: "alb", gateway: { shareWith: "istio-ingress" } } });
    assert.match(warnings.join("\n"), /serves an toy and an ALB, .* in requests of "istio-ingress"/);
  });

  it("is looked for and removed by the kind of the object that carries it", () => {
    const settings = meshOf({ gateway: { namespace: "edge", createNamespace: false } });
    const [cleanup] = planMeshCleanup(
      { ...settings, cleanup: { ...cleanupDefaults } },
      { cluster: clusterFacts, groups: {}, names: [] },
    );
    assert.match(JSON.stringify(cleanup), /LoadBalancerClaim\/istio-ingress@edge/);
    const kubernetes = { ...fineKubernetes, releases: answered(releasesThere(settings)) };
    const findings = checkLoadBalancers({ settings, facts: { aws: fineAws, kubernetes }, now: new Date(0) });
    assert.deepEqual(
      findings.map(({ id, where }) => [id, where]),
      [["load-balancers/object-missing", "LoadBalancerClaim istio-ingress"]],
    );
  });
});

const cleanupDefaults = {
  ...{ timeoutSeconds: 60, waitForNetworkInterfaces: false, ignoreUnreachableCluster: false, kubectl: "kubectl" },
};
