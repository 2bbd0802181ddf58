import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { stringify } from "yaml";
import { program } from "../build/cache";
import type { Child } from "./child";
import { type ClusterAccess, KubernetesClient } from "./kubernetes-client";
import { freePorts } from "./port";
import type { Site } from "./site";

/** What the API server asks outside of itself. */
export interface ControlPlaneOptions {
  /** Socket of the proxy through which it reaches Services. */
  readonly egressSocket: string;
  /** Answers whose token one is, as EKS does for the tokens of `aws eks get-token`. */
  readonly tokenReviewUrl: string;
}

/** Kubernetes, as far as EKS runs it for its users. */
export interface ControlPlane {
  readonly access: ClusterAccess;
  readonly client: KubernetesClient;
  /** A kubeconfig for administrators, with a token that never expires. */
  readonly kubeconfig: string;
  /** Starts what makes Deployments into bound pods; to be called once. */
  startControllers(): Promise<void>;
  /** The API server: frozen it answers nothing, as behind a closed VPN; killed it is gone, as with its cluster. */
  readonly apiserver: Child;
}

/** Starts etcd and the API server and waits until it is ready. */
export async function startControlPlane(site: Site, options: ControlPlaneOptions): Promise<ControlPlane> {
  const [etcdPort = 0, peerPort = 0, port = 0, controllersPort = 0, schedulerPort = 0] = await freePorts(5);
  const token = randomBytes(16).toString("hex");
  writeKeys(site, token);
  writeEgress(site, options.egressSocket);
  writeKubeconfig(site, "token-review.kubeconfig", { server: options.tokenReviewUrl });
  startEtcd(site, etcdPort, peerPort);
  const apiserver = site.start("kube-apiserver", [program("kube-apiserver"), ...apiserverFlags(site, port, etcdPort)]);
  const certificate = site.path("certificates", "apiserver.crt");
  await apiserver.answers(async () => Promise.resolve(existsSync(certificate)));
  const access = await readAccess(certificate, `https://127.0.0.1:${port}`, token);
  const client = new KubernetesClient(access);
  await apiserver.answers(async () => (await client.get<string>("/readyz")) === "ok");
  const kubeconfig = writeKubeconfig(site, "kubeconfig", access);
  return {
    access,
    client,
    kubeconfig,
    apiserver,
    startControllers: async () => startControllers(site, kubeconfig, [controllersPort, schedulerPort]),
  };
}

function startEtcd(site: Site, port: number, peerPort: number): void {
  const url = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  site.start("etcd", [
    program("etcd"),
    `--data-dir=${site.path("etcd")}`,
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    // The state lives as long as the test environment: nobody waits for the disk.
    "--unsafe-no-fsync",
    "--log-level=warn",
  ]);
}

function apiserverFlags(site: Site, port: number, etcdPort: number): readonly string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    `--secure-port=${port}`,
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    "--endpoint-reconciler-type=none",
    `--cert-dir=${site.path("certificates")}`,
    `--token-auth-file=${site.path("tokens.csv")}`,
    `--authentication-token-webhook-config-file=${site.path("token-review.kubeconfig")}`,
    "--authorization-mode=RBAC",
    `--service-account-key-file=${site.path("service-accounts.key")}`,
    `--service-account-signing-key-file=${site.path("service-accounts.key")}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    "--service-cluster-ip-range=10.100.0.0/16",
    "--allow-privileged=true",
    `--egress-selector-config-file=${site.path("egress.yaml")}`,
  ];
}

async function startControllers(site: Site, kubeconfig: string, [port = 0, schedulerPort = 0]: readonly number[]) {
  const controllers = site.start("kube-controller-manager", [
    program("kube-controller-manager"),
    `--kubeconfig=${kubeconfig}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${port}`,
    "--leader-elect=false",
    "--use-service-account-credentials=false",
    `--service-account-private-key-file=${site.path("service-accounts.key")}`,
    `--root-ca-file=${site.path("certificates", "apiserver.crt")}`,
  ]);
  const scheduler = site.start("kube-scheduler", [
    program("kube-scheduler"),
    `--kubeconfig=${kubeconfig}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${schedulerPort}`,
    "--leader-elect=false",
  ]);
  await Promise.resolve([controllers, scheduler]);
}

function writeKeys(site: Site, token: string): void {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  mkdirSync(site.path("certificates"), { recursive: true });
  site.write("service-accounts.key", privateKey.export({ type: "pkcs1", format: "pem" }).toString());
  site.write("tokens.csv", `${token},admin,admin,system:masters\n`);
}

/** Over TCP the API server would want a certificate of the proxy; over a socket it takes it as it is. */
function writeEgress(site: Site, socket: string): void {
  const connection = { proxyProtocol: "HTTPConnect", transport: { uds: { udsName: socket } } };
  site.write(
    "egress.yaml",
    stringify({
      apiVersion: "apiserver.k8s.io/v1beta1",
      kind: "EgressSelectorConfiguration",
      egressSelections: [{ name: "cluster", connection }],
    }),
  );
}

/** The API server signs its own certificate at its first start; it is complete when it parses as one. */
async function readAccess(path: string, server: string, token: string): Promise<ClusterAccess> {
  const certificateAuthority = readFileSync(path, "utf8");
  if (/-----END CERTIFICATE-----\s*$/.test(certificateAuthority)) return { server, certificateAuthority, token };
  await new Promise((resolve) => setTimeout(resolve, 50));
  return readAccess(path, server, token);
}

function writeKubeconfig(site: Site, name: string, access: Pick<ClusterAccess, "server"> & Partial<ClusterAccess>) {
  const { server, certificateAuthority, token } = access;
  const authority =
    certificateAuthority === undefined
      ? {}
      : { "certificate-authority-data": Buffer.from(certificateAuthority).toString("base64") };
  return site.write(
    name,
    stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "live", cluster: { server, ...authority } }],
      users: [{ name: "live", user: token === undefined ? {} : { token } }],
      contexts: [{ name: "live", context: { cluster: "live", user: "live" } }],
      "current-context": "live",
    }),
  );
}
