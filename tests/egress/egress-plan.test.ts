import assert from "node:assert/strict";
import { defaultIstioVersion } from "../../components/control-plane/charts/versions";
import type { IstioMeshArgs } from "../../components";
import { planEgressObjects, planEgressReleases } from "../../components/egress/egress-plan";
import { clusterFacts, settingsOf } from "../support/settings";

const hosts = ["api.example.com"];
const objects = (args: Partial<IstioMeshArgs>, region?: string) =>
  planEgressObjects(settingsOf(args, region), clusterFacts);
/** Only what `hosts` names. */
const orders = (args: Partial<IstioMeshArgs>) =>
  objects(args)
    .filter(({ name }) => !name.startsWith("aws-credentials-"))
    .map(({ name, after }) => [name, after]);

describe("planEgressReleases", () => {
  it("installs the egress gateway in its namespace, with a Service inside the cluster", () => {
    const [release, ...others] = planEgressReleases(settingsOf({ egress: { gateway: true, hosts } }));
    assert.deepEqual(others, []);
    assert.deepEqual(
      [release?.name, release?.releaseName, release?.namespace, release?.after],
      ["gateway-istio-egress", "istio-egress", "istio-egress", ["namespace-istio-egress", "istiod"]],
    );
    assert.deepEqual(release?.values["service"], { type: "ClusterIP" });
    assert.deepEqual(release?.values["labels"], { app: "istio-egress", istio: "egress" });
  });

  it("leaves the drain of its pods to Istio: no load balancer has to notice that one goes", () => {
    const [release] = planEgressReleases(settingsOf({ egress: { gateway: true, hosts } }));
    assert.ok(release !== undefined && !("terminationGracePeriodSeconds" in release.values));
    assert.deepEqual(release.values["podAnnotations"], { "istio-eks/control-plane": defaultIstioVersion });
  });

  it("installs none without, nor in ambient mode, where a waypoint takes its place", () => {
    assert.deepEqual(planEgressReleases(settingsOf({ egress: { hosts } })), []);
    assert.deepEqual(planEgressReleases(settingsOf({ mode: "ambient", egress: { gateway: true, hosts } })), []);
  });
});

describe("planEgressObjects", () => {
  it("plans nothing where nothing is said of hosts", () => {
    assert.deepEqual(objects({}), []);
    assert.deepEqual(orders({ egress: { policy: "registry-only" } }), []);
    assert.deepEqual(objects({ istio: { profile: "demo" } }), []);
  });

  it("makes hosts known after the webhook that checks them", () => {
    const after = ["namespace-istio-egress", "istiod"];
    assert.deepEqual(orders({ egress: { hosts } }), [["serviceentry-api.example.com", after]]);
    assert.deepEqual(orders({ istio: { profile: "empty" }, egress: { hosts } }), [
      ["serviceentry-api.example.com", ["namespace-istio-egress"]],
    ]);
  });

  it("leads them through the egress gateway of sidecar mode, once its pods are there", () => {
    const through = orders({ egress: { gateway: true, hosts } });
    assert.deepEqual(
      through.map(([name]) => name),
      [
        ...["serviceentry-api.example.com", "istio-gateway-istio-egress"],
        ...["destinationrule-api.example.com", "virtualservice-api.example.com"],
      ],
    );
    assert.deepEqual(through[1], ["istio-gateway-istio-egress", ["gateway-istio-egress"]]);
  });

  it("leads them through the waypoint of ambient mode, once it is there", () => {
    const [entry, ...others] = objects({ mode: "ambient", egress: { gateway: true, hosts } });
    assert.deepEqual(others, []);
    assert.deepEqual(entry?.after, ["namespace-istio-egress", "istiod", "waypoint-istio-egress"]);
    assert.deepEqual(entry.metadata.labels, { "istio.io/use-waypoint": "istio-egress" });
  });

  it("keeps AWS credentials reachable in a closed mesh, beside istiod and after it", () => {
    const args = { egress: { policy: "registry-only" }, istio: { namespace: "mesh-system" } } as const;
    assert.deepEqual(
      objects(args).map(({ name, metadata, after }) => [name, metadata.namespace, after]),
      ["pod-identity-agent", "pod-identity-agent-ipv6", "instance-metadata", "instance-metadata-ipv6", "sts"].map(
        (source) => [`aws-credentials-${source}`, "mesh-system", ["namespace-mesh-system", "istiod"]],
      ),
    );
  });

  it("leaves STS to the host that is named, with its way through the egress gateway", () => {
    const sts = "sts.eu-west-1.amazonaws.com";
    const args = { egress: { policy: "registry-only" as const, gateway: true, hosts: [sts] } };
    const named = objects(args, "eu-west-1").map(({ name }) => name);
    assert.ok(named.includes("aws-credentials-pod-identity-agent"));
    assert.ok(!named.includes("aws-credentials-sts"));
    assert.ok(named.includes(`serviceentry-${sts}`));
  });
});
