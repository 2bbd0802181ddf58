import { appendFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { type Answer, type AwsFault, errorAnswer, jsonAnswer } from "./answer";
import { BalancerInterfaces } from "./balancer-interfaces";
import { type Call, type RawCall, readCall } from "./call";
import type { AwsClients } from "./clients";
import { completeCluster, type EksCluster } from "./clusters";
import { type Fault, Faults } from "./faults";
import { Provisioning } from "./provisioning";
import { Principals } from "./iam/principal";
import { withoutCreation } from "./record-creation";
import { StrictChecks } from "./strict-checks";
import { type TargetHealth, withHealth } from "./target-health";
import { TlsListeners } from "./tls-listeners";
import { reviewToken } from "./tokens";

/** How this AWS behaves where the real one takes its time; tests may change it while it runs. */
export interface AwsModel {
  /** How long a load balancer's interfaces outlive it. */
  interfacesLingerSeconds: number;
  /** How long a new load balancer is not active. */
  provisioningSeconds: number;
  /** Whether the cluster takes the tokens of `aws eks get-token`. */
  tokensAccepted: boolean;
  /** Whether it refuses what AWS refuses; without it, what moto takes is good. */
  strict: boolean;
}

export interface AwsProxyOptions {
  readonly motoPort: number;
  /** Clients that speak to moto itself. */
  readonly moto: AwsClients;
  readonly model: AwsModel;
  /** File that gets a line of JSON for each call. */
  readonly log: string;
}

/** AWS as a test environment sees it: moto, with what moto lacks. */
export class AwsProxy {
  public readonly faults = new Faults();
  public readonly clusters = new Map<string, EksCluster>();
  public readonly principals = new Principals();
  /** What load balancers find of their targets; without it all targets are healthy. */
  public targetHealth: TargetHealth | undefined;
  private readonly checks: StrictChecks;
  private readonly server: Server = createServer((incoming, outgoing) => void this.serve(incoming, outgoing));
  private readonly interfaces: BalancerInterfaces;
  private readonly provisioning: Provisioning;
  private readonly tlsListeners = new TlsListeners();

  public constructor(private readonly options: AwsProxyOptions) {
    this.checks = new StrictChecks(this.principals, options.moto);
    this.interfaces = new BalancerInterfaces(options.moto.ec2, options.model);
    this.provisioning = new Provisioning(options.model);
  }

  public async listen(port: number): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(port, "127.0.0.1", resolve));
  }

  public close(): void {
    this.interfaces.close();
    this.server.close();
    this.server.closeAllConnections();
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await textOf(incoming);
    const raw = { method: String(incoming.method), path: String(incoming.url), headers: incoming.headers, body };
    const answer = await this.answer(raw).catch((error: unknown) => jsonAnswer({ message: String(error) }, 502));
    outgoing.writeHead(answer.status, answer.headers);
    outgoing.end(answer.body);
  }

  private async answer(raw: RawCall): Promise<Answer> {
    if (raw.path.startsWith("/_")) return this.control(raw);
    const call = readCall(raw);
    const start = Date.now();
    const answer = await this.answerCall(raw, call);
    const { service, action } = call;
    const refused = answer.status < 400 ? {} : { caller: call.accessKey, answer: answer.body.slice(0, 1000) };
    const at = new Date(start).toISOString();
    const line = { at, service, action, status: answer.status, ms: Date.now() - start, ...refused };
    appendFileSync(this.options.log, `${JSON.stringify(line)}\n`);
    return answer;
  }

  private async answerCall(raw: RawCall, call: Call): Promise<Answer> {
    const fault = (await this.faults.strike(call)) ?? (await this.refusal(raw, call));
    if (fault !== undefined) return errorAnswer(call, fault);
    // moto has no Shield subscription to report, and the controller would wait for one.
    if (call.service === "shield") return jsonAnswer({ SubscriptionState: "INACTIVE" });
    const body = this.tlsListeners.hide(call, withoutCreation(call, raw.body));
    const answer = await this.forward({ ...raw, body });
    return answer.status < 300 ? this.complete(call, answer) : answer;
  }

  private async refusal(raw: RawCall, call: Call): Promise<AwsFault | undefined> {
    return this.options.model.strict ? this.checks.refusal(raw, call) : undefined;
  }

  /** What follows from a call that moto has carried out, and what is missing in its answer. */
  private async complete(call: Call, answer: Answer): Promise<Answer> {
    const { service, action } = call;
    if (service === "eks" && action === "DescribeCluster") {
      return { ...answer, body: completeCluster(answer.body, this.clusters) };
    }
    if (service === "sts" && action === "AssumeRole") this.principals.assume(answer.body);
    if (service !== "elasticloadbalancing") return answer;
    await this.interfaces.follow(call, answer.body);
    if (action === "CreateLoadBalancer") this.provisioning.remember(answer.body);
    if (/^(Describe|Modify)Listeners?$/.test(action)) return { ...answer, body: this.tlsListeners.show(answer.body) };
    if (action === "DescribeTargetHealth" && this.targetHealth !== undefined) {
      return { ...answer, body: withHealth(call, answer.body, this.targetHealth) };
    }
    if (action === "DescribeLoadBalancers") return { ...answer, body: this.provisioning.correct(answer.body) };
    return answer;
  }

  /** What tests and people may ask of the proxy itself. */
  private control({ path, body }: RawCall): Answer {
    const { model } = this.options;
    switch (path.split("?")[0]) {
      case "/_token":
        return reviewToken(body, (key) => model.tokensAccepted && this.principals.hasClusterAccess(key));
      case "/_fault":
        this.faults.add(JSON.parse(body) as Fault);
        return jsonAnswer({});
      case "/_faults/clear":
        this.faults.clear();
        return jsonAnswer({});
      case "/_model":
        Object.assign(model, JSON.parse(body === "" ? "{}" : body));
        return jsonAnswer(model);
      default:
        return jsonAnswer({ message: `the proxy has no ${path}` }, 404);
    }
  }

  private async forward({ method, path, headers, body }: RawCall): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const own = { ...headers, "content-length": String(Buffer.byteLength(body)) };
      const options = { host: "127.0.0.1", port: this.options.motoPort, method, path, headers: own };
      const sent = request(options, (answer) => {
        textOf(answer).then((text) => {
          const type = answer.headers["content-type"] ?? "text/xml";
          resolve({
            status: Number(answer.statusCode),
            headers: { ...kept(answer), "content-type": type },
            body: text,
          });
        }, reject);
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }
}

function kept({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const all = Object.entries(headers).filter(([name]) => name.startsWith("x-amz"));
  return Object.fromEntries(all.map(([name, value]) => [name, String(value)]));
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
