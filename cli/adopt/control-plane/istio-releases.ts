import { InputError } from "../../input-error";
import type { InstalledRelease } from "../inventory";

const istioCharts = ["base", "istiod", "cni", "ztunnel", "gateway", "ambient"];

/** Releases of Istio's charts. */
export function istioReleases(all: readonly InstalledRelease[]): readonly InstalledRelease[] {
  return all.filter(({ chart }) => istioCharts.includes(chart));
}

/** Refuses what Helm has not finished, and the umbrella chart, whose one release cannot become several. */
export function checkReleases(releases: readonly InstalledRelease[]): void {
  const complaints = releases.flatMap((release) => {
    const { name, namespace, chart, status, revision } = release;
    const subject = `Helm release ${name} in ${namespace}`;
    if (chart === "ambient") {
      return [
        `${subject}: it is the umbrella chart "ambient".\n  allowed  the charts base, istiod, cni, ztunnel and gateway\n` +
          "  to do    install these charts in its place, as Istio's documentation does, then adopt",
      ];
    }
    if (status === "deployed") return [];
    return [
      `${subject}: revision ${revision} has the status ${status}.\n  allowed  deployed: Helm refuses to upgrade others, or ` +
        "finishes what somebody gave up\n" +
        `  to do    helm history ${name} -n ${namespace}; then helm rollback ${name} -n ${namespace} to a revision that works`,
    ];
  });
  if (complaints.length > 0) throw new InputError(complaints.join("\n\n"));
}
