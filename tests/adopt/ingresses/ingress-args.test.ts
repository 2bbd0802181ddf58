import assert from "node:assert/strict";
import { adoption } from "../../../cli/adopt/adoption";
import { keysIn, replacingFields } from "../../../cli/adopt/takeover/import-file";
import { stepsOf } from "../../../cli/adopt/takeover/commands";
import { importsOf } from "../../../cli/adopt/takeover/import-file";
import type { DnsRecord, LoadBalancer } from "../../../cli/adopt/inventory";
import type { KubernetesObject } from "../../../cli/check/kubernetes-object";
import {
  balancer,
  gatewayRelease,
  gatewayService,
  helmCluster,
  hostname,
  istiod,
  release,
} from "../../support/helm-cluster";
import { planOf } from "../../support/plans";
import { madeUp } from "../../support/plans";

const alb = "alb.ingress.kubernetes.io/";
const lb = "service.beta.kubernetes.io/aws-load-balancer-";
const certificate = "arn:aws:acm:eu-central-1:123456789012:certificate/0f1e2d3c";
const applicationBalancer: LoadBalancer = {
  ...balancer,
  name: "k8s-edge-0123",
  type: "application",
  scheme: "internet-facing",
  rules: [],
};

const nodePorts = { ...gatewayService({}, { type: "NodePort", loadBalancerClass: undefined }), status: {} };
const backend = { service: { name: "istio-ingress", port: { number: 80 } } };
const redirectBackend = { service: { name: "ssl-redirect", port: { name: "use-annotation" } } };

/** An Ingress as the Terraform tutorials have it. */
function edge(annotations: Readonly<Record<string, string>> = {}, spec: object = {}): KubernetesObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: "edge",
      namespace: "istio-ingress",
      annotations: { [`${alb}scheme`]: "internet-facing", ...annotations },
    },
    spec: {
      ingressClassName: "alb",
      rules: [{ host: "a.example.com", http: { paths: [{ path: "/*", backend }] } }],
      ...spec,
    },
    status: { loadBalancer: { ingress: [{ hostname }] } },
  };
}

const withAlb = (ingress: KubernetesObject, rest: Parameters<typeof helmCluster>[0] = {}) =>
  helmCluster({ services: [nodePorts], ingresses: [ingress], balancers: [applicationBalancer], ...rest });
const members = (args: unknown, ...path: readonly string[]) =>
  path.reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], args);

describe("The ALB of the Terraform tutorials, adopted", () => {
  it("keeps its name in AWS, its host, and the gateway's pods by their labels", () => {
    const { args, notes } = adoption(
      withAlb(edge({ [`${alb}ssl-redirect`]: "443", [`${alb}certificate-arn`]: certificate })),
    );
    assert.deepEqual(members(args, "additionalIngresses", "edge"), {
      ...{ strategy: "alb", scheme: "internet-facing", hostnames: ["a.example.com"] },
      tls: { certificateArn: certificate },
      gateway: {
        ...{
          labels: { app: "istio-ingress", istio: "ingress" },
          minReplicas: 1,
          resources: { limits: { cpu: "2000m" } },
        },
      },
      alb: { name: "k8s-edge-0123" },
    });
    assert.ok(
      notes.some(({ kind, text }) => kind === "change" && text.includes("new target group")),
      JSON.stringify(notes),
    );
  });

  it("is known to redirect by an action, too, and else does not", () => {
    const action = { [`${alb}actions.ssl-redirect`]: '{"Type":"redirect","RedirectConfig":{"Protocol":"HTTPS"}}' };
    const paths = [
      { path: "/", backend: redirectBackend },
      { path: "/", backend },
    ];
    const redirects = (annotations: Readonly<Record<string, string>>) =>
      members(
        adoption(
          withAlb(edge({ [`${alb}certificate-arn`]: certificate, ...annotations }, { rules: [{ http: { paths } }] })),
        ).args,
        ...["additionalIngresses", "edge", "tls", "redirectHttp"],
      );
    assert.equal(redirects(action), undefined);
    const { args } = adoption(withAlb(edge({ ...action, [`${alb}auth-type`]: "none" })));
    assert.deepEqual(members(args, "additionalIngresses", "edge", "annotations"), { [`${alb}auth-type`]: "none" });
    assert.equal(redirects({}), false);
  });

  it("keeps an internal scheme that only the annotation says, and attributes that no member sets", () => {
    const attributes = "idle_timeout.timeout_seconds=120,routing.http2.enabled=true,access_logs.s3.enabled=false";
    const { args } = adoption(
      withAlb(
        edge({
          [`${alb}load-balancer-attributes`]: attributes,
          [`${alb}inbound-cidrs`]: "203.0.113.0/24",
          [`${alb}target-type`]: "ip",
          [`${alb}subnets`]: "name-of-a-subnet",
          [`${alb}healthcheck-interval-seconds`]: "often",
        }),
      ),
    );
    const found = members(args, "additionalIngresses", "edge") as Record<string, unknown>;
    assert.deepEqual(found["alb"], { name: "k8s-edge-0123", idleTimeoutSeconds: 120 });
    assert.deepEqual(found["allowedCidrs"], ["203.0.113.0/24"]);
    assert.deepEqual(found["annotations"], { [`${alb}load-balancer-attributes`]: "routing.http2.enabled=true" });
    assert.equal(found["subnetIds"], undefined);
    assert.equal(found["healthCheck"], undefined);
  });

  it("is taken over where the class is an annotation, once the field says the same", async () => {
    const old = edge({ "kubernetes.io/ingress.class": "alb" }, { ingressClassName: undefined });
    const adopted = adoption(withAlb(old));
    const { resources } = await planOf(adopted.args);
    const imports = importsOf(resources, adopted);
    const commands = stepsOf(adopted, { stack: "prod", imports }).flatMap((step) => step.commands);
    assert.ok(
      commands.includes(
        `kubectl -n istio-ingress patch ingress edge --type merge -p '{"spec":{"ingressClassName":"alb"}}'`,
      ),
      commands.join("\n"),
    );
  });

  for (const [why, ingress] of [
    ["another class", edge({}, { ingressClassName: "alb-public" })],
    ["several Services", edge({}, { defaultBackend: { service: { name: "other" } } })],
    ["rules for paths", edge({}, { rules: [{ http: { paths: [{ path: "/shop", backend }] } }] })],
  ] as const) {
    it(`gets a second one because of ${why}`, () => {
      const { args, notes } = adoption(withAlb(ingress));
      assert.deepEqual(Object.keys(members(args, "additionalIngresses") as object), ["edge-mesh"]);
      assert.ok(
        notes.some(({ text }) => text.includes(why)),
        JSON.stringify(notes),
      );
      assert.equal(members(args, "additionalIngresses", "edge-mesh", "alb", "name"), undefined);
    });
  }

  it("is none of the mesh's where it leads elsewhere, or has another class", () => {
    const elsewhere = edge({}, { rules: [], defaultBackend: { service: { name: "web" } } });
    const nginx = edge({}, { ingressClassName: "nginx" });
    const none = edge({}, { ingressClassName: undefined });
    for (const ingress of [elsewhere, nginx, none]) {
      assert.equal(members(adoption(withAlb(ingress)).args, "additionalIngresses"), undefined);
    }
  });
});

describe("A Service of type LoadBalancer, adopted", () => {
  const nlb = (
    annotations: Readonly<Record<string, string>>,
    spec: object = {},
    parts: Parameters<typeof helmCluster>[0] = {},
  ) => adoption(helmCluster({ services: [gatewayService(annotations, spec)], ...parts }));

  it("keeps old ways to write things", () => {
    const { args } = nlb({
      [`${lb}cross-zone-load-balancing-enabled`]: "true",
      [`${lb}proxy-protocol`]: "*",
      [`${lb}type`]: "nlb-ip",
      [`${lb}eip-allocations`]: "eipalloc-0123456789abcdef0",
    });
    assert.deepEqual(members(args, "ingress", "nlb"), { proxyProtocol: true });
  });

  it("takes the ranges of the Service before those of its security groups", () => {
    const { args } = nlb({}, { loadBalancerSourceRanges: ["10.1.0.0/16"] });
    assert.deepEqual(members(args, "ingress", "allowedCidrs"), ["10.1.0.0/16"]);
  });

  it("keeps annotations of others, but for those that tools write about themselves", () => {
    const { args } = nlb({
      "external-dns.alpha.kubernetes.io/hostname": "a.example.com",
      "kubectl.kubernetes.io/x": "1",
      "team.example.com/x": "1",
    });
    assert.deepEqual(members(args, "ingress", "annotations"), {
      "external-dns.alpha.kubernetes.io/hostname": "a.example.com",
      "team.example.com/x": "1",
    });
  });

  it("belongs to EKS Auto Mode by its class", () => {
    const { args } = nlb({}, { loadBalancerClass: "eks.amazonaws.com/nlb" });
    assert.equal(args["loadBalancerController"], "eks-auto-mode");
    assert.ok(members(args, "ingress") !== undefined);
  });

  it("stays with istiod where that makes it for a Gateway", () => {
    const { args, notes } = nlb({}, { selector: { "gateway.networking.k8s.io/gateway-name": "gw" } });
    assert.equal(members(args, "additionalIngresses", "istio-ingress-mesh", "routing"), "gateway-api");
    assert.ok(notes.some(({ text }) => text.includes("istiod makes it for the Gateway gw")));
  });

  it("is no ingress before other parts of Istio, or other pods", () => {
    for (const selector of [{ istio: "eastwestgateway" }, { app: "web" }, undefined]) {
      assert.equal(members(nlb({}, { selector }).args, "ingress"), undefined);
    }
  });

  it("keeps labels of its namespace, and its namespace's name", () => {
    const service = gatewayService();
    const moved = { ...service, metadata: { ...service.metadata, namespace: "edge" } };
    const { args } = adoption(
      helmCluster({
        services: [moved],
        releases: [
          release("istiod", "istiod"),
          {
            ...gatewayRelease,
            namespace: "edge",
            values: { autoscaling: { enabled: false }, labels: { team: "a" }, resources: { limits: { cpu: null } } },
          },
        ],
        namespaces: [
          { metadata: { name: "edge", labels: { "kubernetes.io/metadata.name": "edge", team: "a" } } },
          { metadata: { name: "plain" } },
        ],
      }),
    );
    assert.deepEqual(members(args, "ingress", "gateway"), {
      ...{ namespace: "edge", namespaceLabels: { team: "a" }, labels: { team: "a" }, maxReplicas: 1 },
      resources: { limits: { cpu: "none" } },
    });
  });

  it("loses tags that not every load balancer has, and says so", () => {
    const tags = (text: string) => ({ [`${lb}additional-resource-tags`]: text });
    const second = gatewayService(tags("team=a"));
    const other = { ...second, metadata: { ...second.metadata, name: "public" } };
    const { args, notes } = nlb({}, {}, { services: [gatewayService(tags("team=a,cost=1")), other] });
    assert.deepEqual(args["tags"], { team: "a" });
    assert.equal(members(args, "additionalIngresses", "public", "gateway", "shareWith"), "istio-ingress");
    assert.ok(notes.some(({ text }) => text.includes("tags cost are removed")));
  });

  it("leaves records with whoever keeps them, and says why", () => {
    const record: DnsRecord = {
      zoneId: "Z1",
      zoneName: "x",
      name: "a.example.com",
      type: "A",
      target: hostname,
      plainAlias: true,
      externalDns: false,
    };
    const servers = [
      { hosts: ["b.example.com", "shop/a.example.com"], port: { number: 443 }, tls: { credentialName: "edge" } },
    ];
    const gateway = {
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "istio-ingress", namespace: "istio-ingress" },
      spec: { servers },
    };
    const { notes } = nlb(
      {},
      {},
      { gateways: [gateway], records: [record, { ...record, zoneId: "Z2", plainAlias: false }] },
    );
    const [note] = notes.filter(({ subject }) => subject.startsWith("DNS records"));
    assert.match(String(note?.text), /several hosted zones; one is no plain alias record; b\.example\.com has none/);
  });
});

describe("What istioctl installed, adopted", () => {
  const config = "accessLogFile: /dev/stdout\nrootNamespace: istio-system\n";
  const byIstioctl = (parts: Parameters<typeof helmCluster>[0] = {}) =>
    helmCluster({
      releases: [],
      meshConfigs: [{ metadata: { name: "istio", namespace: "istio-system" }, data: { mesh: config } }],
      ...parts,
    });

  it("has the mesh configuration of its ConfigMap, and commands that mark the objects for Helm", async () => {
    const tag = {
      metadata: {
        name: "istio-revision-tag-default",
        labels: { "istio.io/tag": "default", "istio.io/rev": "default" },
      },
    };
    const adopted = adoption(
      byIstioctl({ tagWebhooks: [tag, { metadata: { name: "x", labels: { "istio.io/rev": "default" } } }] }),
    );
    assert.deepEqual(adopted.args["istio"], { version: "1.30.4", meshConfig: { accessLogFile: "/dev/stdout" } });
    const { resources } = await planOf(adopted.args);
    const steps = stepsOf(adopted, { stack: "prod", imports: importsOf(resources, adopted) });
    const commands = steps.flatMap((step) => step.commands).join("\n");
    assert.match(commands, /kubectl annotate --overwrite crd .* meta\.helm\.sh\/release-name=istio-base/);
    assert.match(String(steps.find(({ title }) => title === "Let the mesh have it")?.back), /pulumi stack history/);
  });

  it("takes over a revision, and secrets of it are typed", () => {
    const deployment = istiod(
      { name: "istiod-a", labels: { "istio.io/rev": "a" } },
      "registry.example.com/istio/pilot:1.30.4",
    );
    const mesh = "extensionProviders: []\ndefaultHttpRetryPolicy: { token: s3cr3t }\n";
    const adopted = adoption(
      byIstioctl({
        istiods: [deployment],
        meshConfigs: [{ metadata: { name: "istio-a", namespace: "istio-system" }, data: { mesh } }],
      }),
    );
    const { revision, imageHub } = adopted.args["istio"] as Record<string, unknown>;
    assert.deepEqual([revision, imageHub], ["a", "registry.example.com/istio"]);
    const commands = stepsOf(adopted, { stack: "prod", imports: [] })
      .flatMap((step) => step.commands)
      .join("\n");
    assert.match(commands, /istio\.meshConfig\.defaultHttpRetryPolicy\.token' {3}# type the value/);
    assert.match(commands, /meta\.helm\.sh\/release-name=istiod-a/);
  });

  it("has no mesh configuration where there is no ConfigMap", () => {
    assert.deepEqual(adoption(byIstioctl({ meshConfigs: [] })).args["istio"], { version: "1.30.4" });
  });
});

describe("Parts of a mesh that few have, adopted", () => {
  it("keep the profile, the drain, the ports and the addresses", () => {
    const profile = adoption(
      helmCluster({ releases: [release("istiod", "istiod", { values: { profile: "preview" } })] }),
    );
    assert.equal(members(profile.args, "istio", "profile"), "preview");
    const drained = { ...gatewayRelease, values: { terminationGracePeriodSeconds: 150 } };
    const ports = [
      { name: "kafka", port: 9094, targetPort: 9094 },
      { name: "mqtt", port: 8883, targetPort: 8883 },
    ];
    const service = gatewayService({ [`${lb}ssl-ports`]: "kafka", [`${lb}ssl-cert`]: certificate }, { ports });
    const { args } = adoption(helmCluster({ services: [service], releases: [release("istiod", "istiod"), drained] }));
    assert.equal(members(args, "ingress", "gateway", "drainSeconds"), 120);
    assert.equal(members(args, "ingress", "nlb", "ports", "kafka", "protocol"), "TLS");
    assert.equal(members(args, "ingress", "nlb", "ports", "mqtt", "protocol"), "TCP");
    const dual = adoption(
      withAlb(edge({ [`${alb}ip-address-type`]: "dualstack", [`${alb}backend-protocol`]: "HTTPS" })),
    );
    assert.equal(members(dual.args, "additionalIngresses", "edge", "ipAddressType"), "dualstack");
    const legacy = gatewayService({}, { loadBalancerClass: "other/class" });
    const { notes } = adoption(helmCluster({ services: [legacy] }));
    assert.ok(notes.some(({ text }) => text.includes("spec.loadBalancerClass is other/class")));
  });

  it("are planned as the newest known version where theirs is newer", () => {
    const { notes } = adoption(helmCluster({ releases: [], istiods: [istiod({}, "docker.io/istio/pilot:1.99.0")] }));
    assert.ok(notes.some(({ subject, text }) => subject === "istio.version" && text.includes("1.99.0")));
  });

  it("are refused where a mesh cannot do without them", () => {
    assert.throws(() => adoption({ ...helmCluster(), cluster: "not a name" }), /cluster\.name/);
  });

  it("import no record that is not there", async () => {
    const record: DnsRecord = {
      zoneId: "Z0123456789ABC",
      zoneName: "x",
      name: "a.example.com",
      type: "A",
      target: hostname,
      plainAlias: true,
      externalDns: false,
    };
    const adopted = adoption(helmCluster({ records: [record] }));
    const { resources } = await planOf(adopted.args);
    const none = importsOf(resources, { ...adopted, known: { ...adopted.known, records: [] } });
    assert.ok(none.every(({ entry }) => !entry.name.includes("record")));
    const [ingress] = adopted.found.ingresses;
    assert.ok(ingress !== undefined);
    const left = importsOf(resources, {
      ...adopted,
      found: { ...adopted.found, ingresses: [{ ...ingress, same: false }] },
    });
    assert.ok(left.every(({ entry }) => !entry.name.includes("service")));
  });
});

describe("Namespaces, adopted", () => {
  const namespace = (name: string, labels: Readonly<Record<string, string>>) => ({ metadata: { name, labels } });

  it("are reported where their labels stay as they are", () => {
    const { args, notes } = adoption(
      helmCluster({
        releases: [],
        istiods: [istiod({ labels: { "istio.io/rev": "a" } })],
        namespaces: [
          namespace("shop", { "istio-injection": "enabled" }),
          namespace("kube-system", { "istio-injection": "enabled" }),
          namespace("w", { "istio.io/use-waypoint": "w" }),
          namespace("amb", { "istio.io/dataplane-mode": "ambient" }),
          namespace("old", { "istio.io/rev": "gone" }),
        ],
      }),
    );
    assert.equal(args["namespaces"], undefined);
    const subjects = notes.map(({ subject }) => subject);
    for (const subject of ["Namespace shop", "Namespace w", "Namespace amb", "namespaces.old.revision"])
      assert.ok(subjects.includes(subject), subject);
  });
});

describe("Fields that replace an object", () => {
  it("are those whose value differs", () => {
    const planned = {
      ...madeUp("x", {
        inputs: { spec: { a: "1", c: 1 } },
        options: { replaceOnChanges: ["spec.a", "spec.b", "spec.c"] },
      }),
      wave: 0,
    };
    const entry = { type: "t", name: "x", id: "x", parent: "mesh" };
    assert.deepEqual(replacingFields({ planned, found: { spec: { a: "2", b: "2" } }, entry }), ["spec.a"]);
    assert.deepEqual(replacingFields({ planned, found: { spec: { a: "1" } }, entry }), []);
    assert.deepEqual(keysIn('metadata.annotations["a.b/c"]'), ["metadata", "annotations", "a.b/c"]);
  });
});
