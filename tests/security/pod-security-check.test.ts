import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { onlyProblem } from "../support/settings";

type Args = Partial<IstioMeshArgs>;
const resolve = (args: Args) => resolveIstioMesh({ mode: "sidecar", cluster: { name: "prod" }, ...args });
const level = (value: string) => ({ "pod-security.kubernetes.io/enforce": value });
const warnings = (args: Args) => resolve(args).warnings.filter((warning) => warning.includes("seccomp"));
const seccompProfile = { type: "RuntimeDefault" };
const nlb = { strategy: "nlb" } as const;

describe("checkPodSecurity", () => {
  it("refuses sidecars where no init container may redirect traffic, and names the CNI agent", () => {
    for (const enforced of ["baseline", "restricted"]) {
      const { path, suggestion } = onlyProblem(resolve({ namespaces: { shop: { labels: level(enforced) } } }));
      assert.equal(path, 'namespaces.shop.labels["pod-security.kubernetes.io/enforce"]');
      assert.match(suggestion, /istio\.sidecarCni: true/);
    }
  });

  it("takes it with the CNI agent, in ambient mode, outside the mesh, and where someone else runs Istio", () => {
    const namespaces = { shop: { labels: level("baseline") } };
    assert.deepEqual(resolve({ istio: { sidecarCni: true }, namespaces }).problems, []);
    assert.deepEqual(resolve({ mode: "ambient", namespaces }).problems, []);
    assert.deepEqual(resolve({ istio: { profile: "empty" }, namespaces }).problems, []);
    assert.deepEqual(
      resolve({ namespaces: { shop: { dataplane: "none", labels: level("restricted") } } }).problems,
      [],
    );
    assert.deepEqual(resolve({ namespaces: { shop: { labels: level("privileged") } } }).problems, []);
  });

  it("refuses a level that keeps out the agents themselves, where there are some", () => {
    const istio = { namespaceLabels: level("baseline") };
    const { path } = onlyProblem(resolve({ mode: "ambient", istio }));
    assert.equal(path, 'istio.namespaceLabels["pod-security.kubernetes.io/enforce"]');
    assert.deepEqual(resolve({ istio }).problems, []);
  });
});

describe("warnOfPodSecurity", () => {
  it("says what injected containers lack for restricted, until the chart is told", () => {
    const namespaces = { shop: { labels: level("restricted") } };
    const injected = (values: object) =>
      warnings({ istio: { sidecarCni: true, values: { istiod: values } }, namespaces });
    assert.match(String(injected({})), /istio\.values\.istiod\.global\.proxy\.seccompProfile/);
    assert.deepEqual(injected({ global: { proxy: { seccompProfile } } }), []);
    assert.deepEqual(injected({ pilot: { global: { proxy: { seccompProfile } } } }), []);
  });

  it("says the same of istiod, which Kubernetes would refuse in its own namespace", () => {
    const system = (values: object) => warnings({ istio: { namespaceLabels: level("restricted"), values } });
    assert.match(String(system({})), /^istio\.namespaceLabels.*set istio\.values\.istiod\.seccompProfile/);
    assert.deepEqual(system({ istiod: { seccompProfile } }), []);
    assert.deepEqual(warnings({ istio: { namespaceLabels: level("baseline") } }), []);
  });

  it("says the same of waypoints, of gateways that istiod makes, and of the chart's", () => {
    const ingress = { ...nlb, gateway: { namespaceLabels: level("restricted") } };
    const namespaces = { shop: { waypoint: true, labels: level("restricted") } };
    const ambient = (values: object) => warnings({ mode: "ambient", istio: { values }, ingress, namespaces });
    assert.equal(ambient({}).length, 2);
    assert.deepEqual(ambient({ istiod: { gateways: { seccompProfile } } }), []);
    const sidecar = (values: object) => warnings({ istio: { values }, ingress });
    assert.match(String(sidecar({})), /istio\.values\.gateway\.securityContext\.seccompProfile/);
    assert.deepEqual(sidecar({ gateway: { securityContext: { seccompProfile } } }), []);
  });

  it("is silent where someone else runs Istio", () => {
    const ingress = { ...nlb, gateway: { namespaceLabels: level("restricted") } };
    assert.deepEqual(warnings({ istio: { profile: "empty" }, ingress }), []);
  });
});
