import { spawnSync } from "node:child_process";
import { missingParts, pathOf } from "../live/build/stamp";
import { missingOnMachine as missingForLive } from "../live/missing-parts";

/** Programs of the machine, by the package of Debian that brings them. */
const tools = {
  ip: "iproute2",
  iptables: "iptables",
  nft: "nftables",
  openssl: "openssl",
  unshare: "util-linux",
  nsenter: "util-linux",
  setpriv: "util-linux",
} as const;

/** What this machine lacks for scenarios in a cluster; each with what to do. */
export function missingOnMachine(): readonly string[] {
  return [...missingForLive("traffic"), ...missingForNamespaces()];
}

/** What it lacks for ambient mode. */
export function missingForAmbient(): readonly string[] {
  return [...missingOnMachine(), ...(pathOf("ztunnel") === undefined ? ["ztunnel on the PATH"] : [])];
}

/** What it lacks for load balancers in a network, without a cluster. */
export function missingForBalancers(): readonly string[] {
  const parts = missingParts("traffic").filter((name) => name === "envoy");
  return [...parts.map((name) => `${name} (npm run live:build)`), ...missingForNamespaces()];
}

/** What it lacks for namespaces of the tier's own. */
export function missingForNamespaces(): readonly string[] {
  const lacking = Object.entries(tools)
    .filter(([name]) => spawnSync("which", [name]).status !== 0)
    .map(([name, debian]) => `${name} (apt-get install ${debian})`);
  return [...lacking, ...missingRights()];
}

/** Namespaces and mounts of one's own, and layers of file systems. */
function missingRights(): readonly string[] {
  if (process.getuid?.() !== 0) return ["the rights of root"];
  const attempt = ["--net", "--mount", "--pid", "--fork", "ip", "link", "add", "type", "veth"];
  return spawnSync("unshare", attempt).status === 0 ? [] : ["namespaces of its own (unshare, veth)"];
}

// Run as a program it lists all that is missing, and fails where no test of the tier can run:
// `npm run --silent traffic:missing`.
if (require.main === module) {
  const missing = missingForAmbient();
  if (missing.length > 0) process.stdout.write(`${missing.join(", ")}\n`);
  process.exitCode = missingForBalancers().length > 0 ? 1 : 0;
}
