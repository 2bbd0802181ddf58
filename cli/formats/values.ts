import { stringify } from "yaml";
import type { Plan } from "../plan/plan";

/** The values of every Helm release, as one could hand them to `helm install -f`. */
export function valuesText({ resources }: Plan): string {
  const releases = resources.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");
  return releases
    .map(({ inputs }) => {
      const { name, namespace, chart, version, values } = inputs as Readonly<Record<string, unknown>>;
      return `# ${String(name)} in ${String(namespace)}: chart ${String(chart)} ${String(version)}\n${stringify(values)}`;
    })
    .join("---\n");
}
