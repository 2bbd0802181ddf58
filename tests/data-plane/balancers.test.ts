import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AwsClients } from "../live/aws/clients";
import { endGroup, endsWithUs } from "../live/test-env/ends-with-process";
import type { Machine } from "../live/test-env/network";
import { eventually } from "../live/trial";
import { Certificates } from "./balancers/certificates";
import { Edge } from "./balancers/edge";
import { get } from "./client/request";
import { type Vpc, addresses, createVpc } from "./network/vpc";
import { imageOf, writeEchoImage } from "./pods/images";
import { Sandbox } from "./pods/sandbox";
import { describeBalancers } from "./tier";

const machines: readonly Machine[] = [
  { instanceId: "i-a", zone: "eu-central-1a", address: "10.0.1.10", podCidr: "10.0.8.0/26" },
  { instanceId: "i-b", zone: "eu-central-1b", address: "10.0.17.10", podCidr: "10.0.24.0/26" },
];
const pods = ["10.0.8.1", "10.0.24.1"] as const;
const http = { name: "nlb", arn: "arn:aws:elasticloadbalancing:targetgroup/http/1", port: 8080 };
const tcp = { name: "nlb", arn: "arn:aws:elasticloadbalancing:targetgroup/tcp/1", port: 9000 };
const web = { name: "alb", arn: "arn:aws:elasticloadbalancing:targetgroup/web/1", port: 8080 };

/** What AWS describes; tests change it as a controller would. */
class Described {
  public attributes: Record<string, string> = {};
  public targets: readonly string[] = pods;
  public healthPath = "/";
  public clients = "0.0.0.0/0";
  public targetsFrom = "sg-balancer";

  public asClients(): AwsClients {
    const client = {
      send: async (command: { input: Record<string, unknown> }) => Promise.resolve(this.answer(command)),
    };
    return { acm: client, ec2: client, eks: client, elb: client, route53: client } as unknown as AwsClients;
  }

  private answer(command: { readonly input: Record<string, unknown> }): unknown {
    const { input } = command;
    switch (command.constructor.name.replace(/Command$/, "")) {
      case "DescribeLoadBalancers":
        return { LoadBalancers: [balancer("nlb", "network"), balancer("alb", "application")] };
      case "DescribeLoadBalancerAttributes":
        return { Attributes: [] };
      case "DescribeListeners":
        return { Listeners: input["LoadBalancerArn"] === "nlb" ? nlbListeners : albListeners };
      case "DescribeRules":
        return { Rules: input["ListenerArn"] === "alb-443" ? [ruleFor("app.example.com")] : [] };
      case "DescribeTargetGroups":
        return { TargetGroups: [http, tcp, web].map(({ arn, port }) => this.group(arn, port)) };
      case "DescribeTargetGroupAttributes":
        return { Attributes: Object.entries(this.attributes).map(([Key, Value]) => ({ Key, Value })) };
      case "DescribeTargetHealth": {
        const Port = [http, tcp, web].find(({ arn }) => arn === input["TargetGroupArn"])?.port;
        return { TargetHealthDescriptions: this.targets.map((Id) => ({ Target: { Id, Port } })) };
      }
      case "DescribeCertificate":
        return { Certificate: { DomainName: "app.example.com" } };
      case "DescribeInstances":
        return { Reservations: [{ Instances: machines.map(instance) }] };
      case "DescribeSecurityGroupRules":
        return { SecurityGroupRules: this.rules() };
      default:
        throw new Error(`nothing describes ${command.constructor.name}`);
    }
  }

  private group(TargetGroupArn: string, Port: number): object {
    const check = { HealthCheckProtocol: "HTTP", HealthCheckPath: this.healthPath, HealthCheckPort: "8080" };
    const times = { HealthCheckIntervalSeconds: 1, HealthCheckTimeoutSeconds: 1, UnhealthyThresholdCount: 2 };
    return { TargetGroupArn, Port, Protocol: "TCP", TargetType: "ip", HealthyThresholdCount: 2, ...check, ...times };
  }

  private rules(): readonly object[] {
    return [
      { GroupId: "sg-balancer", IpProtocol: "tcp", FromPort: 80, ToPort: 9000, CidrIpv4: this.clients },
      { GroupId: "sg-node", IpProtocol: "-1", ReferencedGroupInfo: { GroupId: this.targetsFrom } },
    ];
  }
}

function balancer(name: string, Type: string): object {
  return { LoadBalancerArn: name, DNSName: name, Type, Scheme: "internet-facing", SecurityGroups: ["sg-balancer"] };
}

function instance({ instanceId }: Machine): object {
  return { InstanceId: instanceId, SecurityGroups: [{ GroupId: "sg-node" }] };
}

function forward(TargetGroupArn: string): readonly object[] {
  return [{ Type: "forward", TargetGroupArn }];
}

function ruleFor(host: string): object {
  const Conditions = [{ Field: "host-header", HostHeaderConfig: { Values: [host] } }];
  return { Priority: "1", Conditions, Actions: forward(web.arn) };
}

const issued = [{ CertificateArn: "certificate" }];
const nlbListeners = [
  { Port: 80, Protocol: "TCP", DefaultActions: forward(http.arn) },
  { Port: 443, Protocol: "TLS", Certificates: issued, DefaultActions: forward(http.arn) },
  { Port: 9000, Protocol: "TCP", DefaultActions: forward(tcp.arn) },
];
const redirect = { Type: "redirect", RedirectConfig: { Protocol: "HTTPS", Port: "443", StatusCode: "HTTP_301" } };
const albListeners = [
  { ListenerArn: "alb-80", Port: 80, Protocol: "HTTP", DefaultActions: [redirect] },
  {
    ListenerArn: "alb-443",
    Port: 443,
    Protocol: "HTTPS",
    Certificates: issued,
    DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }],
  },
];

interface Echo {
  readonly pod: string;
  readonly peer: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** An application that runs. */
interface Echoing {
  readonly child: ChildProcess;
  readonly sandbox: Sandbox;
}

describeBalancers("load balancers of the tier, as AWS describes them", () => {
  const described = new Described();
  const folder = mkdtempSync(join(tmpdir(), "istio-eks-balancers-"));
  const echoes: Echoing[] = [];
  let vpc: Vpc;
  let edge: Edge;
  let certificates: Certificates;

  const ask = async (balancerName: string, url: string, headers: Readonly<Record<string, string>> = {}) => {
    const address = edge.addressesOf(balancerName)?.public ?? "";
    const options = { address, headers, timeoutMilliseconds: 2000, authority: certificates.authority };
    return get(url, options);
  };
  const healths = () => pods.map((address) => edge.healthOf(http.arn, address, http.port));
  const echo = async (url: string, balancerName = "nlb") => JSON.parse((await ask(balancerName, url)).body) as Echo;

  before(async () => {
    execFileSync("mount", ["-t", "tmpfs", "tmpfs", folder]);
    for (const name of ["logs", "images"]) mkdirSync(join(folder, name));
    for (const name of ["hosts", "pids"]) writeFileSync(join(folder, name), "");
    vpc = await createVpc(machines);
    for (const [index, address] of pods.entries()) {
      echoes.push(await startEcho(vpc, folder, { index, address }));
    }
    const aws = described.asClients();
    certificates = await Certificates.create(join(folder, "certificates"), aws.acm);
    const places = { folder: join(folder, "edge"), logs: join(folder, "logs"), pids: join(folder, "pids") };
    edge = await Edge.start({ aws, machines, router: vpc.router, certificates, ...places });
    edge.model.deregistrationLagSeconds = 4;
  });

  after(async () => {
    await edge.stop();
    for (const { child, sandbox } of echoes) {
      endGroup(Number(child.pid));
      await sandbox.remove();
    }
    await vpc.remove();
    execFileSync("umount", ["--recursive", "--lazy", folder]);
    rmSync(folder, { recursive: true });
  });

  it("forward to all healthy targets, and report their health", async () => {
    await eventually(async () => {
      const found = new Set<string>();
      for (let count = 0; count < 20; count++) found.add((await echo("http://app.example.com/")).pod);
      assert.deepEqual([...found].sort(), ["pod-0", "pod-1"]);
    });
    // The load balancers send to a target at once, and are asked about it twice a second.
    await eventually(async () => assert.deepEqual(healths(), ["healthy", "healthy"]));
  });

  it("end TLS with a certificate for the name, which a client refuses for another name", async () => {
    assert.match((await echo("https://app.example.com/")).pod, /^pod-/);
    await assert.rejects(ask("nlb", "https://other.example.com/"), /ERR_TLS_CERT_ALTNAME_INVALID|does not match/);
  });

  it("of kind NLB show themselves to targets, or the client, as the target group says", async () => {
    assert.equal((await echo("http://app.example.com/")).peer, `::ffff:${edge.addressesOf("nlb")?.inVpc}`);
    described.attributes = { "preserve_client_ip.enabled": "true" };
    await eventually(async () =>
      assert.equal((await echo("http://app.example.com/")).peer, `::ffff:${addresses.client}`),
    );
  });

  it("of kind NLB send PROXY protocol where the target group says so", async () => {
    described.attributes = { "proxy_protocol_v2.enabled": "true" };
    const expected = Buffer.concat([
      Buffer.from("0d0a0d0a000d0a515549540a21", "hex"),
      Buffer.from([0x11, 0, 12, ...addresses.client.split(".").map(Number)]),
    ]);
    await eventually(async () => {
      const received = await firstBytes(edge.addressesOf("nlb")?.public ?? "", tcp.port);
      assert.deepEqual(received.subarray(0, expected.length), expected);
    });
    described.attributes = {};
  });

  it("of kind ALB report client and scheme, know their hosts only, and redirect", async () => {
    await eventually(async () => {
      const { headers } = await echo("https://app.example.com/", "alb");
      const forwarded = ["x-forwarded-for", "x-forwarded-proto", "x-forwarded-port"].map((name) => headers[name]);
      assert.deepEqual(forwarded, [addresses.client, "https", "443"]);
    });
    assert.equal((await ask("alb", "https://app.example.com/", { host: "other.example.com" })).status, 404);
    const { status, headers } = await ask("alb", "http://app.example.com/cart?item=1");
    assert.deepEqual([status, headers["location"]], [301, "https://app.example.com:443/cart?item=1"]);
  });

  it("send new connections to a deregistered target for a while, and then none", async () => {
    described.targets = [pods[0]];
    const seen: { readonly at: number; readonly pod: string }[] = [];
    const start = Date.now();
    while (Date.now() - start < 9000)
      seen.push({ at: Date.now() - start, pod: (await echo("http://app.example.com/")).pod });
    assert.ok(
      seen.some(({ at, pod }) => at > 1500 && pod === "pod-1"),
      "it got none after it was deregistered",
    );
    assert.ok(!seen.some(({ at, pod }) => at > 7500 && pod === "pod-1"), "it got some long after that");
    described.targets = pods;
  });

  it("do not answer who may not reach them", async () => {
    described.clients = "192.0.2.0/24";
    await eventually(async () => assert.rejects(ask("nlb", "http://app.example.com/"), /no answer in 2000 ms/));
    described.clients = addresses.clients;
    await eventually(async () => assert.equal((await ask("nlb", "http://app.example.com/")).status, 200));
  });

  it("do not reach targets whose group admits others only", async () => {
    described.targetsFrom = "sg-another";
    await eventually(async () => assert.rejects(ask("nlb", "http://app.example.com/"), /no answer in 2000 ms/));
    await eventually(async () => assert.deepEqual(healths(), ["unhealthy", "unhealthy"]));
  });
});

interface EchoPlace {
  readonly index: number;
  readonly address: string;
}

async function startEcho(vpc: Vpc, folder: string, { index, address }: EchoPlace): Promise<Echoing> {
  const machine = machines[index];
  const node = vpc.nodes.get(machine?.address ?? "");
  assert.ok(machine !== undefined && node !== undefined);
  const sandbox = await Sandbox.create({
    name: `pod-${index}`,
    node,
    place: { address, hostAddress: machine.address },
    folder: join(folder, `pod-${index}`),
    images: writeEchoImage(join(folder, "images")),
    hosts: join(folder, "hosts"),
    kernel: {},
  });
  const { entrypoint, user } = imageOf("echo");
  const [program, ...parameters] = [...sandbox.enter(user, user), ...entrypoint];
  const environment = { POD_NAME: `pod-${index}` };
  const child = spawn(program, parameters, {
    env: { ...process.env, ...environment },
    stdio: "ignore",
    detached: true,
  });
  endsWithUs(child);
  return { child, sandbox };
}

/** What comes back from a target that sends back what it gets. */
async function firstBytes(host: string, port: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 2000 }, () => socket.write("x"));
    socket.on("data", (chunk: Buffer) => {
      socket.destroy();
      resolve(chunk);
    });
    socket.on("timeout", () => socket.destroy(new Error("nothing came back")));
    socket.on("error", reject);
  });
}
