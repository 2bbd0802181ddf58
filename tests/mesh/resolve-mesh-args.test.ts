import assert from "node:assert/strict";
import fc from "fast-check";
import type { IstioMeshArgs } from "../../components";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import type { Problem } from "../../components/plan/problem";
import type { MeshSettings } from "../../components/plan/settings";
import { nearlyValidArgs, reordered, mutatedArgs } from "../support/arbitrary-args";
import { placesOf, settingsOf } from "../support/settings";

const resolve = (args: Partial<Record<keyof IstioMeshArgs, unknown>> = {}) =>
  resolveIstioMesh({ mode: "sidecar", cluster: { name: "prod" }, ...args });
const nlb = { strategy: "nlb" } as const;

/** The keys that a path is made of; nothing if it cannot be read. */
function keysOf(path: string): readonly (string | number)[] | undefined {
  const keys: (string | number)[] = [];
  for (let rest = path; rest !== "";) {
    const [whole, name, index, quoted] = /^\.?([\w-]+)|^\[(\d+)\]|^\[("(?:[^"\\]|\\.)*")\]/.exec(rest) ?? [];
    if (whole === undefined) return undefined;
    keys.push(index === undefined ? String(quoted === undefined ? name : JSON.parse(quoted)) : Number(index));
    rest = rest.slice(whole.length);
  }
  return keys;
}

/** Asserts that a path leads to something in the arguments, or to a block in which something is missing. */
function assertLeads(args: unknown, path: string): void {
  const keys = keysOf(path);
  assert.ok(keys, `${path} cannot be read`);
  let at = args;
  for (const key of keys) {
    assert.ok(typeof at === "object" && at !== null, `${path} leads into ${typeof at}`);
    assert.ok(typeof key === "string" || Array.isArray(at), `${path} counts in what is no list`);
    if (typeof key === "number") assert.ok(key < (at as readonly unknown[]).length, `${path} counts too far`);
    if (!Object.hasOwn(at, key)) return;
    at = (at as Readonly<Record<string | number, unknown>>)[key];
    if (at === undefined) return;
  }
}

function assertWellReported({ path, given, allowed, suggestion }: Problem): void {
  for (const part of [given, allowed, suggestion]) {
    assert.equal(typeof part, "string");
    assert.notEqual(part.trim(), "", `a part is empty at ${path}`);
    assert.doesNotMatch(part, /\[object|native code|undefined/, path);
  }
}

/**
 * Settings without the order in which ingresses, gateways and namespaces were written.
 *
 * One thing still depends on it: of several ALBs before the gateway of an NLB the first written lends its Service.
 */
function inOrder(settings: MeshSettings): unknown {
  const ofNlb = new Set(settings.ingresses.filter(({ strategy }) => strategy.kind === "nlb").map(({ name }) => name));
  const ingresses = settings.ingresses.map((ingress) =>
    ingress.strategy.kind === "alb" && ofNlb.has(ingress.gateway) ? { ...ingress, service: "" } : ingress,
  );
  const byName = <Named extends { readonly name: string }>(list: readonly Named[]) =>
    [...list].sort((one, other) => (one.name < other.name ? -1 : 1));
  return {
    ...settings,
    ingresses: byName(ingresses),
    gateways: byName(settings.gateways),
    namespaces: byName(settings.namespaces),
    meshNamespaces: byName(settings.meshNamespaces),
    waypoints: [...settings.waypoints].sort((one, other) => (one.namespace < other.namespace ? -1 : 1)),
  };
}

describe("resolveIstioMesh", () => {
  it("makes of the smallest arguments a mesh without load balancer, cleaned up on destroy", () => {
    const settings = settingsOf();
    assert.equal(settings.mode, "sidecar");
    assert.equal(settings.controller, "aws-load-balancer-controller");
    assert.equal(settings.crds, undefined);
    assert.deepEqual([settings.gateways, settings.ingresses, settings.namespaces], [[], [], []]);
    assert.equal(settings.cleanup?.timeoutSeconds, 600);
    assert.deepEqual(settings.tags, {});
    assert.deepEqual(settings.cluster.source, { kind: "named", name: "prod" });
  });

  it("keeps what is given", () => {
    const settings = settingsOf({
      loadBalancerController: "eks-auto-mode",
      tags: { Team: "a" },
      cleanup: { enabled: false },
    });
    assert.deepEqual(
      [settings.controller, settings.tags, settings.cleanup],
      ["eks-auto-mode", { Team: "a" }, undefined],
    );
  });

  it("knows by the region which host of STS the mesh needs", () => {
    const egress = { policy: "registry-only", hosts: ["sts.eu-west-1.amazonaws.com"] };
    const sts = (region: string) =>
      resolveIstioMesh({ mode: "sidecar", cluster: { name: "prod" }, egress }, region).settings?.egress.awsCredentials
        ?.sts;
    assert.deepEqual([sts("eu-west-1"), sts("us-east-1")], [false, true]);
  });

  it("tells at once what is wrong in every capability", () => {
    const { problems } = resolve({
      cluster: {},
      istio: { revision: "default", values: { base: { defaultRevision: "x" } } },
      controlPlane: { minReplicas: 9, maxReplicas: 1 },
      ingress: { ...nlb, dns: {}, hostnames: ["a.example.com"] },
      namespaces: { "kube-system": {} },
      gatewayApi: { version: "v1.6.0" },
      cleanup: { enabled: false, kubectl: "k" },
      tags: { "aws:x": "y" },
      vpcCni: {},
    });
    assert.deepEqual([...placesOf({ problems })].sort(), [
      "cleanup.kubectl",
      "cluster",
      "controlPlane.minReplicas",
      "gatewayApi.version",
      "ingress.dns",
      "istio.revision",
      "istio.values.base.defaultRevision",
      "namespaces.kube-system",
      'tags["aws:x"]',
    ]);
  });

  it("reports warnings of every capability", () => {
    const { warnings } = resolve({
      istio: { version: "1.28.10" },
      ingress: { ...nlb, gateway: { minReplicas: 1 } },
      gatewayApi: { crds: "install", version: "v1.6.0" },
    });
    assert.equal(warnings.length, 4);
  });

  describe("arguments that are wrong in form", () => {
    it("are reported alone: rules between members wait until every value can be read", () => {
      const misspelt = { egress: { policy: "registry-onyl" }, istio: { sidecarCni: true } };
      assert.deepEqual(placesOf(resolve({ mode: "ambient", ...misspelt })), ["egress.policy"]);
      const spelt = { ...misspelt, egress: { policy: "registry-only" } };
      assert.deepEqual(placesOf(resolve({ mode: "ambient", ...spelt })), ["istio.sidecarCni"]);
    });

    it("are names in maps too", () => {
      const tags = { "a=b": "c" };
      const rules = { istio: { sidecarCni: true } };
      assert.deepEqual(placesOf(resolve({ mode: "ambient", tags, ...rules })), ['tags["a=b"]']);
      const namespaces = { "Shop!": {} };
      assert.deepEqual(placesOf(resolve({ mode: "ambient", namespaces, ...rules })), ['namespaces["Shop!"]']);
    });

    it("resolve to no settings, and neither do those that break a rule", () => {
      assert.equal(resolve({ mode: "ambiant" }).settings, undefined);
      assert.equal(resolve({ mode: "ambient", istio: { sidecarCni: true } }).settings, undefined);
    });
  });

  describe("profile minimal", () => {
    it("is the control plane only, without any ingress", () => {
      const istio = { profile: "minimal" };
      assert.deepEqual(placesOf(resolve({ istio, ingress: nlb, additionalIngresses: { shop: nlb } })), [
        "ingress",
        "additionalIngresses.shop",
      ]);
      assert.deepEqual(placesOf(resolve({ istio })), []);
    });
  });

  it("warns of routes into a namespace that takes no part, and takes the mesh's own for what they are", () => {
    const route = { host: "a.example.com", service: "shop", port: 80 };
    const routes = ["shop", "blog", "istio-system"].map((namespace, index) => ({
      ...{ ...route, namespace },
      path: `/${index}`,
    }));
    const { problems, warnings } = resolve({ ingress: { ...nlb, routes }, namespaces: { shop: {} } });
    assert.deepEqual(problems, []);
    const reported = warnings.filter((warning) => warning.startsWith("Routes of"));
    assert.deepEqual(reported, [
      'Routes of ingress "istio-ingress" lead to namespace "blog", which takes no part in the mesh: behind the gateway ' +
        "nothing is encrypted on the way there. Add it to namespaces.",
    ]);
  });

  describe("whatever it is given", () => {
    const anything = fc.oneof(
      { weight: 1, arbitrary: fc.anything() },
      { weight: 1, arbitrary: fc.jsonValue() },
      { weight: 4, arbitrary: mutatedArgs },
    );

    it("never throws, and reports each problem with its place and all its parts", () => {
      fc.assert(
        fc.property(anything, (args) => {
          for (const problem of resolveIstioMesh(args).problems) {
            assertWellReported(problem);
            assertLeads(args, problem.path);
          }
        }),
        { numRuns: 500 },
      );
    });

    it("says the same of the same arguments, and leaves them as they are", () => {
      fc.assert(
        fc.property(mutatedArgs, (args) => {
          const before = fc.stringify(args);
          assert.deepEqual(resolveIstioMesh(args), resolveIstioMesh(args));
          assert.equal(fc.stringify(args), before);
        }),
        { numRuns: 100 },
      );
    });

    it("does not mind in which order the members are written", () => {
      fc.assert(
        fc.property(nearlyValidArgs, fc.nat(), (args, seed) => {
          const [one, other] = [resolveIstioMesh(args), resolveIstioMesh(reordered(args, seed))];
          assert.equal(one.settings === undefined, other.settings === undefined);
          if (one.settings === undefined || other.settings === undefined) return;
          assert.deepEqual(inOrder(one.settings), inOrder(other.settings));
          assert.deepEqual([...one.warnings].sort(), [...other.warnings].sort());
        }),
        { numRuns: 300 },
      );
    });
  });
});
