import assert from "node:assert/strict";
import { adoption } from "../../../cli/adopt/adoption";
import { leftAloneNotes } from "../../../cli/adopt/report/left-alone";
import { gatewayService, helmCluster, type Parts, release } from "../../support/helm-cluster";

function left(parts: Parts): readonly string[] {
  const { known, found } = adoption(helmCluster(parts));
  return leftAloneNotes(known, found, []).map(({ subject, text, suggestion }) =>
    [subject, text, suggestion].join(" | "),
  );
}

const service = (name: string, namespace: string, rest: object = {}) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace },
  spec: { type: "ClusterIP" },
  ...rest,
});
const gateway = (name: string, selector?: object) => ({
  apiVersion: "networking.istio.io/v1",
  kind: "Gateway",
  metadata: { name, namespace: "shop" },
  spec: { ...(selector === undefined ? {} : { selector }) },
});

describe("What stays with who made it is named", () => {
  it("nothing where there is nothing", () => assert.deepEqual(left({}), []));

  it("signs of other clusters: values, a network and an east-west gateway, with what to do", () => {
    const values = { global: { meshID: "mesh1", multiCluster: { clusterName: "east" }, network: "vpc-1" } };
    const [note, ...others] = left({
      releases: [release("istiod", "istiod", { values })],
      namespaces: [{ metadata: { name: "istio-system", labels: { "topology.istio.io/network": "vpc-1" } } }],
      services: [
        gatewayService(),
        service("istio-eastwestgateway", "istio-system", { spec: { selector: { istio: "eastwestgateway" } } }),
      ],
    });
    assert.deepEqual(others, []);
    for (const sign of ["meshID mesh1", "clusterName east", "network vpc-1", "Service istio-eastwestgateway"]) {
      assert.ok(note?.includes(sign), `${sign}: ${String(note)}`);
    }
    assert.match(String(note), /write multiCluster with the same meshId/);
  });

  it("an egress gateway, and Gateways that serve the pods of an ingress", () => {
    const notes = left({
      services: [
        gatewayService(),
        service("istio-egressgateway", "istio-system", { spec: { selector: { istio: "egressgateway" } } }),
      ],
      gateways: [gateway("shop", { istio: "ingress" }), gateway("other", { istio: "other" }), gateway("all")],
    });
    assert.equal(notes.length, 2, notes.join("\n"));
    assert.match(String(notes[0]), /^Egress gateway istio-egressgateway in istio-system/);
    assert.match(String(notes[1]), /^Gateway shop in shop \| It serves the pods of istio-ingress/);
  });

  it("objects by kind, of many only the first ten", () => {
    const routes = Array.from({ length: 12 }, (_, index) => ({ metadata: { name: `r${index}`, namespace: "shop" } }));
    const [first, second, ...others] = left({
      peerAuthentications: [{ metadata: { name: "ports", namespace: "shop" } }],
      configuration: { VirtualService: routes, NetworkPolicy: [{ metadata: { name: "x", namespace: "shop" } }] },
    });
    assert.deepEqual(others, []);
    assert.match(String(first), /^PeerAuthentication shop\/ports \| Not in the stack/);
    assert.match(String(second), /^VirtualService shop\/r0, .*shop\/r9 and 2 more \|/);
  });

  it("add-ons of releases and of manifests, and how the mesh can use a Prometheus", () => {
    const ports = [{ port: 9090 }];
    const notes = left({
      releases: [
        release("istiod", "istiod"),
        release("kube-prometheus-stack", "monitoring", { namespace: "monitoring" }),
        release("jaeger", "tracing", { namespace: "monitoring" }),
      ],
      services: [
        gatewayService(),
        service("prometheus", "istio-system", { spec: { ports } }),
        service("kiali", "istio-system"),
        service("kiali", "elsewhere"),
        service("grafana", "istio-system", {
          metadata: { name: "grafana", namespace: "istio-system", annotations: { "meta.helm.sh/release-name": "g" } },
        }),
      ],
    });
    assert.equal(notes.length, 4, notes.join("\n"));
    assert.match(String(notes[0]), /chart kube-prometheus-stack .*addons\.prometheus\.url/);
    assert.match(String(notes[1]), /chart jaeger .*Leave the add-on out/);
    assert.match(String(notes[2]), /^Service prometheus .*http:\/\/prometheus\.istio-system:9090/);
    assert.match(String(notes[3]), /^Service kiali .*Remove it before/);
  });
});
