import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../../cli/plan/plan";
import { planPeering } from "../../components/multi-cluster/peering-plan";
import { givenAuthority } from "../support/certificates";
import { planOf } from "../support/plans";
import { root } from "../support/readme";
import { settingsOf } from "../support/settings";

const page = readFileSync(join(root, "docs/how-to/multi-cluster-scale.md"), "utf8");
const sizes = [2, 10, 50];
/** Kinds of objects that an istiod watches in each cluster that it reads. Source: istio pkg/kube/multicluster/cluster.go */
const watched = 6;
/** Pods of istiod in each cluster, as controlPlane.minReplicas has it. */
const istiods = 2;

const name = (index: number) => `cluster-${index}`;
const kubeconfig = (index: number) =>
  JSON.stringify({
    kind: "Config",
    clusters: [{ name: "c", cluster: { server: `https://${name(index)}` } }],
    users: [{ name: "u", user: { token: "t" } }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
  });
const indexes = (count: number) => Array.from({ length: count }, (_, index) => index);

/** One cluster of a mesh of so many, each in a VPC and on a network of its own. */
function argsOf(own: number, count: number, withPeers: boolean) {
  const others = indexes(count).filter((index) => index !== own);
  return {
    ...{ mode: "sidecar" as const, cluster: { name: name(own) } },
    security: { certificateAuthority: givenAuthority },
    multiCluster: {
      meshId: "production",
      eastWest: { allowedCidrs: others.map((index) => `10.${index}.0.0/16`) },
      ...(withPeers
        ? { peers: Object.fromEntries(others.map((index) => [name(index), { kubeconfig: kubeconfig(index) }])) }
        : {}),
    },
  };
}

const countOf = ({ resources }: Plan, pattern: RegExp) => resources.filter((one) => pattern.test(one.name)).length;

/** The cells of a row of the page, after its title. */
function row(title: string): readonly string[] {
  const line = page.split("\n").find((one) => one.startsWith(`| ${title} |`));
  assert.ok(line !== undefined, `no row "${title}"`);
  return line
    .split("|")
    .slice(2, -1)
    .map((cell) => cell.trim());
}

describe("docs/how-to/multi-cluster-scale.md", () => {
  const plans = new Map<number, Plan>();
  before(async () => {
    for (const count of sizes) plans.set(count, await planOf(argsOf(0, count, true)));
  });
  const planned = (count: number) => {
    const plan = plans.get(count);
    assert.ok(plan !== undefined);
    return plan;
  };
  const written = (title: string, of: (count: number) => number) => {
    assert.deepEqual(
      row(title),
      sizes.map((count) => String(of(count))),
      title,
    );
  };

  it("has as many clusters in its columns as are planned here", () => {
    written("clusters", (count) => count);
  });

  it("counts what one cluster's stack has", () => {
    written("remote Secrets in each cluster", (count) => countOf(planned(count), /^mesh-remote-secret-/));
    written("rules for peers at each east-west load balancer", (count) =>
      countOf(planned(count), /^mesh-rule-istio-eastwestgateway\/tls-from-/),
    );
    const two = planned(2).resources.length;
    written(
      "resources in each cluster's stack, more than with 2 clusters",
      (count) => planned(count).resources.length - two,
    );
  });

  it("counts the Secrets of a MeshPeering: n × (n − 1)", () => {
    written("remote Secrets in all clusters", (count) => {
      const meshes = indexes(count).map((index) => ({
        name: name(index),
        settings: settingsOf(argsOf(index, count, false)),
      }));
      const kubeconfigs = Object.fromEntries(meshes.map((mesh) => [mesh.name, "[secret]"]));
      return planPeering(meshes, kubeconfigs).length;
    });
  });

  it("counts watches from the kinds that istiod watches and the pods of istiod", () => {
    const readers = (count: number) => (count - 1) * istiods;
    written("watches at each API server, at least", (count) => readers(count) * watched);
    written("watches of each pod of istiod in other clusters, at least", (count) => (count - 1) * watched);
    const { values } = planned(2).resources.find((one) => one.name === "mesh-istiod")?.inputs as {
      readonly values: { readonly autoscaleMin: number };
    };
    assert.equal(values.autoscaleMin, istiods);
  });

  it("counts the endpoints of a Service with 10 pods in each cluster, behind gateways in 3 zones and without", () => {
    written("endpoints of one Service, other networks", (count) => 10 + (count - 1) * 3);
    written("endpoints of one Service, one network", (count) => count * 10);
  });

  it("says what was not measured", () => {
    assert.match(page, /not measured/);
  });
});
