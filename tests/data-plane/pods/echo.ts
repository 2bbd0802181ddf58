import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { hostname } from "node:os";

/**
 * The application of the tier: it answers with who it is and with what it was sent. HTTP on PORT; what comes in on
 * TCP_PORT goes back as it is.
 */
const name = process.env["POD_NAME"] ?? hostname();
const version = process.env["VERSION"] ?? "";
const usualStatus = process.env["STATUS"] ?? "200";
const seen = new Map<string, number>();

createServer((request, response) => {
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
        const status = Number(searchParams.get("status") ?? usualStatus);
        response.writeHead(status, { "content-type": "application/json", "x-pod": name, "x-version": version });
        response.end(JSON.stringify(answer));
      },
      Number(searchParams.get("milliseconds") ?? 0),
    );
  });
}).listen(Number(process.env["PORT"] ?? "8080"));

createTcpServer((socket) => {
  socket.on("error", () => socket.destroy());
  socket.pipe(socket);
}).listen(Number(process.env["TCP_PORT"] ?? "9000"));

process.on("SIGTERM", () => process.exit(0));
