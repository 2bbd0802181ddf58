import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AwsClients, awsEnvironment } from "../aws/clients";
import { accessKeys } from "../aws/iam/principal";
import type { AwsModel, AwsProxy } from "../aws/proxy";
import { program } from "../build/cache";
import { findProgram } from "../build/stamp";
import type { Account } from "./account";
import { region, startAws } from "./aws";
import { type ControlPlane, startControlPlane } from "./control-plane";
import { EgressProxy } from "./egress-proxy";
import { startKwok } from "./kwok";
import { LoadBalancerController } from "./load-balancer-controller";
import { NodeAgent } from "./node-agent";
import { registerNodes } from "./nodes";
import { removedWithUs } from "./ends-with-process";
import { freePort } from "./port";
import { RepositoryServer } from "./repository-server";
import { Site } from "./site";

export interface TestEnvOptions {
  readonly clusterName?: string;
  /** How long pods take until they are ready, except for those of istiod and of the load balancer controller. */
  readonly podDelaySeconds?: number;
  readonly model?: Partial<AwsModel>;
  /** Who makes this machine answer for the addresses of pods, and runs those that KWOK would only report. */
  readonly podNetwork?: { readonly answerFor: (address: string) => Promise<void> };
}

export { region };

export const folderPrefix = "istio-eks-test-env-";

/** A cluster on an AWS of its own, on this machine, until it is closed. */
export interface TestEnv {
  readonly folder: string;
  readonly account: Account;
  /** Clients of its AWS. */
  readonly aws: AwsClients;
  readonly proxy: AwsProxy;
  readonly model: AwsModel;
  readonly cluster: ControlPlane;
  readonly loadBalancerController: LoadBalancerController;
  readonly repository: RepositoryServer;
  /** What a shell needs to work with it. */
  readonly environment: Readonly<Record<string, string>>;
  /** What runs, one line each. */
  status(): readonly string[];
  /** Ends everything. The folder with the logs stays if asked for. */
  close(options?: { readonly keepLogs?: boolean }): Promise<void>;
}

/** Starts a test environment: seven to ten seconds on two cores. Several may run side by side. */
export async function startTestEnv(options: TestEnvOptions = {}): Promise<TestEnv> {
  const site = new Site(mkdtempSync(join(tmpdir(), folderPrefix)));
  writeFileSync(site.path("owner"), String(process.pid));
  const folder = removedWithUs(site.folder);
  try {
    const testEnv = await build(site, options);
    return {
      ...testEnv,
      close: async ({ keepLogs = false } = {}) => {
        if (keepLogs) folder.forget();
        await testEnv.close();
        if (!keepLogs) rmSync(site.folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    folder.forget();
    await site.stop();
    throw new Error(`the test environment did not start; its logs are in ${site.path("logs")}`, { cause: error });
  }
}

async function build(site: Site, options: TestEnvOptions) {
  const { clusterName = "live", podDelaySeconds = 0, model: given, podNetwork } = options;
  const model = { interfacesLingerSeconds: 1, provisioningSeconds: 0, tokensAccepted: true, strict: true, ...given };
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const egress = new EgressProxy(site.path("egress.sock"));
  await egress.listen();
  site.endsWith(() => egress.close());
  const planning = startControlPlane(site, {
    egressSocket: site.path("egress.sock"),
    tokenReviewUrl: `${endpoint}/_token`,
  });
  const awsSide = startAws(site, { clusterName, model, port });
  const [cluster, { proxy, account, aws }, repository] = await Promise.all([planning, awsSide, startRepository(site)]);
  site.endsWith(() => cluster.client.close());
  const { clusterSecurityGroupId: securityGroupId, vpcId } = account;
  proxy.clusters.set(clusterName, { access: cluster.access, securityGroupId, vpcId });
  const environment = environmentOf(site, cluster, endpoint);
  const agent = new NodeAgent(site, {
    client: cluster.client,
    kubeconfig: cluster.kubeconfig,
    awsEnvironment: awsEnvironment({ endpoint, region, accessKey: accessKeys.loadBalancerController }),
    ...podNetwork,
  });
  site.endsWith(async () => agent.stop());
  egress.serve(cluster.client, agent);
  const loadBalancerController = await populate(site, {
    cluster,
    account,
    agent,
    podDelaySeconds,
    onlyNodes: podNetwork !== undefined,
  });
  return {
    folder: site.folder,
    account,
    aws,
    proxy,
    model,
    cluster,
    loadBalancerController,
    repository,
    environment,
    status: () => site.status(),
    close: async () => site.stop(),
  };
}

async function startRepository(site: Site): Promise<RepositoryServer> {
  const repository = await RepositoryServer.start();
  site.endsWith(() => repository.close());
  return repository;
}

interface Population {
  readonly cluster: ControlPlane;
  readonly account: Account;
  readonly agent: NodeAgent;
  readonly podDelaySeconds: number;
  readonly onlyNodes: boolean;
}

/** Nodes, pods that look alive, and the load balancer controller. */
async function populate(site: Site, { cluster, account, agent, podDelaySeconds, onlyNodes }: Population) {
  const { client, kubeconfig } = cluster;
  const tools = { kubectl: program("kubectl"), helm: findProgram("helm"), kubeconfig };
  const controller = new LoadBalancerController(site, client, tools);
  await Promise.all([
    cluster.startControllers(),
    registerNodes(client, account.machines),
    startKwok(site, { kubeconfig, podDelaySeconds, onlyNodes }),
    controller.installDefinitions().then(async () => controller.install(account, region)),
  ]);
  agent.start();
  await controller.ready();
  return controller;
}

function environmentOf(site: Site, { kubeconfig }: ControlPlane, endpoint: string): Readonly<Record<string, string>> {
  return { ...awsEnvironment({ endpoint, region }), KUBECONFIG: kubeconfig, ISTIO_EKS_TEST_ENV: site.folder };
}
