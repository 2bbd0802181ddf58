import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { findMeaningFaults } from "./checks/all";
import { findAnalyzed } from "./checks/analysis";
import { findDeadKeys } from "./checks/dead-keys";
import { findInvalid, findInvalidObjects } from "./checks/schemas";
import { type Finding, findingsText } from "./finding";
import { type MeshWorkloads, meshWorkloadsOf } from "./mesh/mesh-workloads";
import { type RenderedMesh, renderMesh } from "./mesh/rendered-mesh";
import { skip } from "./mocha-skip";
import { type Change, withInput, withOwn, withPods, withRendered, withValue } from "./fault-seeding";
import { type ChartTools, sharedChartTools } from "./sources/chart-tools";
import { definitionsFor } from "./sources/definitions";
import { keysOfChart } from "./sources/keys-of-chart";
import type { Block, Place } from "./tree";

const meshes: Readonly<Record<string, Partial<IstioMeshArgs>>> = {
  nlb: {
    mode: "sidecar",
    ingress: { strategy: "nlb", hostnames: ["app.example.com"], tls: { secretName: "tls" } },
    namespaces: { app: {}, outside: { dataplane: "none" } },
    istio: { sidecarCni: true },
    cluster: { name: "prod", nodeSecurityGroupIds: ["sg-0123456789abcdef0"] },
  },
  alb: {
    mode: "sidecar",
    ingress: { strategy: "alb", hostnames: ["app.example.com"], routing: "gateway-api" },
    namespaces: { app: { revision: "prod" } },
    istio: { revision: "blue", revisionTags: ["prod"] },
  },
  ambient: {
    mode: "ambient",
    ingress: {
      strategy: "nlb",
      hostnames: ["app.example.com"],
      tls: { certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-1111-1111-1111-111111111111" },
    },
    namespaces: { app: {} },
    istio: { revision: "blue" },
  },
  single: {
    mode: "sidecar",
    ingress: { strategy: "nlb", tls: { secretName: "tls" }, gateway: { minReplicas: 1, maxReplicas: 1 } },
  },
};

/** A mesh, its pods and what is at hand, without a fault so far. */
interface Stage {
  readonly mesh: RenderedMesh;
  readonly meshWorkloads: MeshWorkloads;
  readonly tools: ChartTools;
}

const staged = new Map<string, Promise<Stage>>();

function stage(name: string, tools: ChartTools): Promise<Stage> {
  const version = tools.charts.at(-1)?.version ?? "";
  const { istio, ...args } = meshes[name] ?? {};
  const subject = { title: name, args: { cluster: { name: "prod" }, ...args, istio: { ...istio, version } } };
  const prepare = async () => {
    const mesh = await renderMesh(subject, tools);
    return { mesh, meshWorkloads: await meshWorkloadsOf(mesh, tools), tools };
  };
  const known = staged.get(name) ?? prepare();
  staged.set(name, known);
  return known;
}

type Look = (stage: Stage) => Promise<readonly Finding[]> | readonly Finding[];

interface Fault {
  readonly check: RegExp;
  readonly look: Look;
  /** Found by Helm alone, without Istio's own code. */
  readonly withoutGo?: boolean;
}

/** A test that a check finds what is seeded into a mesh in which it finds nothing. */
function finds(name: string, mesh: string, { check, look, withoutGo = false }: Fault): void {
  it(name, async function () {
    const tools = await sharedChartTools();
    if (typeof tools === "string") return skip(this, tools);
    if (tools.validator === undefined && !withoutGo) return skip(this, "it needs go");
    const found = await look(await stage(mesh, tools));
    assert.match(findingsText(found), check);
  });
}

/** One that Helm alone finds. */
const helmFinds = (name: string, mesh: string, fault: Fault) => finds(name, mesh, { ...fault, withoutGo: true });

const deadKeys = ({ mesh, tools }: Stage) => findDeadKeys(mesh, { render: tools.render, keysOf: keysOfChart(tools) });
const meaning: Look = ({ mesh, meshWorkloads }) => findMeaningFaults(mesh, meshWorkloads);
const invalid = async ({ mesh, meshWorkloads, tools }: Stage): Promise<readonly Finding[]> => {
  if (tools.validator === undefined) return [];
  return findInvalid(mesh, meshWorkloads, {
    validator: tools.validator,
    definitions: await definitionsFor(mesh, tools),
  });
};

const analyzed: Look = async ({ mesh, meshWorkloads, tools }) =>
  tools.validator === undefined ? [] : findAnalyzed(mesh, meshWorkloads, tools.validator);

/** Looks at a mesh in which a release has another value. */
const valued =
  (look: Look) =>
  (release: string, at: Place, to: unknown): Look =>
  async ({ mesh, tools }) => {
    const changed = await withValue(mesh, tools.render, { release, at, to });
    return look({ mesh: changed, meshWorkloads: await meshWorkloadsOf(changed, tools), tools });
  };
/** Looks at a release's values without rendering them: what the chart refuses is not there to be rendered. */
const reported = valued(deadKeys);
/** Looks at a mesh one of whose own objects is another. */
const owned =
  (look: Look, change: Change): Look =>
  async ({ mesh, tools }) => {
    const changed = withOwn(mesh, change);
    return look({ mesh: changed, meshWorkloads: await meshWorkloadsOf(changed, tools), tools });
  };
const created =
  (change: Change): Look =>
  ({ mesh, meshWorkloads, tools }) =>
    meaning({ mesh: withRendered(mesh, change), meshWorkloads, tools });
const run =
  (change: Change): Look =>
  ({ mesh, meshWorkloads, tools }) =>
    meaning({ mesh, meshWorkloads: withPods(meshWorkloads, change), tools });

describe("a mesh without faults", () => {
  for (const name of Object.keys(meshes)) {
    it(`has no findings: ${name}`, async function () {
      const tools = await sharedChartTools();
      if (typeof tools === "string") return skip(this, tools);
      const clean = await stage(name, tools);
      const found = [
        ...(await deadKeys(clean)),
        ...(await meaning(clean)),
        ...(await invalid(clean)),
        ...(await analyzed(clean)),
      ];
      assert.equal(findingsText(found), "");
    });
  }
});

describe("a seeded dead key", () => {
  const check = (path: string) => new RegExp(`^dead key: ${path}: no template`, "m");
  helmFinds("is found at the top", "nlb", {
    check: check("istiod: autoscaleMn"),
    look: reported("istiod", ["autoscaleMn"], 2),
  });
  helmFinds("is found below a block that is read", "nlb", {
    check: check("cni: ambient.enable"),
    look: reported("istio-cni", ["ambient", "enable"], true),
  });
  helmFinds("is found below a flattened block", "nlb", {
    check: check("istiod: pilot.autoscaleMn"),
    look: reported("istiod", ["pilot", "autoscaleMn"], 2),
  });
  helmFinds("is found although istiod's chart writes it into a ConfigMap", "nlb", {
    check: check("istiod: global.proxy.imageName"),
    look: reported("istiod", ["global", "proxy", "imageName"], "proxyv3"),
  });
  helmFinds("is found below what ztunnel flattens", "ambient", {
    check: check("ztunnel: global.hubs"),
    look: reported("ztunnel", ["global", "hubs"], "x"),
  });
  helmFinds("is found in base", "ambient", {
    check: check("base: defaultRevison"),
    look: reported("istio-base", ["defaultRevison"], "x"),
  });
  helmFinds("is found where the schema of the gateway chart lets it pass", "nlb", {
    check: check("gateway: autoscaling.min"),
    look: reported("istio-ingress", ["autoscaling", "min"], 2),
  });
  helmFinds("is found in a list", "nlb", {
    check: /^dead key: cni: excludeNamespace\[0\]: no template/m,
    look: reported("istio-cni", ["excludeNamespace"], ["kube-system"]),
  });
  helmFinds("is found where the chart would read it, but not beside the other values", "nlb", {
    check: /^dead key: istiod: replicaCount: another value in its place makes the same manifests/m,
    look: reported("istiod", ["replicaCount"], 3),
  });
  helmFinds("is excused where the plan warns of it", "nlb", {
    check: /^$/,
    look: async (stage) => {
      const { mesh, tools } = stage;
      const changed = await withValue(mesh, tools.render, { release: "istiod", at: ["autoscaleMn"], to: 2 });
      const warnings = [
        "istio.values.istiod: chart istiod 1.31 does not read `autoscaleMn`; did you mean `autoscaleMin`?",
      ];
      return deadKeys({ ...stage, mesh: { ...changed, plan: { ...changed.plan, warnings } } });
    },
  });
});

describe("a seeded wrong label", () => {
  const check = /^selector: /m;
  const wrong = { app: "istio-ingres" };
  finds("of an Istio Gateway is found", "nlb", {
    check,
    look: owned(meaning, { kind: "Gateway", at: ["spec", "selector"], to: { istio: "ingressgateway" } }),
  });
  finds("of a Service is found", "nlb", {
    check,
    look: owned(meaning, { kind: "Service", at: ["spec", "selector"], to: wrong }),
  });
  finds("of a Service before istiod's pods is found", "ambient", {
    check,
    look: owned(meaning, {
      kind: "Service",
      at: ["spec", "selector"],
      to: { "gateway.networking.k8s.io/gateway-name": "ingress" },
    }),
  });
  finds("of the gateway's own pods is found", "nlb", {
    check,
    look: valued(meaning)("istio-ingress", ["labels", "istio"], "gateway"),
  });
  finds("of what is spread is found", "nlb", {
    check: /^selector: .*counts other pods/m,
    look: valued(meaning)("istiod", ["topologySpreadConstraints", 0, "labelSelector", "matchLabels", "app"], "pilot"),
  });
  finds("of a namespace is found: nobody injects", "nlb", {
    check: /^webhook: .*injected by nobody; default is expected/m,
    look: owned(meaning, {
      kind: "Namespace",
      name: "app",
      at: ["metadata", "labels"],
      to: { "istio-injection": "true" },
    }),
  });
  finds("of a namespace is found: no such tag", "alb", {
    check: /^webhook: .*injected by nobody; prod is expected/m,
    look: owned(meaning, { kind: "Namespace", name: "app", at: ["metadata", "labels", "istio.io/rev"], to: "stable" }),
  });
  finds("of a namespace is found: not ambient", "ambient", {
    check: /^webhook: namespace app: its pods are not enrolled/m,
    look: owned(meaning, {
      kind: "Namespace",
      name: "app",
      at: ["metadata", "labels"],
      to: { "istio.io/dataplane-mode": "on" },
    }),
  });
  finds("of a Gateway is found: no istiod makes its pods", "alb", {
    check: /^replicas: gateway istio-ingress: nothing makes its pods/m,
    look: owned(meaning, { kind: "Gateway", at: ["metadata", "labels", "istio.io/rev"], to: "green" }),
  });
  finds("of a route's parent is found", "ambient", {
    check: /^reference: HTTPRoute/m,
    look: owned(meaning, { kind: "HTTPRoute", at: ["spec", "parentRefs", 0, "sectionName"], to: "https" }),
  });
});

describe("a seeded wrong port", () => {
  const nlb = "service.beta.kubernetes.io/aws-load-balancer-";
  finds("of a Service is found", "nlb", {
    check: /^port: Service .* leads to port 8080/m,
    look: owned(meaning, { kind: "Service", at: ["spec", "ports", 0, "targetPort"], to: 8080 }),
  });
  finds("of a Service before istiod's pods is found", "ambient", {
    check: /^port: Service .* leads to port 8443/m,
    look: owned(meaning, { kind: "Service", at: ["spec", "ports", 1, "targetPort"], to: 8443 }),
  });
  finds("of an Istio Gateway is found", "nlb", {
    check: /^port: Service .* leads to port 80, and the pods open/m,
    look: owned(meaning, { kind: "Gateway", at: ["spec", "servers", 0, "port", "number"], to: 8080 }),
  });
  finds("of a Gateway's listener is found", "ambient", {
    check: /^port: Service .* leads to port 443, and the pods open/m,
    look: owned(meaning, { kind: "Gateway", at: ["spec", "listeners", 1, "port"], to: 8443 }),
  });
  finds("of an NLB's health check is found", "nlb", {
    check: /^port: .*health check: asks port 15020/m,
    look: owned(meaning, { kind: "Service", at: ["metadata", "annotations", `${nlb}healthcheck-port`], to: "15020" }),
  });
  finds("of an ALB's health check is found", "alb", {
    check: /^port: .*health check: asks port 80;/m,
    look: owned(meaning, {
      kind: "Ingress",
      at: ["metadata", "annotations", "alb.ingress.kubernetes.io/healthcheck-port"],
      to: "http2",
    }),
  });
  finds("of an ALB's backend is found", "alb", {
    check: /^reference: Ingress .*leads to port http of istio-ingress/m,
    look: owned(meaning, {
      kind: "Ingress",
      at: ["spec", "rules", 0, "http", "paths", 0, "backend", "service", "port", "name"],
      to: "http",
    }),
  });
  finds("of a security group's rule is found, out of the load balancer", "nlb", {
    check: /^security group: .*leaves to sg-0123456789abcdef0 on/m,
    look: ({ mesh, meshWorkloads, tools }) =>
      meaning({
        mesh: withInput(mesh, /status-port-to-(nodes|sg-\w+)$/, { at: ["fromPort"], to: 15020 }),
        meshWorkloads,
        tools,
      }),
  });
  finds("of a security group's rule is found, into the nodes", "ambient", {
    check: /^security group: .*enters .* on/m,
    look: ({ mesh, meshWorkloads, tools }) =>
      meaning({
        mesh: withInput(
          withInput(mesh, /https-into-(nodes|sg-\w+)$/, { at: ["fromPort"], to: 444 }),
          /https-into-(nodes|sg-\w+)$/,
          {
            at: ["toPort"],
            to: 444,
          },
        ),
        meshWorkloads,
        tools,
      }),
  });
  finds("of a security group's rule is found: a node port of the wrong port", "alb", {
    check: /^security group: Ingress .*enters .* on/m,
    look: ({ mesh, meshWorkloads, tools }) =>
      meaning({
        mesh: withInput(mesh, /http2-into-(nodes|sg-\w+)$/, { at: ["toPort"], to: 80 }),
        meshWorkloads,
        tools,
      }),
  });
  finds("open to clients is found", "nlb", {
    check: /^security group: .*clients come in on/m,
    look: ({ mesh, meshWorkloads, tools }) =>
      meaning({ mesh: withInput(mesh, /https-from-/, { at: ["toPort"], to: 15021 }), meshWorkloads, tools }),
  });
  finds("of the rule for istiod's webhooks is found", "nlb", {
    check: /^webhook: mesh-webhook-rule-[\w-]+: opens 15012; istiod's webhooks are on 15017/m,
    look: ({ mesh, meshWorkloads, tools }) =>
      meaning({ mesh: withInput(mesh, /webhook-rule/, { at: ["fromPort"], to: 15012 }), meshWorkloads, tools }),
  });
});

describe("a seeded wrong image", () => {
  const check = /^image: /m;
  const elsewhere = "registry.example.com/istio";
  for (const [release, mesh] of [
    ["istiod", "nlb"],
    ["istio-cni", "nlb"],
    ["istiod-blue", "ambient"],
    ["ztunnel", "ambient"],
  ] as const) {
    finds(`of ${release} is found`, mesh, { check, look: valued(meaning)(release, ["global", "hub"], elsewhere) });
  }
  finds("is found that nobody fills in", "nlb", {
    check: /^image: Deployment istio-ingress\/istio-ingress .*"auto"/m,
    look: valued(meaning)("istio-ingress", ["revision"], "green"),
  });
});

describe("a seeded fault of pods", () => {
  const container: Place = ["spec", "template", "spec", "containers", 0];
  const istiod = { kind: "Deployment", name: "istiod" };
  const budget = { kind: "PodDisruptionBudget", name: "istiod" };
  finds("is found: another number of them", "nlb", {
    check: /^replicas: Deployment istio-system\/istiod/m,
    look: valued(meaning)("istiod", ["autoscaleMin"], 1),
  });
  finds("is found: a fixed number with an autoscaler", "single", {
    check: /^replicas: .*autoscaler/m,
    look: valued(meaning)("istio-ingress", ["autoscaling", "enabled"], true),
  });
  finds("is found: a disruption budget without effect", "nlb", {
    check: /^replicas: .*has 0 PodDisruptionBudgets at 2/m,
    look: valued(meaning)("istio-ingress", ["podDisruptionBudget"], {}),
  });
  finds("is found: a disruption budget that lets no pod go", "nlb", {
    check: /^replicas: .*lets no pod go/m,
    look: valued(meaning)("istio-ingress", ["podDisruptionBudget", "minAvailable"], 2),
  });
  finds("is found: a disruption budget for other pods", "nlb", {
    check: /^selector: PodDisruptionBudget/m,
    look: created({ ...budget, at: ["spec", "selector", "matchLabels"], to: { app: "pilot" } }),
  });
  finds("is found: all of them on one node", "nlb", {
    check: /^replicas: .*one node/m,
    look: valued(meaning)("istio-ingress", ["topologySpreadConstraints"], []),
  });
  finds("is found: a capability", "nlb", {
    check: /^privilege: .*adds NET_ADMIN/m,
    look: run({ ...istiod, at: [...container, "securityContext", "capabilities"], to: { add: ["NET_ADMIN"] } }),
  });
  finds("is found: a privileged container", "ambient", {
    check: /^privilege: .*is privileged/m,
    look: run({ kind: "DaemonSet", name: "ztunnel", at: [...container, "securityContext", "privileged"], to: true }),
  });
  finds("is found: no resources", "ambient", {
    check: /^resources: .*requests no cpu and no memory/m,
    look: run({ kind: "DaemonSet", name: "ztunnel", at: [...container, "resources"], to: {} }),
  });
  finds("is found: other resources than asked for", "nlb", {
    check: /^asked for: Deployment istio-ingress\/istio-ingress/m,
    look: valued(meaning)("istio-ingress", ["resources", "limits", "memory"], "64Mi"),
  });
});

describe("a seeded fault of the control plane", () => {
  finds("is found: a default validator of a revision that is not there", "ambient", {
    check: /^data plane: .*"green" is not installed/m,
    look: valued(meaning)("istio-base", ["defaultRevision"], "green"),
  });
  finds("is found: a webhook that leads nowhere", "nlb", {
    check: /^webhook: .*leads to istio-system\/istiod-green, which nothing makes/m,
    look: valued(meaning)("istio-base", ["defaultRevision"], "green"),
  });
  finds("is found: a CNI agent that is not ambient", "ambient", {
    check: /^data plane: .*AMBIENT_ENABLED/m,
    look: valued(meaning)("istio-cni", ["profile"], undefined),
  });
  finds("is found: an istiod that is not ambient", "ambient", {
    check: /^data plane: .*PILOT_ENABLE_AMBIENT/m,
    look: valued(meaning)("istiod-blue", ["profile"], undefined),
  });
  finds("is found: a ztunnel of another control plane", "ambient", {
    check: /^data plane: .*XDS_ADDRESS: istiod-green/m,
    look: valued(meaning)("ztunnel", ["revision"], "green"),
  });
  finds("is found: a ztunnel that istiod does not trust", "ambient", {
    check: /^data plane: .*its account/m,
    look: valued(meaning)("istiod-blue", ["trustedZtunnelNamespace"], "kube-system"),
  });
  finds("is found: init containers beside a CNI agent", "nlb", {
    check: /^data plane: .*cni.enabled: is false/m,
    look: valued(meaning)("istiod", ["cni", "enabled"], false),
  });
  finds("is found: one object in two releases", "alb", {
    check: /^reference: .*makes it too/m,
    look: ({ mesh, meshWorkloads, tools }) =>
      meaning({ mesh: { ...mesh, releases: [...mesh.releases, ...mesh.releases] }, meshWorkloads, tools }),
  });
  finds("is found: a value that the chart only warns of", "nlb", {
    check: /^note: .*deprecated/m,
    look: valued(meaning)("istiod", ["global", "enableTracing"], true),
  });
});

describe("a seeded kind of object", () => {
  helmFinds("is found: one that the rights of the plan do not cover", "nlb", {
    check: /^rights: PodTemplate .*gives no right to make and remove podtemplates of the core/m,
    look: created({ kind: "ServiceAccount", at: ["kind"], to: "PodTemplate" }),
  });
});

describe("a seeded fault that istioctl analyze knows", () => {
  finds("is found: a Gateway before no pods", "nlb", {
    check: /^analysis: IST0101: .*selector not found: "istio=ingressgateway"/m,
    look: owned(analyzed, { kind: "Gateway", at: ["spec", "selector"], to: { istio: "ingressgateway" } }),
  });
  finds("is found: an annotation where nobody reads it", "nlb", {
    check: /^analysis: IST0107: .*Service istio-ingress\/istio-ingress\) Misplaced annotation: proxy.istio.io\/config/m,
    look: owned(analyzed, { kind: "Service", at: ["metadata", "annotations", "proxy.istio.io/config"], to: "{}" }),
  });
  finds("is found: two Gateways that serve one host on one port", "nlb", {
    check: /^analysis: IST0145/m,
    look: ({ mesh, meshWorkloads, tools }) => {
      const again = mesh.own.filter(({ body }) => body["kind"] === "Gateway");
      const other = again.map(({ origin, body }) => ({
        origin,
        body: { ...body, metadata: { name: "other", namespace: "istio-ingress" } },
      }));
      return analyzed({ mesh: { ...mesh, own: [...mesh.own, ...other] }, meshWorkloads, tools });
    },
  });
});

describe("a seeded invalid object", () => {
  finds("is found: an unknown field, which the API server would drop", "nlb", {
    check: /^schema: Gateway .*unknown field spec.server/m,
    look: owned(invalid, { kind: "Gateway", at: ["spec", "server"], to: [] }),
  });
  finds("is found: a word that is not in the schema's list", "nlb", {
    check: /^schema: Gateway .*tls.mode: Unsupported value: "Terminate"/m,
    look: owned(invalid, { kind: "Gateway", at: ["spec", "servers", 1, "tls", "mode"], to: "Terminate" }),
  });
  finds("is found: what only istiod's own validation knows", "nlb", {
    check: /^schema: Gateway .*istiod: .*port/m,
    look: owned(invalid, { kind: "Gateway", at: ["spec", "servers", 0, "port", "protocol"], to: "HTTP/9" }),
  });
  finds("is found: a rule in CEL", "ambient", {
    check: /^schema: Gateway .*tls must not be specified for protocols/m,
    look: owned(invalid, {
      kind: "Gateway",
      at: ["spec", "listeners", 0, "tls"],
      to: { mode: "Terminate", certificateRefs: [{ name: "x" }] },
    }),
  });
  finds("is found: two listeners of one name", "ambient", {
    check: /^schema: Gateway .*Listener name must be unique/m,
    look: owned(invalid, { kind: "Gateway", at: ["spec", "listeners", 1, "name"], to: "http" }),
  });
  finds("is found: a Service that the API server refuses", "nlb", {
    check: /^schema: Service .*spec.ports\[1\]/m,
    look: owned(invalid, { kind: "Service", at: ["spec", "ports", 1, "port"], to: 80 }),
  });
  finds("is found: a misspelt field of a Service", "nlb", {
    check: /^schema: Service .*unknown field "spec.externalTraficPolicy"/m,
    look: owned(invalid, { kind: "Service", at: ["spec", "externalTraficPolicy"], to: "Local" }),
  });
  finds("is found: a key of the parameters that istiod does not know", "ambient", {
    check: /^replicas: gateway istio-ingress: nothing makes its pods/m,
    look: owned(meaning, { kind: "ConfigMap", at: ["data", "hpa"], to: "{}" }),
  });
  finds("is found: a patch that makes no Deployment", "ambient", {
    check: /^schema: Deployment .*unknown field "spec.replica"/m,
    look: owned(invalid, {
      kind: "ConfigMap",
      at: ["data", "deployment"],
      to: JSON.stringify({ spec: { replica: 2 } }),
    }),
  });
  finds("is found: an unknown member of the mesh configuration", "nlb", {
    check: /^schema: mesh-istiod: meshConfig: .*accessLogFiles/m,
    look: valued(invalid)("istiod", ["meshConfig"], { accessLogFiles: "/dev/stdout" }),
  });
  finds("is found: pods that their namespace keeps out", "ambient", {
    check: /^schema: DaemonSet .*Pod Security baseline/m,
    look: owned(invalid, {
      kind: "Namespace",
      name: "istio-system",
      at: ["metadata", "labels", "pod-security.kubernetes.io/enforce"],
      to: "baseline",
    }),
  });
  finds("is found: a kind of which nobody has a schema", "nlb", {
    check: /^schema: .*nobody here knows the kind example.com\/v1 Thing/m,
    look: async ({ mesh, tools }) => {
      const body: Block = { apiVersion: "example.com/v1", kind: "Thing", metadata: { name: "a" } };
      if (tools.validator === undefined) return [];
      const definitions = await definitionsFor(mesh, tools);
      return findInvalidObjects([{ origin: "here", body }], { validator: tools.validator, definitions });
    },
  });
});
