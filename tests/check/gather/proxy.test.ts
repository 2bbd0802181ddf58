import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { inFolder } from "../../support/plans";
import { root } from "../../support/readme";

/** A kubectl whose proxy serves nobody: it writes down its process id and the socket's folder, and stays. */
const kubectl = `#!/bin/sh
echo "$$" > "$STATE/pid"
echo "$2" | sed 's/--unix-socket=//; s#/s$##' > "$STATE/folder"
echo "Starting to serve on a socket"
exec sleep 300
`;

/** A process that opens the proxy and would wait for an answer for ever. */
const program = `
import { Proxy } from ${JSON.stringify(join(root, "cli", "check", "gather", "proxy"))};
const tools = { kubectl: process.env.KUBECTL, aws: "aws", environment: process.env, timeoutSeconds: 60 };
void Proxy.open({ kubeconfig: undefined, context: undefined }, tools).then(() => {
  process.stdout.write("open");
  setInterval(() => undefined, 1000);
});
`;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("the proxy of the check command", () => {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    it(`ends with the command when that is ended by ${signal}, and leaves no socket`, async () => {
      await inFolder(async (folder) => {
        const [tool, script] = [join(folder, "kubectl"), join(folder, "program.ts")];
        writeFileSync(tool, kubectl, { mode: 0o755 });
        writeFileSync(script, program);
        const child = spawn(process.execPath, ["--import", "tsx", script], {
          cwd: root,
          env: { ...process.env, STATE: folder, KUBECTL: tool },
          stdio: ["ignore", "pipe", "inherit"],
        });
        await once(child.stdout, "data");
        const read = (file: string) => readFileSync(join(folder, file), "utf8").trim();
        const [pid, socket] = [Number(read("pid")), read("folder")];
        assert.ok(isRunning(pid) && existsSync(socket));
        child.kill(signal);
        const [, endedBy] = (await once(child, "exit")) as [number | null, string | null];
        assert.equal(endedBy, signal);
        for (let waited = 0; isRunning(pid) && waited < 5000; waited += 50) await pause(50);
        assert.equal(isRunning(pid), false);
        assert.equal(existsSync(socket), false);
      });
    });
  }
});
