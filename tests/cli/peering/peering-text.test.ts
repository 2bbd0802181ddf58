import assert from "node:assert/strict";
import { peeringText } from "../../../cli/peering/peering-text";
import { clusterFile, encrypted, plannedPeering } from "../../support/peerings";

const options = { colours: false, width: 400, all: false };

describe("peeringText", () => {
  it("begins with who reads whom, by which load balancer, and who may come in; then has the tree of each cluster", async () => {
    const plan = await plannedPeering({ east: clusterFile("east"), west: clusterFile("west") });
    const lines = peeringText(plan, options).split("\n");
    assert.deepEqual(lines.slice(0, 8), [
      'Mesh "production" over 2 clusters, each with an istiod of its own:',
      "├─ east: production-east, mode sidecar, network production-east",
      "│  ├─ internal NLB on 15443 lets in 10.0.0.0/16 to gateway istio-eastwestgateway, 2 to 5 pods",
      "│  └─ reads west by Secret istio-system/istio-remote-secret-production-west; requests go to its east-west load balancer",
      "└─ west: production-west, mode sidecar, network production-west",
      "   ├─ internal NLB on 15443 lets in 10.0.0.0/16 to gateway istio-eastwestgateway, 2 to 5 pods",
      "   └─ reads east by Secret istio-system/istio-remote-secret-production-east; requests go to its east-west load balancer",
      "",
    ]);
    for (const name of ["east", "west"])
      assert.ok(
        lines.some((line) => line.startsWith(`IstioMesh "${name}": `)),
        name,
      );
    const [heading, ...secrets] = lines.slice(lines.findIndex((line) => line.startsWith("MeshPeering")));
    assert.equal(heading, "MeshPeering, after all of these meshes:");
    assert.match(String(secrets[1]), /^ {2}peering-remote-secret-west\/east {2}/);
  });

  it("says of a cluster that reads no other one, and of pods that are reached directly; long lines are wrapped", async () => {
    const flat = { eastWest: undefined, network: "vpc", flatNetwork: { allowedCidrs: ["10.0.0.0/16"] } };
    const plan = await plannedPeering({
      east: clusterFile("east", { ...flat, peers: { "production-west": encrypted } }),
      west: clusterFile("west", flat),
    });
    const text = peeringText(plan, options);
    assert.match(text, /rules of its nodes let in 10\.0\.0\.0\/16 to its pods/);
    assert.match(text, /reads west by .*; requests go to its pods directly/);
    assert.match(text, /└─ reads no other cluster: its requests stay here/);
    assert.doesNotMatch(text, /MeshPeering/);
    const [, ...rows] =
      peeringText(plan, { ...options, width: 50 })
        .split("\n\n")[0]
        ?.split("\n") ?? [];
    assert.ok(rows.length > 7);
    for (const start of ["│     ", "│  │  "])
      assert.ok(
        rows.some((row) => row.startsWith(start)),
        "a wrapped line goes on below itself",
      );
  });
});
