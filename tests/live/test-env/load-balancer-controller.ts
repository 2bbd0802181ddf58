import { execFile } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";
import { inCache } from "../build/cache";
import type { Account } from "./account";
import type { KubernetesClient, KubernetesObject } from "./kubernetes-client";
import type { Site } from "./site";

const run = promisify(execFile);
const name = "aws-load-balancer-controller";
const deployment = `/apis/apps/v1/namespaces/kube-system/deployments/${name}`;

interface Deployment extends KubernetesObject {
  readonly status?: { readonly readyReplicas?: number };
}

/** The AWS Load Balancer Controller of a test environment, installed from its own chart. */
export class LoadBalancerController {
  public constructor(
    private readonly site: Site,
    private readonly client: KubernetesClient,
    private readonly tools: { readonly kubectl: string; readonly helm: string; readonly kubeconfig: string },
  ) {}

  /** Puts its definitions into the cluster; they do not depend on anything in AWS. */
  public async installDefinitions(): Promise<void> {
    const folder = join(chartFolder(), "crds");
    const names = readdirSync(folder).filter((file) => file !== "kustomization.yaml");
    await this.apply(
      "load-balancer-controller-crds",
      names.map((file) => readFileSync(join(folder, file), "utf8")),
    );
  }

  public async install(account: Account, region: string): Promise<void> {
    const values = this.site.write("load-balancer-controller-values.yaml", stringify(valuesOf(account, region)));
    const rendering = ["template", name, chartFolder(), "--namespace=kube-system", `--values=${values}`];
    const { stdout } = await run(this.tools.helm, rendering, { maxBuffer: 10_000_000 });
    await this.apply("load-balancer-controller", [stdout]);
  }

  /** As `kubectl scale --replicas=0`: no controller, but its webhooks and its finalizers stay. */
  public async stop(): Promise<void> {
    await this.scale(0);
    await until(async () => (await this.readyReplicas()) === 0);
  }

  public async start(): Promise<void> {
    await this.scale(1);
    await this.ready();
  }

  public async ready(): Promise<void> {
    await until(async () => (await this.readyReplicas()) > 0);
  }

  private async scale(replicas: number): Promise<void> {
    await this.client.patch(deployment, { spec: { replicas } });
  }

  private async readyReplicas(): Promise<number> {
    const found = await this.client.get<Deployment>(deployment);
    return found.status?.readyReplicas ?? 0;
  }

  private async apply(file: string, manifests: readonly string[]): Promise<void> {
    const path = this.site.write(`${file}.yaml`, manifests.join("\n---\n"));
    const flags = [`--kubeconfig=${this.tools.kubeconfig}`, "--namespace=kube-system"];
    await run(this.tools.kubectl, [...flags, "apply", "--server-side", `--filename=${path}`]);
  }
}

function chartFolder(): string {
  return inCache("files", "load-balancer-controller-chart");
}

function valuesOf({ clusterName, vpcId }: Account, region: string): object {
  return {
    clusterName,
    region,
    vpcId,
    replicaCount: 1,
    // moto has no regional WAF of the old kind.
    enableWaf: false,
    controllerConfig: { featureGates: {} },
  };
}

async function until(done: () => Promise<boolean>, seconds = 300): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`the load balancer controller is not as asked after ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
