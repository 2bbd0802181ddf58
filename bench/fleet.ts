/**
 * How the time of `istio-eks plan --fleet` grows with the clusters: 30 and 300 of them in one run, each with values of its
 * own, in a Node of its own. Run it with `npm run bench`. Nothing here is asserted in a test.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stringify } from "yaml";

const root = resolve(__dirname, "..");
const scales = [30, 300] as const;

function fleetFile(clusters: number): string {
  const names = Array.from({ length: clusters }, (_, index) => `cluster-${index}`);
  const ofCluster = (name: string, index: number) => ({
    ring: index < clusters / 10 ? "canary" : "production",
    config: {
      "aws:region": "eu-central-1",
      "istio-mesh:mesh": { ingress: { hostnames: [`${name}.example.com`] } },
    },
  });
  const mesh = {
    mode: "ambient",
    ingress: {
      ...{ strategy: "nlb", scheme: "internet-facing", hostnames: ["example.com"] },
      ...{ dns: { zoneName: "example.com" }, tls: { requestCertificate: true } },
    },
    namespaces: { shop: {}, pay: {} },
  };
  return stringify({
    defaults: { config: { "istio-mesh:mesh": mesh } },
    rings: [{ name: "canary" }, { name: "production" }],
    clusters: Object.fromEntries(names.map((name, index) => [name, ofCluster(name, index)])),
  });
}

function measure(folder: string, clusters: number) {
  const [fleet, peak] = [join(folder, "fleet.yaml"), join(folder, "peak")];
  writeFileSync(fleet, fleetFile(clusters));
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      ...["--require", join(__dirname, "peak-memory.cjs"), join(root, "dist/cli/main.js")],
      ...["plan", "--fleet", fleet, "--output", join(folder, "fleet.txt")],
    ],
    { env: { ...process.env, PEAK_MEMORY_FILE: peak }, encoding: "utf8" },
  );
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (status !== 0) throw new Error(stderr);
  return { clusters, seconds, megabytes: Number(readFileSync(peak, "utf8")) / 1024 };
}

const folder = mkdtempSync(join(tmpdir(), "istio-eks-bench-"));
try {
  const all = scales.map((clusters) => measure(folder, clusters));
  process.stdout.write(`istio-eks plan --fleet, cold, Node ${process.version}\n`);
  console.table(
    all.map(({ clusters, seconds, megabytes }) => ({
      clusters,
      seconds: seconds.toFixed(2),
      "MB at most": megabytes.toFixed(0),
      "seconds in the time of the first": (seconds / Number(all[0]?.seconds)).toFixed(1),
    })),
  );
} finally {
  rmSync(folder, { recursive: true });
}
