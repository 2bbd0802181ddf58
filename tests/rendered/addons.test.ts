import assert from "node:assert/strict";
import type { AddonsArgs, IstioMeshArgs } from "../../components";
import { findWrongAddons } from "./checks/addons";
import { findDeadKeys } from "./checks/dead-keys";
import { findMissingResources, findPrivileges } from "./checks/pods";
import { findMissingRights } from "./checks/rights";
import { findInvalidObjects } from "./checks/schemas";
import { findOwnPods } from "./checks/selectors";
import { type Finding, findingsText } from "./finding";
import { addonWorkloadsOf, renderAddons } from "./mesh/rendered-addons";
import type { RenderedMesh } from "./mesh/rendered-mesh";
import { skip } from "./mocha-skip";
import { type ChartTools, sharedChartTools } from "./sources/chart-tools";

const storage = { size: "20Gi", storageClass: "gp3" };
const resources = { requests: { cpu: "300m", memory: "700Mi" }, limits: { memory: "900Mi" } };
const workspace = "ws-12345678-abcd";
const everything: AddonsArgs = {
  prometheus: {
    ...{ retention: "7d", storage, resources },
    managedPrometheus: {
      endpoint: `https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/${workspace}/`,
      workspaceArn: `arn:aws:aps:eu-central-1:123456789012:workspace/${workspace}`,
    },
  },
  grafana: { storage, resources },
  kiali: { resources },
  jaeger: { storage, resources, retention: "48h" },
};

const meshes: Readonly<Record<string, Partial<IstioMeshArgs>>> = {
  "as they come": { addons: { prometheus: {}, grafana: {}, kiali: {}, jaeger: {} } },
  "with everything that one can say": { mode: "ambient", addons: everything },
  "alone, without dashboards": { addons: { prometheus: {}, grafana: { dashboards: false } } },
  "beside what is there already": {
    addons: {
      prometheus: { url: "http://prometheus.monitoring:9090" },
      grafana: { url: "https://g.example.com" },
      kiali: {},
    },
  },
  "beside X-Ray, in another namespace": {
    istio: { namespace: "mesh" },
    telemetry: { tracing: { provider: "xray", customTags: { environment: "production" } } },
    addons: { prometheus: {}, grafana: {}, kiali: {} },
  },
};

/** These charts write whole blocks out, so that which keys they read shows only in what they make. */
const keysOf = () => Promise.resolve(undefined);

/** Values with a list of words in the chart's schema: another one is no value at all. */
const closedWords = ["opentelemetry-collector: mode"];

async function faultsOf(mesh: RenderedMesh, tools: ChartTools): Promise<readonly Finding[]> {
  const meshWorkloads = addonWorkloadsOf(mesh);
  const created = mesh.releases.flatMap(({ objects }) => objects);
  const { validator, render } = tools;
  return [
    ...(await findDeadKeys(mesh, { render, keysOf })).filter(({ where }) => !closedWords.includes(where)),
    ...findOwnPods(meshWorkloads.charted),
    ...findWrongAddons(mesh, meshWorkloads),
    ...findPrivileges(meshWorkloads),
    ...findMissingResources(meshWorkloads),
    ...findMissingRights(mesh),
    ...(validator === undefined ? [] : await findInvalidObjects(created, { validator, definitions: [] })),
  ];
}

describe("the charts of the add-ons", () => {
  for (const [title, args] of Object.entries(meshes)) {
    it(`read what they are given, and are wired to each other: ${title}`, async function () {
      const tools = await sharedChartTools();
      if (typeof tools === "string") return skip(this, tools);
      const tracing = args.addons?.jaeger === undefined ? {} : { telemetry: { tracing: { provider: "otlp" } } };
      const subject = { title, args: { mode: "sidecar", cluster: { name: "prod" }, ...tracing, ...args } };
      const mesh = await renderAddons(subject, tools);
      if (typeof mesh === "string") return skip(this, mesh);
      assert.ok(mesh.releases.length > 0);
      const faults = await faultsOf(mesh, tools);
      if (faults.length > 0) assert.fail(findingsText(faults));
    });
  }
});
