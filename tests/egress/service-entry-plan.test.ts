import assert from "node:assert/strict";
import { planServiceEntries } from "../../components/egress/service-entry-plan";
import { memberAt } from "../support/recorded";

const plan = (hosts: readonly string[], waypoint?: string) =>
  planServiceEntries({ namespace: "istio-egress", hosts, waypoint, after: ["istiod"] });

describe("planServiceEntries", () => {
  it("makes a host known that is looked up, on 80 by HTTP and on 443 by the name that TLS shows", () => {
    assert.deepEqual(plan(["api.example.com"]), [
      {
        name: "serviceentry-api.example.com",
        after: ["istiod"],
        apiVersion: "networking.istio.io/v1",
        kind: "ServiceEntry",
        metadata: { name: "egress-api.example.com", namespace: "istio-egress" },
        body: {
          spec: {
            hosts: ["api.example.com"],
            location: "MESH_EXTERNAL",
            resolution: "DNS",
            ports: [
              { number: 80, name: "http", protocol: "HTTP" },
              { number: 443, name: "tls", protocol: "TLS" },
            ],
          },
        },
      },
    ]);
  });

  it("lets the connections to a wildcard go where the client looked them up", () => {
    const [object] = plan(["*.example.com"]);
    assert.deepEqual([object?.metadata.name, memberAt(object, "body.spec.resolution")], ["egress.example.com", "NONE"]);
  });

  it("leads through a waypoint by a label of its own", () => {
    assert.deepEqual(plan(["a.example.com"], "edge")[0]?.metadata.labels, { "istio.io/use-waypoint": "edge" });
  });
});
