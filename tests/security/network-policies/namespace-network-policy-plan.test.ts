import assert from "node:assert/strict";
import type { AllowedPeerSettings, NamespaceSecuritySettings } from "../../../components/plan/security-settings";
import {
  type NetworkPolicyContext,
  planNamespaceNetworkPolicies,
} from "../../../components/security/network-policies/namespace-network-policy-plan";
import { probes } from "../../../components/security/network-policies/network-peers";
import { scraped, tcp } from "../../../components/security/network-policies/network-policy-plan";
import { namespaceSecurity } from "../../support/settings";

const peers = [{ podSelector: {} }];
const around: NetworkPolicyContext = {
  peers,
  istiodNamespace: "istio-system",
  collector: undefined,
  otherClusters: { ingress: [], egress: [] },
  dnsOnNodes: false,
};
const plan = (namespace: Partial<NamespaceSecuritySettings>, changes: Partial<NetworkPolicyContext> = {}) =>
  planNamespaceNetworkPolicies(namespaceSecurity(namespace), { ...around, ...changes }, ["enrolment-shop"]);

interface Spec {
  readonly podSelector: unknown;
  readonly ingress: readonly Record<string, unknown>[];
  readonly egress: readonly Record<string, unknown>[];
}
const spec = (...args: Parameters<typeof plan>) => plan(...args)[0]?.body["spec"] as Spec;

const ambient = { dataplane: "ambient" } as const;
const dns = [
  { protocol: "UDP", port: 53 },
  { protocol: "TCP", port: 53 },
];
const coreDns = {
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
  podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
};
const istiod = {
  to: [
    {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "istio-system" } },
      podSelector: { matchLabels: { app: "istiod" } },
    },
  ],
  ports: tcp(15012),
};
const node = { ipBlock: { cidr: "169.254.20.10/32" } };
const podIdentityAgent = {
  to: [{ ipBlock: { cidr: "169.254.170.23/32" } }, { ipBlock: { cidr: "fd00:ec2::23/128" } }],
  ports: tcp(80),
};

describe("planNamespaceNetworkPolicies", () => {
  it("closes a namespace once its pods take part in the mesh", () => {
    const [policy] = plan({});
    assert.deepEqual(
      [policy?.name, policy?.metadata, policy?.after],
      ["network-policy-shop/istio-mesh", { name: "istio-mesh", namespace: "shop" }, ["enrolment-shop"]],
    );
  });

  describe("of ambient pods", () => {
    it("lets HBONE in from the mesh, and the kubelet's probes on every port", () => {
      const { podSelector, ingress } = spec(ambient);
      assert.deepEqual(podSelector, {});
      assert.deepEqual(ingress, [{ from: peers, ports: tcp(15008) }, { from: probes }]);
    });

    it("lets HBONE out to the mesh, names be asked for, and EKS Pod Identity give credentials", () => {
      const { egress } = spec(ambient);
      assert.deepEqual(egress, [
        { to: peers, ports: tcp(15008) },
        { to: [coreDns, node], ports: dns },
        podIdentityAgent,
      ]);
    });

    it("lets waypoints among them reach istiod and be scraped, which the pods themselves need not", () => {
      const [, proxies, ...more] = plan(ambient);
      assert.deepEqual(more, []);
      assert.deepEqual(proxies?.body["spec"], {
        podSelector: { matchExpressions: [{ key: "gateway.istio.io/managed", operator: "Exists" }] },
        policyTypes: ["Ingress", "Egress"],
        ingress: [scraped()],
        egress: [istiod],
      });
    });
  });

  describe("of pods with sidecars", () => {
    it("lets the mesh in on every port: a sidecar leaves the application's port on the wire", () => {
      assert.deepEqual(spec({}).ingress, [{ from: peers }, scraped()]);
    });

    it("lets them out to the mesh, to istiod, to DNS and to the EKS Pod Identity Agent", () => {
      assert.deepEqual(spec({}).egress, [{ to: peers }, istiod, { to: [coreDns, node], ports: dns }, podIdentityAgent]);
      assert.equal(plan({}).length, 1);
    });

    it("lets them out to an istiod outside this cluster, wherever that is", () => {
      assert.deepEqual(spec({}, { istiodNamespace: undefined }).egress[1], { ports: tcp(15012) });
    });
  });

  it("lets proxies send spans to a collector outside the mesh: sidecars, and waypoints among ambient pods", () => {
    const collector = { namespace: "observability", port: 4317 };
    const spans = {
      to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "observability" } } }],
      ports: tcp(4317),
    };
    assert.deepEqual(spec({}, { collector }).egress[2], spans);
    const [pods, proxies] = plan(ambient, { collector }).map(({ body }) => body["spec"] as Spec);
    assert.deepEqual(proxies?.egress, [istiod, spans]);
    assert.ok(!JSON.stringify(pods).includes("observability"));
  });

  it("lets names be asked for everywhere where each node answers itself", () => {
    assert.deepEqual(spec(ambient, { dnsOnNodes: true }).egress[1], { ports: dns });
  });

  it("never names the ports of wrong tutorials", () => {
    const text = JSON.stringify([plan({}), plan(ambient)]);
    for (const port of [15001, 15006, 15441, 15443, 15010]) assert.ok(!text.includes(String(port)), String(port));
  });

  it("adds whom the user allows, each in its direction", () => {
    const one = (changes: Partial<AllowedPeerSettings>): AllowedPeerSettings => ({
      ...{ direction: "egress", peer: { cidr: "10.0.8.0/24" }, ports: [], protocol: "TCP" },
      ...changes,
    });
    const pods = { namespace: "legacy", podLabels: { app: "job" } };
    const allowedPeers = [
      one({ ports: [8888, 8889] }),
      one({ protocol: "UDP" }),
      one({ direction: "ingress", peer: pods, ports: [80] }),
      one({ direction: "ingress", peer: { namespace: undefined, podLabels: { app: "job" } } }),
      one({ direction: "ingress", peer: { namespace: "legacy", podLabels: {} } }),
    ];
    const { ingress, egress } = spec({ ...ambient, allowedPeers });
    const legacy = { matchLabels: { "kubernetes.io/metadata.name": "legacy" } };
    const job = { matchLabels: { app: "job" } };
    assert.deepEqual(egress.slice(3), [
      { to: [{ ipBlock: { cidr: "10.0.8.0/24" } }], ports: tcp(8888, 8889) },
      { to: [{ ipBlock: { cidr: "10.0.8.0/24" } }], ports: [{ protocol: "UDP" }] },
    ]);
    assert.deepEqual(ingress.slice(2), [
      { from: [{ namespaceSelector: legacy, podSelector: job }], ports: tcp(80) },
      { from: [{ podSelector: job }], ports: [{ protocol: "TCP" }] },
      { from: [{ namespaceSelector: legacy }], ports: [{ protocol: "TCP" }] },
    ]);
  });
});
