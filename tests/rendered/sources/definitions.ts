import { readdirSync } from "node:fs";
import { join } from "node:path";
import { istioMinors, minorOf } from "../../../components/control-plane/charts/versions";
import { type RenderedMesh, chartsFor } from "../mesh/rendered-mesh";
import type { ChartTools } from "./chart-tools";
import { moduleOf } from "./module-charts";

/**
 * Files with the CustomResourceDefinitions that a mesh's cluster has: Istio's, out of the chart base, and the Gateway
 * API's in the release that this minor of Istio wants, of the channel that the mesh installs.
 */
export async function definitionsFor(
  { releases, settings }: RenderedMesh,
  { charts }: ChartTools,
): Promise<readonly string[]> {
  const newest = releases.find(({ chart }) => chart === "base")?.version ?? settings.controlPlane.main.version;
  const base = chartsFor(newest, charts).charts.base;
  const row = minorOf(newest) ?? istioMinors[istioMinors.length - 1];
  const channel = settings.crds?.manifest.endsWith("/experimental-install.yaml") === true ? "experimental" : "standard";
  return [join(base, "files", "crd-all.gen.yaml"), ...(await gatewayApi(row?.gatewayApi ?? "", channel))];
}

const fetched = new Map<string, Promise<readonly string[]>>();

function gatewayApi(version: string, channel: string): Promise<readonly string[]> {
  const key = `${version} ${channel}`;
  const known = fetched.get(key) ?? fetchGatewayApi(version, channel);
  fetched.set(key, known);
  return known;
}

async function fetchGatewayApi(version: string, channel: string): Promise<readonly string[]> {
  const { Dir: folder } = await moduleOf("sigs.k8s.io/gateway-api", version);
  const definitions = join(folder, "config", "crd", channel);
  return readdirSync(definitions)
    .filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml")
    .map((name) => join(definitions, name));
}
