import assert from "node:assert/strict";
import { checkAmbient } from "../../components/multi-cluster/ambient-check";
import { smallest } from "../support/args";
import { onlyProblem, placesOf } from "../support/settings";

const mesh = { ...smallest, mode: "ambient" as const };
const eastWest = { allowedCidrs: ["10.1.0.0/16"] };
const block = { meshId: "production", eastWest };

describe("checkAmbient", () => {
  it("accepts a cluster with a gateway, whose namespaces have no sidecars", () => {
    assert.deepEqual(checkAmbient(mesh, block), []);
    const namespaces = { shop: {}, web: { dataplane: "ambient" as const }, batch: { dataplane: "none" as const } };
    assert.deepEqual(checkAmbient({ ...mesh, namespaces }, block), []);
  });

  it("refuses clusters on one network, which Istio does not support", () => {
    assert.equal(
      onlyProblem({ problems: checkAmbient(mesh, { meshId: "production", network: "vpc" }) }).path,
      "multiCluster",
    );
    const problems = checkAmbient(mesh, { ...block, flatNetwork: eastWest });
    assert.equal(onlyProblem({ problems }).path, "multiCluster.flatNetwork");
  });

  it("refuses each namespace with sidecars, with the reason", () => {
    const sidecar = { dataplane: "sidecar" as const };
    const problems = checkAmbient({ ...mesh, namespaces: { shop: sidecar, "a.b": sidecar, web: {} } }, block);
    assert.deepEqual(placesOf({ problems }), ["namespaces.shop.dataplane", 'namespaces["a.b"].dataplane']);
    assert.match(String(problems[0]?.allowed), /understand HBONE only/);
  });
});
