import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { program } from "../../tests/live/build/cache";
import { istioVersion } from "../../tests/live/build/parts";
import { findProgram } from "../../tests/live/build/stamp";
import type { TestEnv } from "../../tests/live/test-env/test-env";

/**
 * The way that tutorials show: the charts one after another, the load balancer's Service in the gateway's chart. No
 * security group of its own, no certificate, no record.
 */
export class Tutorial {
  public constructor(private readonly testEnv: TestEnv) {}

  public async up(): Promise<number> {
    return timed(async () => {
      await this.install("istio-base", "base", "istio-system", {});
      await this.install("istiod", "istiod", "istio-system", {});
      await this.install("istio-ingress", "gateway", "istio-ingress", gatewayValues);
    });
  }

  /** A command that hides its failure, half a minute of hope, and then the releases. */
  public async destroy(): Promise<number> {
    return timed(async () => {
      const service = ["delete", "service/istio-ingress", "--namespace=istio-ingress", "--timeout=60s"];
      await this.run(program("kubectl"), service).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 30_000));
      await this.run(findProgram("helm"), ["uninstall", "istio-ingress", "--namespace=istio-ingress", "--wait"]);
      await this.run(findProgram("helm"), ["uninstall", "istiod", "--namespace=istio-system", "--wait"]);
      await this.run(findProgram("helm"), ["uninstall", "istio-base", "--namespace=istio-system", "--wait"]);
    });
  }

  private async install(...[release, chart, namespace, values]: [string, string, string, object]): Promise<void> {
    const file = join(this.testEnv.folder, `tutorial-${release}.yaml`);
    writeFileSync(file, stringify(values));
    const source = [`--repo=${this.testEnv.repository.chartRepository}`, `--version=${istioVersion}`];
    const place = [`--namespace=${namespace}`, "--create-namespace", `--values=${file}`, "--wait", "--timeout=10m"];
    await this.run(findProgram("helm"), ["upgrade", "--install", release, chart, ...source, ...place]);
  }

  private async run(command: string, parameters: readonly string[]): Promise<void> {
    const env = { ...process.env, ...this.testEnv.environment, HOME: this.testEnv.folder };
    const child = spawn(command, parameters, { env, stdio: "ignore" });
    const code = await new Promise<number>((resolve) => child.on("close", (status) => resolve(status ?? 1)));
    if (code !== 0) throw new Error(`${command} ${parameters.join(" ")}: ended with ${code}`);
  }
}

const prefix = "service.beta.kubernetes.io/aws-load-balancer-";
const gatewayValues = {
  service: {
    loadBalancerClass: "service.k8s.aws/nlb",
    annotations: { [`${prefix}scheme`]: "internet-facing", [`${prefix}nlb-target-type`]: "ip" },
  },
};

async function timed(work: () => Promise<void>): Promise<number> {
  const started = Date.now();
  await work();
  return (Date.now() - started) / 1000;
}
