import { execFile, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";
import { variablesOf } from "../../live/by-hand/variables";
import { Toolbox } from "../../live/engine/toolbox";
import { echoObjects } from "../applications";
import { publicAliases } from "../client/public-zones";
import { type TrafficEnv, startTrafficEnv } from "../traffic-env";

/** Milliseconds between two looks at DNS. */
const interval = 1000;

const help = `# A cluster with a network: pods run, load balancers and security groups carry requests. In this shell:
#   pulumi up                               your stack: cluster.name: live, istio.chartRepository: $CHART_REPOSITORY
#   kubectl apply -n my-app -f $ECHO        an application "web" on port 8080, which answers with what it was sent
#   curl https://app.example.com            through your load balancer; hostnames in example.com are found
# It ends with the shell.
`;

/** Runs a shell, or the command that was given, beside a test environment with a network. */
async function main(): Promise<void> {
  process.stderr.write("# starting a cluster; this takes half a minute\n");
  const traffic = await startTrafficEnv();
  const names = new HostsFile(traffic);
  try {
    await names.start();
    const environment = environmentOf(traffic);
    process.stderr.write(help);
    const [program = process.env["SHELL"] ?? "/bin/sh", ...parameters] = process.argv.slice(2);
    process.exitCode = await runToEnd(program, parameters, environment);
  } finally {
    names.stop();
    await traffic.close();
  }
}

function environmentOf({ testEnv, certificates }: TrafficEnv): NodeJS.ProcessEnv {
  const { folder } = testEnv;
  const [authority, echo, state] = [join(folder, "authority.pem"), join(folder, "echo.yaml"), join(folder, "state")];
  mkdirSync(state);
  writeFileSync(authority, certificates.authority);
  writeFileSync(
    echo,
    echoObjects({ name: "web" })
      .map((object) => stringify(object))
      .join("---\n"),
  );
  const { folder: bin } = new Toolbox(join(folder, "bin")).fill();
  return {
    ...process.env,
    ...variablesOf(testEnv),
    // State and secrets of this cluster's stacks end with it.
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PATH: `${bin}:${String(process.env["PATH"])}`,
    CURL_CA_BUNDLE: authority,
    ECHO: echo,
  };
}

async function runToEnd(program: string, parameters: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  // From where npm was called, and not from the folder of its package.json.
  const cwd = process.env["INIT_CWD"] ?? process.cwd();
  const child = spawn(program, parameters, { env, cwd, stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** The names of the public zones, in a file of hosts that this mount namespace alone sees. */
class HostsFile {
  private readonly path: string;
  private readonly original = readFileSync("/etc/hosts", "utf8");
  private timer: NodeJS.Timeout | undefined;

  public constructor(private readonly traffic: TrafficEnv) {
    this.path = join(traffic.testEnv.folder, "hosts");
  }

  public async start(): Promise<void> {
    writeFileSync(this.path, this.original);
    await promisify(execFile)("mount", ["--bind", this.path, "/etc/hosts"]);
    // The next look comes anyway.
    this.timer = setInterval(() => void this.write().catch(() => undefined), interval);
  }

  public stop(): void {
    clearInterval(this.timer);
  }

  private async write(): Promise<void> {
    const { edge, testEnv } = this.traffic;
    const aliases = await publicAliases(testEnv.aws.route53);
    const named = [...aliases, ...edge.names.map((target) => ({ hostname: target, target }))];
    const lines = named.flatMap(({ hostname, target }) => {
      const address = edge.addressesOf(target)?.public;
      return address === undefined ? [] : [`${address} ${hostname}\n`];
    });
    writeFileSync(this.path, this.original + lines.join(""));
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
