import assert from "node:assert/strict";
import { request } from "node:https";
import { connect } from "node:http2";
import { connect as connectTls } from "node:tls";
import { Stack } from "../live/engine/stack";
import { eventually, succeeded } from "../live/trial";
import { deploy, kubectl } from "./applications";
import { Client, type Echo } from "./client/client";
import { sidecarsBehindNlb } from "./meshes";
import { describeTraffic } from "./scenario-tier";

const web = { name: "web", namespace: "shop" };
const secret = "gateway-certificate";

/** Who ends TLS, by the first label of the ingress' hostname. */
const ingresses: Readonly<Record<string, object>> = {
  nlb: { strategy: "nlb", tls: { requestCertificate: true } },
  gateway: { strategy: "nlb", tls: { secretName: secret } },
  alb: { strategy: "alb", tls: { requestCertificate: true } },
  // An ALB sends no server name, so that the gateway answers every host on that port.
  both: {
    strategy: "alb",
    tls: { requestCertificate: true, secretName: secret },
    alb: { backendProtocol: "HTTPS" },
  },
  http2: {
    strategy: "alb",
    tls: { requestCertificate: true },
    annotations: { "alb.ingress.kubernetes.io/backend-protocol-version": "HTTP2" },
  },
};
/** An ALB carries no WebSocket to a target group of HTTP/2. */
const withWebSockets = Object.keys(ingresses).filter((name) => name !== "http2");
const hostOf = (name: string) => `${name}.example.com`;

function ingressOf(name: string): object {
  const to = { host: hostOf(name), service: web.name, namespace: web.namespace };
  return {
    scheme: "internet-facing",
    hostnames: [hostOf(name)],
    dns: { zoneName: "example.com" },
    gateway: { minReplicas: 1, maxReplicas: 1, drainSeconds: 20 },
    routes: [
      { ...to, path: "/grpc.Echo", port: 9090 },
      { ...to, path: "/", port: 8080 },
    ],
    ...ingresses[name],
  };
}

describeTraffic("protocols, whoever ends TLS", (traffic) => {
  let stack: Stack;
  let client: Client;
  const urlOf = (name: string) => `https://${hostOf(name)}`;

  it("come up", async () => {
    const { testEnv, certificates } = traffic();
    client = new Client(traffic());
    const additionalIngresses = Object.fromEntries(Object.keys(ingresses).map((name) => [name, ingressOf(name)]));
    const mesh = { ...sidecarsBehindNlb(testEnv), ingress: undefined, additionalIngresses };
    stack = await Stack.create(testEnv, "protocols", mesh);
    succeeded(await stack.up());
    const namespace = String((await stack.outputs())["ingressNamespace"]);
    const { certificate, key } = await certificates.sign("gateway", [hostOf("gateway")]);
    const files = [`--cert=${certificate}`, `--key=${key}`, `--namespace=${namespace}`];
    await kubectl(testEnv, ["create", "secret", "tls", secret, ...files]);
    await deploy(testEnv, web);
    for (const name of Object.keys(ingresses)) {
      await eventually(async () => assert.match((await client.echo(urlOf(name))).pod, /^web-/, name), 60);
    }
  });

  for (const name of Object.keys(ingresses)) {
    it(`carry 20 MB in one request: ${name}`, async () => {
      const bytes = 20_000_000;
      const { address, authority } = await client.targetOf(urlOf(name));
      const body = await new Promise<string>((resolve, reject) => {
        const headers = { host: hostOf(name), "content-length": bytes };
        const options = { method: "POST", host: address, servername: hostOf(name), ca: authority, headers };
        const sent = request({ ...options, agent: false }, (answer) => {
          let text = "";
          answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
          answer.on("end", () => resolve(text));
        });
        sent.on("error", reject);
        sent.end(Buffer.alloc(bytes));
      });
      assert.equal((JSON.parse(body) as Echo & { bytes: number }).bytes, bytes);
    });
  }

  for (const name of withWebSockets) {
    it(`carry a WebSocket: ${name}`, async () => {
      const { address, authority } = await client.targetOf(urlOf(name));
      const fields = { upgrade: "websocket", connection: "Upgrade", "sec-websocket-version": "13" };
      const headers = { host: hostOf(name), "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==", ...fields };
      const received = await new Promise<string>((resolve, reject) => {
        const options = { host: address, servername: hostOf(name), ca: authority, agent: false, headers };
        const sent = request(options, ({ statusCode }) => reject(new Error(`answered with ${String(statusCode)}`)));
        sent.on("upgrade", (_, socket) => {
          socket.on("error", reject);
          socket.once("data", (chunk: Buffer) => {
            resolve(chunk.toString());
            socket.destroy();
          });
          socket.write("hello");
        });
        sent.on("error", reject);
        sent.end();
      });
      assert.equal(received, "hello");
    });
  }

  for (const name of Object.keys(ingresses)) {
    it(`carry HTTP/2: ${name}`, async () => {
      const { headers } = await exchange(name, { ":path": "/" });
      assert.equal(headers[":status"], 200);
      assert.match(String(headers["x-pod"]), /^web-/);
    });
  }

  // An ALB needs a target group of its own for gRPC, which the component refuses; one of HTTP/2 carries it to the gateway.
  for (const name of ["nlb", "gateway", "http2"]) {
    it(`carry gRPC with its trailers: ${name}`, async () => {
      const call = { ":method": "POST", ":path": "/grpc.Echo/Say", "content-type": "application/grpc", te: "trailers" };
      const message = Buffer.from([0, 0, 0, 0, 2, 104, 105]);
      const { headers, trailers, body } = await exchange(name, call, message);
      assert.equal(headers[":status"], 200);
      assert.equal(trailers["grpc-status"], "0");
      assert.deepEqual(body, message);
    });
  }

  it("are destroyed", async () => {
    succeeded(await stack.destroy());
  });

  /** One stream of HTTP/2, on a connection of its own. */
  async function exchange(name: string, headers: Readonly<Record<string, string>>, message = Buffer.alloc(0)) {
    const { address, authority } = await client.targetOf(urlOf(name));
    const tls = { host: address, port: 443, servername: hostOf(name), ca: authority, ALPNProtocols: ["h2"] };
    const session = connect(urlOf(name), { createConnection: () => connectTls(tls) });
    try {
      return await new Promise<{ headers: Fields; trailers: Fields; body: Buffer }>((resolve, reject) => {
        session.on("error", reject);
        const stream = session.request({ ...headers }, { endStream: message.length === 0 });
        const chunks: Buffer[] = [];
        let [answered, trailers]: readonly [Fields, Fields] = [{}, {}];
        stream.on("response", (found) => (answered = found));
        stream.on("trailers", (found: Fields) => (trailers = found));
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("error", reject);
        stream.on("end", () => resolve({ headers: answered, trailers, body: Buffer.concat(chunks) }));
        if (message.length > 0) stream.end(message);
      });
    } finally {
      session.close();
    }
  }
});

type Fields = Readonly<Record<string, string | number | readonly string[] | undefined>>;
