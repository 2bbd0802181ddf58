import { readFileSync } from "node:fs";
import { join } from "node:path";
import { addonCharts } from "../../../components/addons/addon-charts";
import { defaultIstioVersion, istioMinors } from "../../../components/control-plane/charts/versions";
import { root } from "../readme";
import { generated, table } from "./markdown";

interface PackageFile {
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Which versions of what belong together. */
export function versionsPage(): string {
  const { engines, dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as PackageFile;
  const packages = Object.entries(dependencies).filter(([name]) => name.startsWith("@pulumi/"));
  return `${[
    "# Versions",
    generated,
    `Without \`istio.version\` the mesh has Istio **${defaultIstioVersion}**. Any patch of a minor in this table may be asked for, and any newer minor: ` +
      "that is planned as the last row, with a warning of what is not known of it. Older ones are refused. One whose end of life is past is warned of.",
    "## Istio",
    table(
      ["minor", "newest patch known", "supported until", "Kubernetes", "Gateway API", "to know"],
      istioMinors.map(({ minor, newestPatch, endOfLife, estimated, supported, kubernetes, gatewayApi, notes }) => [
        minor,
        newestPatch,
        [estimated ? "about" : "", endOfLife, supported ? "" : "(over)"].join(" ").trim(),
        `${kubernetes.from} to ${kubernetes.to}`,
        gatewayApi,
        notes,
      ]),
    ),
    "## Charts of others",
    table(
      ["chart", "version", "installs", "from"],
      Object.values(addonCharts).map(({ chart, version, application, repository }) => [
        `\`${chart}\``,
        version,
        application,
        repository,
      ]),
    ),
    "## What the program runs on",
    table(
      ["package", "version"],
      [["Node.js", engines.node], ...packages.map(([name, version]) => [`\`${name}\``, version])],
    ),
    "Beside these: the AWS Load Balancer Controller 2.6 or newer, or EKS Auto Mode; `kubectl` and `aws` on the PATH.",
  ].join("\n\n")}\n`;
}
