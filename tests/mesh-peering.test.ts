import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { IstioMesh, type IstioMeshArgs, MeshPeering, type MultiClusterArgs } from "../components";
import { givenAuthority } from "./support/certificates";
import { recordProgram } from "./support/recorded";

/** Other members; `undefined` takes one away. */
type Changes = { readonly [Member in keyof MultiClusterArgs]?: MultiClusterArgs[Member] | undefined };

const args = (name: string, changes: Changes = {}, more: Partial<IstioMeshArgs> = {}): IstioMeshArgs => ({
  mode: "sidecar",
  cluster: { name },
  security: { certificateAuthority: givenAuthority },
  ...more,
  multiCluster: { meshId: "production", eastWest: { allowedCidrs: ["10.0.0.0/8"] }, ...changes } as MultiClusterArgs,
});

describe("A MeshPeering", () => {
  it("makes a Secret for each direction, each in the cluster of its reader, which go before anything of the meshes", async () => {
    const { find, input, sent, resources } = await recordProgram(() => {
      const east = new IstioMesh("east", args("cluster-east"));
      const west = new IstioMesh("west", args("cluster-west", {}, { istio: { namespace: "mesh" } }));
      new MeshPeering("peering", { meshes: { east, west } });
    });
    const own = resources.filter(({ parent }) => parent === "peering").map(({ name }) => name);
    assert.deepEqual(own.sort(), ["peering-remote-secret-east/west", "peering-remote-secret-west/east"]);
    const secret = "peering-remote-secret-west/east";
    assert.equal(find("peering").type, "istio-eks:index:MeshPeering");
    assert.equal(input(secret, "metadata.name"), "istio-remote-secret-cluster-east");
    assert.equal(input(secret, "metadata.namespace"), "mesh");
    assert.equal(find(secret).options["provider"], "west-kubernetes");
    for (const first of ["east-cleanup", "west-cleanup", "east-reader-token-1"])
      assert.ok(find(secret).dependsOn.includes(first), first);
    const { value } = sent(secret)["data"] as { readonly value: Readonly<Record<string, string>> };
    const text = Buffer.from(String(value["cluster-east"]), "base64").toString();
    assert.match(text, /<east-reader-token-1\.data\.token>/);
  });

  it("gives up a mesh without touching the Secrets between the others", async () => {
    const secrets = async (...names: readonly string[]) => {
      const { resources } = await recordProgram(() => {
        const meshes = names.map((name) => [name, new IstioMesh(name, args(name))] as const);
        new MeshPeering("peering", { meshes: Object.fromEntries(meshes) });
      });
      return new Map(
        resources
          .filter(({ parent }) => parent === "peering")
          .map(({ name, inputs }) => [name, JSON.stringify(inputs)]),
      );
    };
    const [all, rest] = [await secrets("east", "west", "north"), await secrets("east", "north")];
    assert.deepEqual([...rest.keys()].sort(), ["peering-remote-secret-east/north", "peering-remote-secret-north/east"]);
    for (const [name, inputs] of rest) assert.equal(all.get(name), inputs);
    assert.equal(all.size, 6);
  });

  it("refuses one network over VPCs whose ranges overlap, before a Secret is registered", async () => {
    const own = async (...vpcs: readonly [string, string]) => {
      const { resources } = await recordProgram(() => {
        const [east, west] = (["east", "west"] as const).map((name, place) => {
          const cluster = { name, vpcId: String(vpcs[place]) };
          return new IstioMesh(name, args(name, { network: "vpc", eastWest: undefined }, { cluster }));
        });
        assert.ok(east !== undefined && west !== undefined);
        new MeshPeering("peering", { meshes: { east, west } });
      });
      return resources.filter(({ parent }) => parent === "peering").length;
    };
    assert.equal(await own("vpc-0aaaaaaaaaaaaaaa0", "vpc-0aaaaaaaaaaaaaaa0"), 2);
    assert.equal(await own("vpc-0aaaaaaaaaaaaaaa0", "vpc-0bbbbbbbbbbbbbbb0"), 0, "no Secret is registered");
  });

  const refused = (meshes: () => Record<string, unknown>, expected: RegExp) =>
    recordProgram(() => {
      const given = meshes() as Record<string, IstioMesh>;
      assert.throws(
        () => new MeshPeering("peering", { meshes: given }),
        (error: unknown) => {
          assert.ok(pulumi.RunError.isInstance(error));
          assert.match(error.message, /problems? in the arguments of the peering "peering"; nothing was created/);
          assert.match(error.message, expected);
          return true;
        },
      );
    });
  const two = (changes: Changes, more: Partial<IstioMeshArgs> = {}) => ({
    east: new IstioMesh("east", args("cluster-east")),
    west: new IstioMesh("west", args("cluster-west", changes, more)),
  });

  it("refuses meshes that cannot be one, before it registers anything", async () => {
    await refused(() => two({ clusterName: "cluster-east" }), /meshes\.west[\s\S]*another name than that of "east"/);
    await refused(() => two({ meshId: "other" }), /meshId other[\s\S]*write the same multiCluster\.meshId/);
    await refused(
      () => two({ network: "vpc", eastWest: undefined }),
      /network vpc[\s\S]*add multiCluster\.eastWest to cluster-west/,
    );
    const trustDomain = "other.example.com";
    const security = { certificateAuthority: givenAuthority, trustDomain };
    await refused(() => two({}, { security }), /trust domain other\.example\.com[\s\S]*"cluster\.local"/);
    const peers = { "cluster-east": { kubeconfig: pulumi.secret("later") } };
    await refused(() => two({ peers }), /not in multiCluster\.peers of "west"/);
  });

  it("takes another trust domain that is an alias in both", async () => {
    const istio = (alias: string) => ({ meshConfig: { trustDomainAliases: [alias] } });
    const security = { certificateAuthority: givenAuthority, trustDomain: "west.example.com" };
    const { resources } = await recordProgram(() => {
      const east = new IstioMesh("east", args("cluster-east", {}, { istio: istio("west.example.com") }));
      const west = new IstioMesh("west", args("cluster-west", {}, { istio: istio("cluster.local"), security }));
      new MeshPeering("peering", { meshes: { east, west } });
    });
    assert.equal(resources.filter(({ parent }) => parent === "peering").length, 2);
  });

  it("refuses one mesh alone, one without multiCluster, and what is no mesh", async () => {
    await refused(() => ({ east: new IstioMesh("east", args("cluster-east")) }), /two or more meshes/);
    const plain = () => new IstioMesh("plain", { mode: "sidecar", cluster: { name: "plain" } });
    await refused(
      () => ({ east: new IstioMesh("east", args("cluster-east")), plain: plain() }),
      /a mesh without multiCluster/,
    );
    await refused(() => ({ east: new IstioMesh("east", args("cluster-east")), west: {} }), /pass the mesh itself/);
  });
});

describe("A MeshPeering of ambient meshes", () => {
  it("makes the gateway of each for the other, with an address that is no secret, before the Secret", async () => {
    const { find, input, sent } = await recordProgram(() => {
      const ambient = { mode: "ambient" as const };
      const east = new IstioMesh("east", args("cluster-east", {}, ambient));
      const west = new IstioMesh("west", args("cluster-west", {}, ambient));
      new MeshPeering("peering", { meshes: { east, west } });
    });
    const gateway = "peering-remote-gateway-west/east";
    assert.deepEqual(input(gateway, "metadata"), {
      name: "istio-remote-gateway-cluster-east",
      namespace: "istio-eastwest",
      labels: { "topology.istio.io/network": "cluster-east" },
      annotations: {
        "gateway.istio.io/service-account": "istio-eastwestgateway",
        "pulumi.com/deletionPropagationPolicy": "background",
      },
    });
    const address = "<east-service-istio-eastwestgateway.status.loadBalancer.ingress[0].hostname>";
    assert.equal(input(gateway, "spec.addresses[0].value"), address);
    assert.ok(!JSON.stringify(sent(gateway)).includes(pulumi.runtime.specialSecretSig));
    assert.equal(find(gateway).options["provider"], "west-kubernetes");
    assert.ok(find("peering-remote-secret-west/east").dependsOn.includes(gateway));
    for (const first of ["east-cleanup", "west-cleanup"]) assert.ok(find(gateway).dependsOn.includes(first), first);
  });
});
