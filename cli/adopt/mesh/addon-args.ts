import { isDeepStrictEqual } from "node:util";
import { addonCharts } from "../../../components/addons/addon-charts";
import { mergeLayers } from "../../../components/control-plane/charts/values/chart-values";
import { addonReleases, unknownPlace } from "../../../components/addons/addons-plan";
import { resolveIstioMesh } from "../../../components/mesh/resolve-mesh-args";
import type { MeshSettings } from "../../../components/plan/settings";
import { at, textAt } from "../../check/kubernetes-object";
import type { InstalledRelease } from "../inventory";
import type { Proposal, Reader } from "../proposals";
import { withoutSecrets } from "../without-secrets";
import { compact, difference, type Path, type Tree } from "../trees";

/** An add-on whose chart has values that members set. */
interface Addon {
  readonly name: "prometheus" | "grafana" | "kiali" | "jaeger";
  readonly members: (values: Tree) => Tree;
  /** Where its values have the address of Prometheus. */
  readonly metrics: readonly (string | number)[];
}

/** In an order in which those that others need come first. */
const addons: readonly Addon[] = [
  {
    name: "prometheus",
    members: ({ server }) => ({
      retention: at(server, "retention"),
      resources: at(server, "resources"),
      storage: storageIn(at(server, "persistentVolume"), "storageClass"),
    }),
    metrics: [],
  },
  { name: "jaeger", members: ({ jaeger }) => ({ resources: at(jaeger, "resources") }), metrics: [] },
  {
    name: "grafana",
    members: ({ resources, persistence, dashboards }) => ({
      ...{ resources, storage: storageIn(persistence, "storageClassName") },
      dashboards: dashboards === undefined ? false : undefined,
    }),
    metrics: ["datasources", "datasources.yaml", "datasources", 0, "url"],
  },
  {
    name: "kiali",
    members: ({ deployment }) => ({ resources: at(deployment, "resources") }),
    metrics: ["external_services", "prometheus", "url"],
  },
];

function storageIn(volume: unknown, classKey: string): Tree | undefined {
  if (at(volume, "enabled") !== true) return undefined;
  return compact({ size: at(volume, "size"), storageClass: at(volume, classKey) });
}

/** Add-ons whose releases are as the mesh would install them, up to values that the arguments can set. */
export function addonReaders(releases: readonly InstalledRelease[], namespace: string): readonly Reader[] {
  return addons.flatMap((addon) =>
    releases
      .filter((release) => isAddon(release, addon) && release.namespace === namespace)
      .map((release) => (args: Tree) => proposalOf(addon, release, args)),
  );
}

function isAddon({ name, chart, status }: InstalledRelease, addon: Addon): boolean {
  return name === addon.name && chart === addonCharts[addon.name].chart && status === "deployed";
}

function proposalOf(addon: Addon, { version, values }: InstalledRelease, args: Tree): readonly Proposal[] {
  const { name, members, metrics } = addon;
  const url = textAt(values, ...metrics);
  const elsewhere = url !== "" && at(args, "addons", "prometheus") === undefined ? { prometheus: { url } } : {};
  const block = compact({ ...elsewhere, [name]: { version, ...members(values) } });
  const { settings } = resolveIstioMesh(mergeLayers(args, { addons: block }));
  if (settings === undefined) return [];
  const own = withoutSecrets(difference(values, valuesOf(settings, name)));
  return [
    {
      args: mergeLayers({ addons: block }, { addons: { [name]: compact({ values: own.tree }) } }),
      holds: (next) => isDeepStrictEqual(shown(valuesOf(next, name)), shown(values)),
      secrets: own.secrets.map((path): Path => ["addons", name, "values", ...path]),
    },
  ];
}

function shown(values: Tree): Tree {
  return withoutSecrets(compact(values)).tree;
}

/** The values that the mesh gives an add-on. */
function valuesOf(settings: MeshSettings, name: string): Tree {
  const place = unknownPlace(settings.controlPlane.namespace);
  const layers = addonReleases(settings, place)
    .filter(({ releaseName }) => releaseName === name)
    .flatMap(({ defaults, chart, required }) => [defaults, chart.values, required]);
  return JSON.parse(JSON.stringify(mergeLayers(...layers))) as Tree;
}
