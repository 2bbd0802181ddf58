import assert from "node:assert/strict";
import { planAmbientGateway, remoteGatewaySpec } from "../../components/multi-cluster/ambient-gateway-plan";
import { gateway } from "../support/settings";

const eastWest = gateway({
  ...{ name: "istio-eastwestgateway", namespace: "istio-eastwest", labels: {}, annotations: { a: "b" } },
  selector: { "gateway.networking.k8s.io/gateway-name": "istio-eastwestgateway" },
});
const plan = (changes: object = {}, revision = "") =>
  planAmbientGateway({ ...eastWest, ...changes }, { revision, after: ["istiod"] });

describe("planAmbientGateway", () => {
  it("is a Gateway for HBONE whose Service stays inside the cluster, under another name than that of the mesh", () => {
    const [parameters, object] = plan();
    assert.ok(parameters !== undefined && object !== undefined);
    assert.deepEqual(object.metadata, {
      name: "istio-eastwestgateway",
      namespace: "istio-eastwest",
      annotations: {
        "networking.istio.io/service-type": "ClusterIP",
        "gateway.istio.io/name-override": "istio-eastwestgateway-istio",
        "pulumi.com/waitFor": "condition=Programmed",
      },
    });
    const spec = object.body["spec"] as Readonly<Record<string, unknown>>;
    assert.equal(spec["gatewayClassName"], "istio-east-west");
    assert.deepEqual(spec["infrastructure"], {
      annotations: { a: "b" },
      parametersRef: { group: "", kind: "ConfigMap", name: parameters.metadata.name },
    });
    const tls = { mode: "Terminate", options: { "gateway.istio.io/tls-terminate-mode": "ISTIO_MUTUAL" } };
    assert.deepEqual(spec["listeners"], [{ name: "mesh", port: 15008, protocol: "HBONE", tls }]);
    assert.deepEqual([parameters.after, object.after], [["istiod"], ["istiod", parameters.name]]);
  });

  it("has the revision of its control plane, and the labels of the user on its pods", () => {
    const [, object] = plan({ labels: { team: "mesh" } }, "1-31");
    assert.deepEqual(object?.metadata.labels, { "istio.io/rev": "1-31" });
    const { infrastructure } = object.body["spec"] as { readonly infrastructure: Readonly<Record<string, unknown>> };
    assert.deepEqual(infrastructure["labels"], { team: "mesh" });
  });
});

describe("remoteGatewaySpec", () => {
  it("is the same listener at the address of the other cluster, of the class for which istiod creates nothing", () => {
    const [, object] = plan();
    const { listeners } = object?.body["spec"] as { readonly listeners: unknown };
    assert.deepEqual(remoteGatewaySpec("west.elb.amazonaws.com"), {
      gatewayClassName: "istio-remote",
      addresses: [{ type: "Hostname", value: "west.elb.amazonaws.com" }],
      listeners,
    });
  });
});
