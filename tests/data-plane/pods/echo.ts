import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createGrpcServer } from "node:http2";
import { createServer as createTcpServer } from "node:net";
import { hostname } from "node:os";

/**
 * The application of the tier: it answers with who it is and with what it was sent. HTTP on PORT, where what comes in on a
 * WebSocket goes back as it is, as it does on TCP_PORT; on GRPC_PORT each message of a call goes back.
 */
const name = process.env["POD_NAME"] ?? hostname();
const version = process.env["VERSION"] ?? "";
const usualStatus = process.env["STATUS"] ?? "200";
/** So many answers have STATUS, and those after them 200; none: all have it. */
const failures = Number(process.env["FAILURES"] ?? "Infinity");
let answered = 0;
const seen = new Map<string, number>();

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { method, url = "/", headers, httpVersion, socket } = request;
    const { searchParams } = new URL(url, "http://echo");
    const times = (seen.get(url) ?? 0) + 1;
    seen.set(url, times);
    const bytes = Buffer.concat(chunks).length;
    const peer = socket.remoteAddress;
    const answer = { pod: name, version, method, path: url, httpVersion, headers, bytes, peer, times };
    setTimeout(
      () => {
        const status = Number(searchParams.get("status") ?? (answered++ < failures ? usualStatus : "200"));
        response.writeHead(status, { "content-type": "application/json", "x-pod": name, "x-version": version });
        response.end(JSON.stringify(answer));
      },
      Number(searchParams.get("milliseconds") ?? 0),
    );
  });
});

server.on("upgrade", ({ headers }, socket) => {
  // RFC 6455, section 1.3.
  const text = `${String(headers["sec-websocket-key"])}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accept = createHash("sha1").update(text).digest("base64");
  const fields = ["Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Accept: ${accept}`, `x-pod: ${name}`];
  socket.write(["HTTP/1.1 101 Switching Protocols", ...fields, "", ""].join("\r\n"));
  socket.on("error", () => socket.destroy());
  socket.pipe(socket);
});

server.listen(Number(process.env["PORT"] ?? "8080"));

createGrpcServer()
  .on("stream", (stream) => {
    stream.respond({ ":status": 200, "content-type": "application/grpc", "x-pod": name }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    stream.on("error", () => stream.destroy());
    stream.pipe(stream);
  })
  .listen(Number(process.env["GRPC_PORT"] ?? "9090"));

createTcpServer((socket) => {
  socket.on("error", () => socket.destroy());
  socket.pipe(socket);
}).listen(Number(process.env["TCP_PORT"] ?? "9000"));

process.on("SIGTERM", () => process.exit(0));
