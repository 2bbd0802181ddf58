import assert from "node:assert/strict";
import { defaultIstioVersion } from "../components/control-plane/charts/versions";
import { cleanupScript } from "../components/cleanup/cleanup-script";
import { combinations, smallest, withIngress } from "./support/args";
import { type Recording, recordMesh, recordWholeMesh } from "./support/recorded";

/** What stands for a load balancer is a new object where AWS makes a new load balancer. */
const balancerOptions = {
  provider: "mesh-kubernetes",
  customTimeouts: { create: "15m", delete: "15m" },
  deleteBeforeReplace: true,
};

/** What every resource of a type is registered with, whatever it is called. */
const optionsByType: Readonly<Record<string, object>> = {
  "istio-eks:index:IstioMesh": {},
  "pulumi:providers:kubernetes": {},
  "kubernetes:core/v1:Namespace": { provider: "mesh-kubernetes" },
  // It reads the whole object, and what others wrote into it may be secret.
  "kubernetes:core/v1:NamespacePatch": { provider: "mesh-kubernetes", additionalSecretOutputs: ["metadata", "spec"] },
  "kubernetes:core/v1:ConfigMap": { provider: "mesh-kubernetes" },
  "kubernetes:networking.k8s.io/v1:Ingress": {
    ...balancerOptions,
    replaceOnChanges: [
      'metadata.annotations["alb.ingress.kubernetes.io/scheme"]',
      'metadata.annotations["alb.ingress.kubernetes.io/group.name"]',
      "spec.ingressClassName",
    ],
  },
  "kubernetes:networking.k8s.io/v1:IngressClass": { provider: "mesh-kubernetes" },
  "kubernetes:eks.amazonaws.com/v1:IngressClassParams": { provider: "mesh-kubernetes" },
  "kubernetes:networking.istio.io/v1:Gateway": { provider: "mesh-kubernetes" },
  "kubernetes:gateway.networking.k8s.io/v1:Gateway": { provider: "mesh-kubernetes" },
  "kubernetes:networking.istio.io/v1alpha3:EnvoyFilter": { provider: "mesh-kubernetes" },
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute": { provider: "mesh-kubernetes" },
  // The name is fixed, so a second one cannot be made before the first is gone.
  "kubernetes:helm.sh/v3:Release": { provider: "mesh-kubernetes", deleteBeforeReplace: true },
  // Without its definitions every Gateway of the cluster would go.
  "kubernetes:yaml/v2:ConfigFile": { provider: "mesh-crds-provider", retainOnDelete: true },
  // AWS refuses while network interfaces of the load balancer linger.
  "aws:ec2/securityGroup:SecurityGroup": { customTimeouts: { delete: "20m" } },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {},
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {},
  // Pulumi's SDK adds these to every certificate.
  "aws:acm/certificate:Certificate": { additionalSecretOutputs: ["privateKey", "privateKeyWo"] },
  "aws:acm/certificateValidation:CertificateValidation": {},
  "aws:route53/record:Record": {},
  // Pulumi's SDK adds these to every command; this one has no triggers.
  "command:local:Command": { customTimeouts: { delete: "720s" }, replaceOnChanges: ["triggers[*]"] },
};

/** A Service waits for its load balancer, unless it only opens node ports. */
const serviceOptions = (type: unknown) =>
  type === "LoadBalancer"
    ? {
        ...balancerOptions,
        replaceOnChanges: [
          'metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"]',
          "spec.loadBalancerClass",
        ],
      }
    : { provider: "mesh-kubernetes" };

/** Rules may have had other names: see istio-mesh-network.test.ts. */
const ofRules = /^mesh-(node-rule|webhook-rule|rule)-/;

/** What its Deployment selects pods by cannot change. */
const releaseOptions = (chart: unknown) => ({
  ...optionsByType["kubernetes:helm.sh/v3:Release"],
  ...(chart === "gateway" ? { replaceOnChanges: ["values.labels.app", "values.labels.istio"] } : {}),
});

/** Pulumi's SDK adds the types that a kind of Kubernetes had in earlier times as aliases, which are not ours. */
function withoutOldTypes({ aliases = [], ...options }: Readonly<Record<string, unknown>>): object {
  const ours = (aliases as readonly { readonly spec?: { readonly type?: string; readonly name?: string } }[]).filter(
    ({ spec }) => !String(spec?.type).startsWith("kubernetes:") && !ofRules.test(String(spec?.name)),
  );
  return ours.length === 0 ? options : { ...options, aliases: ours };
}

describe("Everything that an IstioMesh makes", () => {
  for (const combination of combinations) {
    const { mode, strategy, routing } = combination;
    const where = `${mode}, ${strategy}, ${routing}`;

    it(`belongs to the mesh (${where})`, async () => {
      const { resources } = await recordWholeMesh(combination);
      const unmanaged = resources.filter(({ name, parent }) => parent !== (name === "mesh" ? null : "mesh"));
      assert.deepEqual(unmanaged, []);
    });

    it(`has exactly the options of its kind: provider, timeouts, way to be replaced (${where})`, async () => {
      assertOptions(await recordWholeMesh(combination));
    });
  }

  it("has exactly the options of its kind with EKS Auto Mode too, which wants an IngressClass", async () => {
    const recorded = await recordMesh(withIngress({ strategy: "alb" }, { loadBalancerController: "eks-auto-mode" }));
    assert.equal(recorded.find("mesh-ingressclassparams-istio-ingress").parent, "mesh");
    assertOptions(recorded);
  });
});

function expectedOptions(type: string, input: (path: string) => unknown): object | undefined {
  if (type === "kubernetes:core/v1:Service") return serviceOptions(input("spec.type"));
  return type === "kubernetes:helm.sh/v3:Release" ? releaseOptions(input("chart")) : optionsByType[type];
}

function assertOptions({ resources, input }: Recording): void {
  for (const { name, type, options } of resources) {
    assert.deepEqual(
      withoutOldTypes(options),
      expectedOptions(type, (path) => input(name, path)),
      name,
    );
  }
}

describe("The Helm releases of an IstioMesh", () => {
  it("are pinned, timed and awaited, but for definitions, and leave their namespace to a resource of its own", async () => {
    const { resources } = await recordMesh(withIngress({ routing: "istio" }, { mode: "ambient" }));
    const releases = resources
      .filter(({ type }) => type === "kubernetes:helm.sh/v3:Release")
      .map(({ inputs }) => {
        const { values, compat, ...rest } = inputs as Record<string, unknown>;
        assert.ok(values !== undefined && compat === "true");
        return rest;
      });
    const common = {
      version: defaultIstioVersion,
      repositoryOpts: { repo: "https://blob.istio.io/istio-release/charts" },
      timeout: 600,
      skipAwait: false,
    };
    assert.deepEqual(
      releases.sort((one, other) => String(one["name"]).localeCompare(String(other["name"]))),
      [
        { ...common, name: "istio-base", chart: "base", namespace: "istio-system", skipAwait: true },
        { ...common, name: "istio-cni", chart: "cni", namespace: "istio-system" },
        { ...common, name: "istio-ingress", chart: "gateway", namespace: "istio-ingress" },
        { ...common, name: "istiod", chart: "istiod", namespace: "istio-system" },
        { ...common, name: "ztunnel", chart: "ztunnel", namespace: "istio-system" },
      ],
    );
  });

  it("name the whole address of a chart where Helm knows no repository: OCI registries and folders", async () => {
    for (const [chartRepository, chart] of [
      ["oci://ghcr.io/istio/release/charts", "oci://ghcr.io/istio/release/charts/base"],
      ["oci://mirror.example.com/istio/", "oci://mirror.example.com/istio/base"],
      ["./charts", "./charts/base"],
    ] as const) {
      const { input } = await recordMesh({ ...smallest, istio: { chartRepository } });
      assert.equal(input("mesh-base", "chart"), chart);
      assert.equal(input("mesh-base", "repositoryOpts"), undefined);
    }
  });

  it("are offered to others for dependsOn: all of them", async () => {
    const { mesh, resources } = await recordMesh(withIngress({}));
    const releases = resources.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");
    assert.equal(mesh.releases.length, 3);
    assert.equal(releases.length, 3);
  });
});

describe("The cleanup command of an IstioMesh", () => {
  it("has no triggers: they would run its delete in the middle of an `up`; and no update, which would run on every change", async () => {
    const { find } = await recordMesh(withIngress({}));
    assert.deepEqual(Object.keys(find("mesh-cleanup").inputs as object).sort(), [
      "addPreviousOutputInEnv",
      "create",
      "delete",
      "environment",
      "interpreter",
      "stdin",
    ]);
  });

  it("is one short line, since the engine prints it whole when it fails; the script travels in the environment", async () => {
    const { input } = await recordMesh(withIngress({}));
    assert.equal(input("mesh-cleanup", "delete"), 'exec /bin/sh -c "$ISTIO_EKS_CLEANUP"');
    assert.deepEqual(input("mesh-cleanup", "interpreter"), ["/bin/sh", "-c"]);
    assert.equal(input("mesh-cleanup", "addPreviousOutputInEnv"), false);
    assert.equal(input("mesh-cleanup", "environment.ISTIO_EKS_CLEANUP"), cleanupScript);
  });

  it("clears the namespaces that the mesh made, and no other", async () => {
    const { input } = await recordMesh({
      ...withIngress({}),
      additionalIngresses: { inner: { strategy: "nlb", gateway: { namespace: "inner" } } },
      namespaces: { shop: {}, legacy: { create: false } },
    });
    assert.equal(input("mesh-cleanup", "environment.NAMESPACES"), "istio-system istio-ingress inner shop");
    assert.equal(input("mesh-cleanup", "environment.OBJECTS"), "");
  });

  it("removes by name what stands in a namespace of someone else", async () => {
    const { input } = await recordMesh({
      ...withIngress({}, { istio: { profile: "empty" } }),
      additionalIngresses: { inner: { strategy: "alb", gateway: { namespace: "theirs" } } },
    });
    assert.equal(input("mesh-cleanup", "environment.NAMESPACES"), "");
    assert.equal(
      input("mesh-cleanup", "environment.OBJECTS"),
      "Service/istio-ingress@istio-ingress Ingress/inner@theirs",
    );
  });

  it("gets its own timeout and two minutes for its last words from the engine", async () => {
    const { input, find } = await recordMesh(withIngress({}, { cleanup: { timeoutSeconds: 60 } }));
    assert.equal(input("mesh-cleanup", "environment.TIMEOUT"), "60");
    assert.deepEqual(find("mesh-cleanup").options["customTimeouts"], { delete: "180s" });
  });

  it("is told of the security groups and the region only where it is to wait for network interfaces", async () => {
    const reported = async (waitForNetworkInterfaces: boolean) => {
      const args = { ...withIngress({}, { cleanup: { waitForNetworkInterfaces } }) };
      const { input } = await recordMesh({ ...args, additionalIngresses: { inner: { strategy: "nlb" } } });
      return [input("mesh-cleanup", "environment.SECURITY_GROUPS"), input("mesh-cleanup", "environment.REGION")];
    };
    assert.deepEqual(await reported(false), ["", ""]);
    assert.deepEqual(await reported(true), [
      "<mesh-security-group-istio-ingress.id> <mesh-security-group-inner.id>",
      "eu-central-1",
    ]);
  });

  it("looks for its tools when it is made, and for nothing else", async () => {
    const { input } = await recordMesh(withIngress({}, { cleanup: { kubectl: "/opt/bin/kubectl" } }));
    const create = String(input("mesh-cleanup", "create")).split("\n");
    assert.equal(create.length, 2);
    assert.match(String(create[0]), /^command -v '\/opt\/bin\/kubectl' /);
    assert.match(String(create[1]), /^command -v 'aws' /);
  });
});
