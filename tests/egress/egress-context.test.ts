import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { egressContext } from "../../components/egress/egress-context";
import { chartGateway } from "../../components/egress/egress-gateway-plan";
import { resolveEgress } from "../../components/egress/resolve-egress-args";
import type { Mode, Profile } from "../../components/plan/enums";
import { gateway, onlyProblem, placesOf } from "../support/settings";

const resolve = (args: Partial<IstioMeshArgs>, mode: Mode = "sidecar", profile: Profile = "default") =>
  resolveEgress(
    args.egress ?? {},
    egressContext(args, { mode, profile, gateways: [gateway({ name: "a" })], region: "eu-west-1" }),
  );
const through = { egress: { gateway: true, hosts: ["api.example.com"] } };

describe("egressContext", () => {
  it("has an egress gateway of the chart in sidecar mode, as many pods as any gateway", () => {
    const { settings, problems } = resolve(through);
    const [edge] = chartGateway(settings);
    assert.deepEqual(problems, []);
    assert.deepEqual(edge, {
      ...gateway({ name: "istio-egress", namespace: "istio-egress", service: "chart" }),
      drainSeconds: undefined,
      selector: { app: "istio-egress", istio: "egress" },
    });
  });

  it("has a waypoint in ambient mode, and no chart", () => {
    const { settings } = resolve(through, "ambient");
    const pods = { minReplicas: 2, maxReplicas: 5 };
    const waypoint = { name: "istio-egress", namespace: "istio-egress", ...pods };
    assert.deepEqual(settings.gateway, { kind: "waypoint", waypoint });
    assert.deepEqual(chartGateway(settings), []);
  });

  it("has one small pod in the profile demo", () => {
    const [edge] = chartGateway(resolve({}, "sidecar", "demo").settings);
    assert.deepEqual([edge?.minReplicas, edge?.maxReplicas], [1, 1]);
    assert.match(JSON.stringify(edge?.resources), /10m/);
  });

  it("refuses it where pods of an ingress have its label, which the Istio Gateway would select too", () => {
    const gateways = [gateway({ name: "egress", selector: { app: "egress", istio: "egress" } })];
    const context = egressContext({}, { mode: "sidecar", profile: "default", gateways, region: undefined });
    assert.equal(onlyProblem(resolveEgress(through.egress, context)).path, "egress.gateway");
    assert.deepEqual(placesOf(resolveEgress({}, context)), []);
  });

  it("keeps AWS credentials reachable wherever the mesh's configuration lets out only what is known", () => {
    const kept = (args: Partial<IstioMeshArgs>, mode: Mode = "sidecar") =>
      resolve(args, mode).settings.awsCredentials !== undefined;
    const meshConfig = { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } };
    assert.equal(kept({ istio: { meshConfig } }), true);
    assert.equal(kept({ istio: { values: { istiod: { meshConfig } } } }), true);
    assert.equal(kept({ istio: { meshConfig: { outboundTrafficPolicy: { mode: "ALLOW_ANY" } } } }), false);
  });

  it("does so in ambient mode only where pods have sidecars", () => {
    const egress = { policy: "registry-only" } as const;
    const kept = (args: Partial<IstioMeshArgs>) =>
      resolve({ egress, ...args }, "ambient").settings.awsCredentials !== undefined;
    assert.equal(kept({}), false);
    assert.equal(kept({ namespaces: { shop: {} } }), false);
    assert.equal(kept({ namespaces: { shop: {}, old: { dataplane: "sidecar" } } }), true);
  });
});
