import { type IncomingMessage, type RequestOptions, createServer, request } from "node:http";
import { request as secureRequest } from "node:https";
import { connect } from "node:net";
import type { Question } from "./prober";

/** Takes questions about pods on a socket: the answer is 200 where the pod gave a good one in time, 503 where it did not. */
async function get({ address, port, milliseconds, http }: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const answered = (answer: IncomingMessage) => {
      answer.resume();
      resolve(Number(answer.statusCode) >= 200 && Number(answer.statusCode) < 400);
    };
    const options: RequestOptions = { host: address, port, path: http?.path, timeout: milliseconds, agent: false };
    const sent =
      http?.scheme === "HTTPS"
        ? secureRequest({ ...options, rejectUnauthorized: false }, answered)
        : request(options, answered);
    sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.on("error", () => resolve(false));
    sent.end();
  });
}

async function connects({ address, port, milliseconds }: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: milliseconds });
    const end = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.on("connect", () => end(true));
    socket.on("timeout", () => end(false));
    socket.on("error", () => end(false));
  });
}

createServer((asked, response) => {
  const chunks: Buffer[] = [];
  asked.on("data", (chunk: Buffer) => chunks.push(chunk));
  asked.on("end", () => {
    const question = JSON.parse(Buffer.concat(chunks).toString()) as Question;
    const answer = question.http === undefined ? connects(question) : get(question);
    void answer.then((good) => response.writeHead(good ? 200 : 503).end());
  });
}).listen(process.argv[2]);
