import { appendFileSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import type { AwsClients } from "../../live/aws/clients";
import { Child } from "../../live/test-env/child";
import type { Machine } from "../../live/test-env/network";
import { nothingToStop, untilStopped } from "../../live/test-env/until-stopped";
import type { Namespace } from "../network/namespace";
import { envoyProgram } from "../pods/images";
import type { Certificates } from "./certificates";
import { Firewall } from "./firewall";
import { clusterName, clusterResource, endpointsResource, listenerResource } from "./envoy-resources";
import type { Balancer, BalancerState, Target, TargetGroup } from "./model";
import { readBalancers } from "./read-balancers";

export interface EdgeOptions {
  readonly aws: AwsClients;
  readonly machines: readonly Machine[];
  readonly router: Namespace;
  readonly certificates: Certificates;
  readonly folder: string;
  readonly logs: string;
  readonly pids: string;
}

/** How the load balancers behave where the real ones take their time; tests may change it. */
export interface EdgeModel {
  /** How long a target still gets new connections after it was deregistered. */
  deregistrationLagSeconds: number;
}

/** Where a load balancer is. */
export interface BalancerAddresses {
  readonly inVpc: string;
  readonly public: string | undefined;
}

interface Place extends BalancerAddresses {
  /** What the firewall knows its connections to targets by. */
  readonly mark: number;
}

interface Leaving {
  readonly target: Target;
  readonly until: number;
}

/** Milliseconds between two looks at AWS. */
const interval = 500;

/**
 * The load balancers of AWS, as one Envoy at the edge of the VPC: it listens, ends TLS, checks the health of targets and
 * forwards as the model of AWS says at that moment.
 */
export class Edge {
  public readonly model: EdgeModel = { deregistrationLagSeconds: 5 };
  private readonly places = new Map<string, Place>();
  private readonly firewall: Firewall;
  private readonly leaving = new Map<string, readonly Leaving[]>();
  private readonly before = new Map<string, readonly Target[]>();
  private readonly written = new Map<string, string>();
  private health: ReadonlyMap<string, string> = new Map();
  private version = 0;
  private stopLooking = nothingToStop;

  private constructor(
    private readonly options: EdgeOptions,
    private readonly envoy: Child,
  ) {
    this.firewall = new Firewall(options.aws.ec2, options.machines);
  }

  public static async start(options: EdgeOptions): Promise<Edge> {
    const { folder, router, logs, pids } = options;
    mkdirSync(folder, { recursive: true });
    for (const name of ["listeners", "clusters"]) {
      writeFileSync(join(folder, `${name}.json`), JSON.stringify({ version_info: "0", resources: [] }));
    }
    writeFileSync(join(folder, "bootstrap.json"), JSON.stringify(bootstrap(folder)));
    const command = [
      envoyProgram(),
      "-c",
      join(folder, "bootstrap.json"),
      "--concurrency",
      "1",
      "--log-level",
      "warning",
    ];
    const log = join(logs, "load-balancers.log");
    const flags = ["--use-dynamic-base-id", "--drain-time-s", "5"];
    const envoy = new Child("load-balancers", [...router.enter, ...command, ...flags], { log, environment: {}, pids });
    await envoy.answers(async () => (await get(join(folder, "admin.sock"), "/ready")).startsWith("LIVE"));
    const edge = new Edge(options, envoy);
    edge.stopLooking = untilStopped({ look: () => edge.look(), report: (error) => edge.report(error), interval });
    return edge;
  }

  public async stop(): Promise<void> {
    await this.stopLooking();
    await this.envoy.stop();
  }

  /** Where the load balancer of this name is. */
  public addressesOf(dnsName: string): BalancerAddresses | undefined {
    return this.places.get(dnsName.replace(/^dualstack\./, "").replace(/\.$/, ""));
  }

  /** DNS names of the load balancers that were there so far. */
  public get names(): readonly string[] {
    return [...this.places.keys()];
  }

  /** What the load balancers found of a target: healthy, unhealthy, or nothing yet. */
  public healthOf(targetGroupArn: string, address: string, port: number): string | undefined {
    return this.health.get(`${clusterName(targetGroupArn)} ${address}:${port}`);
  }

  private report(error: unknown): void {
    appendFileSync(join(this.options.logs, "edge.log"), `${String(error)}\n`);
  }

  private async look(): Promise<void> {
    const { aws, machines, folder } = this.options;
    const state = await readBalancers(aws.elb, machines);
    for (const balancer of state.balancers) await this.place(balancer);
    await this.guard(state.balancers);
    for (const group of state.targetGroups) {
      const name = clusterName(group.arn);
      this.write(name, [endpointsResource(group, this.targetsOf(group))]);
    }
    const clusters = state.targetGroups.flatMap((group) => {
      const place = this.placeOf(state.balancers, group);
      if (place === undefined) return [];
      const endpoints = join(folder, `${clusterName(group.arn)}.json`);
      return [clusterResource(group, { endpoints, source: place.inVpc, mark: place.mark })];
    });
    this.write("clusters", clusters);
    this.write("listeners", await this.listeners(state));
    this.health = healthIn(await get(join(folder, "admin.sock"), "/clusters?format=json"));
  }

  /** Registered targets, and those that were deregistered a moment ago. */
  private targetsOf({ arn, targets }: TargetGroup): readonly Target[] {
    const now = Date.now();
    const gone = (this.before.get(arn) ?? []).filter((one) => !targets.some((other) => same(one, other)));
    const until = now + this.model.deregistrationLagSeconds * 1000;
    const leaving = [...(this.leaving.get(arn) ?? []), ...gone.map((target) => ({ target, until }))].filter(
      (one) => one.until > now && !targets.some((other) => same(one.target, other)),
    );
    this.before.set(arn, targets);
    this.leaving.set(arn, leaving);
    return [...targets, ...leaving.map(({ target }) => target)];
  }

  private async listeners({ balancers, targetGroups }: BalancerState): Promise<readonly object[]> {
    const groups = new Map(targetGroups.map((group) => [group.arn, group]));
    const all = balancers.flatMap((balancer) => balancer.listeners.map((listener) => ({ balancer, listener })));
    return Promise.all(
      all.map(async ({ balancer, listener }) => {
        const { mark, ...place } = this.known(balancer);
        const certificates = await Promise.all(
          listener.certificateArns.map(async (arn) => this.options.certificates.of(arn)),
        );
        const addresses = addressesIn(place);
        return listenerResource({ balancer, listener, addresses, mark, certificates, targetGroups: groups });
      }),
    );
  }

  private async place({ dnsName, internal }: Balancer): Promise<void> {
    if (this.places.has(dnsName)) return;
    const mark = this.places.size + 10;
    const place = { mark, inVpc: `10.0.96.${mark}`, public: internal ? undefined : `198.51.100.${mark}` };
    await this.options.router.configure(addressesIn(place).map((one) => `addr add ${one}/32 dev lo`));
    this.places.set(dnsName, place);
  }

  private known({ dnsName }: Balancer): Place {
    const place = this.places.get(dnsName);
    if (place === undefined) throw new Error(`${dnsName} has no address`);
    return place;
  }

  /** Where the load balancer of a target group is. */
  private placeOf(balancers: readonly Balancer[], { arn }: TargetGroup): Place | undefined {
    const forwards = ({ listeners }: Balancer) =>
      listeners.some(({ rules }) =>
        rules.some(({ action }) => action.forward?.some((to) => to.targetGroupArn === arn)),
      );
    const balancer = balancers.find(forwards);
    return balancer === undefined ? undefined : this.known(balancer);
  }

  private async guard(balancers: readonly Balancer[]): Promise<void> {
    const rules = await this.firewall.rules(
      balancers.map((balancer) => {
        const { mark, ...place } = this.known(balancer);
        return { mark, addresses: addressesIn(place), securityGroupIds: balancer.securityGroupIds };
      }),
    );
    if (this.written.get("firewall") === rules) return;
    const path = join(this.options.folder, "firewall.nft");
    writeFileSync(path, rules);
    await this.options.router.run(["nft", "--file", path]);
    this.written.set("firewall", rules);
  }

  /** Envoy reads a file again as soon as another one is moved to its place. */
  private write(name: string, resources: readonly object[]): void {
    const text = JSON.stringify(resources);
    if (this.written.get(name) === text) return;
    this.written.set(name, text);
    const path = join(this.options.folder, `${name}.json`);
    writeFileSync(`${path}.next`, `{"version_info":"${++this.version}","resources":${text}}`);
    renameSync(`${path}.next`, path);
  }
}

function addressesIn({ inVpc, public: outside }: BalancerAddresses): readonly string[] {
  return outside === undefined ? [inVpc] : [inVpc, outside];
}

function same(one: Target, other: Target): boolean {
  return one.id === other.id && one.port === other.port;
}

function bootstrap(folder: string): object {
  const source = (name: string) => ({
    resource_api_version: "V3",
    path_config_source: { path: join(folder, `${name}.json`) },
  });
  return {
    node: { id: "edge", cluster: "edge" },
    admin: { address: { pipe: { path: join(folder, "admin.sock") } } },
    dynamic_resources: { lds_config: source("listeners"), cds_config: source("clusters") },
  };
}

interface Status {
  readonly cluster_statuses?: readonly {
    readonly name: string;
    readonly host_statuses?: readonly {
      readonly address: { readonly socket_address: { readonly address: string; readonly port_value: number } };
      readonly health_status: { readonly failed_active_health_check?: boolean; readonly pending_active_hc?: boolean };
    }[];
  }[];
}

function healthIn(text: string): ReadonlyMap<string, string> {
  const { cluster_statuses: clusters = [] } = JSON.parse(text) as Status;
  return new Map(
    clusters.flatMap(({ name, host_statuses: hosts = [] }) =>
      hosts.map(({ address: { socket_address: at }, health_status: status }) => {
        const { pending_active_hc: pending = false, failed_active_health_check: failed = false } = status;
        const state = pending ? "initial" : failed ? "unhealthy" : "healthy";
        return [`${name} ${at.address}:${at.port_value}`, state] as const;
      }),
    ),
  );
}

/** Asks Envoy itself. */
async function get(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path, timeout: 2000 }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve(Buffer.concat(chunks).toString()));
    });
    sent.on("timeout", () => sent.destroy(new Error("Envoy does not answer")));
    sent.on("error", reject);
    sent.end();
  });
}
