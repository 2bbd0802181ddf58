/**
 * How long a cold `istio-eks plan` takes and how much memory it needs: one mesh, many namespaces, many ingresses.
 * Run it with `npm run bench`; it builds the command first and prints a table. Nothing here is asserted in a test.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stringify } from "yaml";

const runs = 5;
const root = resolve(__dirname, "..");

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
  readonly resources: number;
}

interface Scale {
  readonly namespaces: number;
  readonly ingresses: number;
}

const scales: readonly Scale[] = [
  { namespaces: 1, ingresses: 1 },
  { namespaces: 10, ingresses: 1 },
  { namespaces: 100, ingresses: 1 },
  { namespaces: 1000, ingresses: 1 },
  { namespaces: 1, ingresses: 10 },
  { namespaces: 1, ingresses: 50 },
  { namespaces: 1000, ingresses: 50 },
];

function stackFile({ namespaces, ingresses }: Scale): string {
  const many = <Value>(count: number, prefix: string, value: Value) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}-${index}`, value]));
  const ingress = { strategy: "nlb", scheme: "internet-facing" };
  const mesh = {
    mode: "ambient",
    cluster: { name: "bench" },
    additionalIngresses: many(ingresses, "ingress", ingress),
    namespaces: many(namespaces, "app", {}),
  };
  return stringify({ config: { "istio-mesh:mesh": mesh } });
}

function measure(folder: string, config: string): Measured {
  const [plan, peak] = [join(folder, "plan.json"), join(folder, "peak")];
  const started = process.hrtime.bigint();
  const program = join(root, "dist/cli/main.js");
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      "--require",
      join(__dirname, "peak-memory.cjs"),
      program,
      "plan",
      "--config",
      config,
      "--format",
      "json",
      "--output",
      plan,
    ],
    { env: { ...process.env, PEAK_MEMORY_FILE: peak }, encoding: "utf8" },
  );
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (status !== 0) throw new Error(stderr);
  const { resources } = JSON.parse(readFileSync(plan, "utf8")) as { readonly resources: readonly unknown[] };
  return { seconds, megabytes: Number(readFileSync(peak, "utf8")) / 1024, resources: resources.length };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] as number;
}

function benchmark(folder: string, scale: Scale) {
  const config = join(folder, "stack.yaml");
  writeFileSync(config, stackFile(scale));
  const all = Array.from({ length: runs }, () => measure(folder, config));
  return {
    ...scale,
    resources: all[0]?.resources,
    "seconds (median)": median(all.map(({ seconds }) => seconds)).toFixed(2),
    "MB (median)": median(all.map(({ megabytes }) => megabytes)).toFixed(0),
  };
}

const folder = mkdtempSync(join(tmpdir(), "istio-eks-bench-"));
try {
  process.stdout.write(`istio-eks plan --format json, cold, Node ${process.version}, median of ${runs}\n`);
  console.table(scales.map((scale) => benchmark(folder, scale)));
} finally {
  rmSync(folder, { recursive: true });
}
