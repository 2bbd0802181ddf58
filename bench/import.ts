/**
 * What importing the package costs a program, beside what it would cost to import whole SDKs: each in a Node of its own,
 * after one round that warms the disk's cache. Run it with `npm run bench`. Nothing here is asserted in a test.
 */
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const runs = 7;
const root = resolve(__dirname, "..");

interface Measured {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly files: number;
}

const subjects: Readonly<Record<string, string>> = {
  nothing: "",
  "@pulumi/pulumi": `require("@pulumi/pulumi")`,
  "istio-eks": `require(${JSON.stringify(join(root, "dist/api"))})`,
  "istio-eks, as ECMAScript module": `await import(${JSON.stringify(pathToFileURL(join(root, "dist/api/index.js")).href)})`,
  "@pulumi/aws and its eks, ec2, lb, acm, route53":
    `const aws = require("@pulumi/aws"); ` +
    `aws.eks.getCluster; aws.ec2.SecurityGroup; aws.lb.getHostedZoneId; aws.acm.getCertificate; aws.route53.Record`,
  "@pulumi/aws, every module": `const aws = require("@pulumi/aws"); for (const name of Object.keys(aws)) aws[name]`,
  "@pulumi/kubernetes and its core, helm": `const k8s = require("@pulumi/kubernetes"); k8s.core.v1.Service; k8s.helm.v3.Release`,
};

/** Imports in a new Node, which reports how long it took, its peak memory and the files it loaded. */
function measure(code: string): Measured {
  const program = `
    const started = process.hrtime.bigint();
    (async () => {
      ${code};
      const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
      const megabytes = process.resourceUsage().maxRSS / 1024;
      console.log(JSON.stringify({ milliseconds, megabytes, files: Object.keys(require.cache).length }));
    })();`;
  const said = execFileSync(process.execPath, ["--eval", program], { cwd: root, encoding: "utf8" });
  return JSON.parse(said) as Measured;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] as number;
}

function row(subject: string, all: readonly Measured[]) {
  return {
    import: subject,
    "ms (median)": median(all.map(({ milliseconds }) => milliseconds)).toFixed(0),
    "MB (median)": median(all.map(({ megabytes }) => megabytes)).toFixed(0),
    files: all[0]?.files,
  };
}

process.stdout.write(`import, Node ${process.version}, median of ${runs}\n`);
// Round by round, so that whatever else the machine does meets all of them alike.
const rounds = Array.from({ length: runs + 1 }, () => Object.values(subjects).map(measure)).slice(1);
console.table(
  Object.keys(subjects).map((subject, index) =>
    row(
      subject,
      rounds.flatMap((round) => round.slice(index, index + 1)),
    ),
  ),
);
