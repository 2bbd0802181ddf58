import { Agent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import type { TrafficEnv } from "../traffic-env";
import { publicAliases } from "./public-zones";
import { type Agents, type Answer, type RequestOptions, get } from "./request";

/** What the application of the tier answers with. */
export interface Echo {
  readonly pod: string;
  readonly version: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly peer: string;
  /** How often this pod has seen the URL of the request. */
  readonly times: number;
}

type Options = Omit<RequestOptions, "address" | "authority">;

/** A client on the internet: it finds names in the public zones, and trusts the local certificate authority. */
export class Client {
  private readonly found = new Map<string, string>();

  public constructor(private readonly traffic: TrafficEnv) {}

  public agents(): Agents {
    return { http: new Agent({ keepAlive: true }), https: new SecureAgent({ keepAlive: true }) };
  }

  /** Where connections to the host of this URL go, and whom the client trusts there. */
  public async targetOf(url: string): Promise<{ readonly address: string; readonly authority: string }> {
    const address = await this.addressOf(new URL(url).hostname);
    return { address, authority: this.traffic.certificates.authority };
  }

  public async get(url: string, options: Options = {}): Promise<Answer> {
    return get(url, { ...options, ...(await this.targetOf(url)) });
  }

  /** An answer of the application, which must be one. */
  public async echo(url: string, options: Options = {}): Promise<Echo> {
    const { status, body } = await this.get(url, options);
    if (status !== 200) throw new Error(`${url}: ${status} ${body}`);
    return JSON.parse(body) as Echo;
  }

  /** As a resolver on the internet does: the alias in a public zone, then the address of the load balancer. */
  private async addressOf(hostname: string): Promise<string> {
    const known = this.found.get(hostname);
    if (known !== undefined) return known;
    const target = (await this.aliasOf(hostname)) ?? hostname;
    const address = this.traffic.edge.addressesOf(target)?.public;
    if (address === undefined) throw new Error(`nobody on the internet finds ${hostname} (${target})`);
    this.found.set(hostname, address);
    return address;
  }

  /** Where the record of a name in a public zone leads. */
  public async aliasOf(hostname: string): Promise<string | undefined> {
    const aliases = await publicAliases(this.traffic.testEnv.aws.route53);
    return aliases.find((alias) => alias.hostname === hostname)?.target;
  }
}
