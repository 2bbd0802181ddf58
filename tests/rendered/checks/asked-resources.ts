import { mergeLayers } from "../../../components/control-plane/charts/values/chart-values";
import { flattened } from "../../../components/control-plane/charts/values/flattened-values";
import { type Finding, findingIf } from "../finding";
import { type MeshWorkloads, gatewayWorkloads } from "../mesh/mesh-workloads";
import { type KubernetesObject, containersOf, nameOf, ofKind, templateOf, titleOf } from "../mesh/kubernetes-object";
import type { RenderedMesh } from "../mesh/rendered-mesh";
import { type Block, at, blockAt, isBlock, textAt } from "../tree";

const check = "asked for";

/** Finds what the user asked of pods and they do not have: resources, nodes, priority, annotations. */
export function findUnheard(mesh: RenderedMesh, meshWorkloads: MeshWorkloads): readonly Finding[] {
  const { controlPlane, egress } = mesh.settings;
  const edge = egress.gateway?.kind === "gateway" ? [egress.gateway.gateway] : [];
  const gateways = [...mesh.settings.gateways, ...edge];
  const own = flattened(controlPlane.values.istiod, "pilot");
  const istiods = ofKind(meshWorkloads.charted, "Deployment").filter(({ origin }) => /^release istiod/.test(origin));
  const said = textAt(own, "global", "priorityClassName");
  const priority = { priorityClassName: said === "" ? controlPlane.priorityClassName : said };
  const placed = { nodeSelector: controlPlane.nodeSelector, tolerations: controlPlane.tolerations };
  return [
    ...istiods.flatMap((workload) => [
      ...lacks(workload, resourcesOf(workload, "discovery"), asked(controlPlane.resources, own)),
      ...lacks(workload, templateOf(workload)["spec"], { ...priority, ...placed }),
    ]),
    ...gatewayWorkloads(mesh, meshWorkloads).flatMap((workload) => {
      const gateway = gateways.find(({ name }) => [name, `${name}-istio`].includes(nameOf(workload)));
      if (gateway === undefined) return [];
      const user = gateway.createdBy === "chart" ? controlPlane.values.gateway : {};
      return [
        ...lacks(workload, resourcesOf(workload, "istio-proxy"), asked(gateway.resources, user)),
        ...lacks(workload, at(templateOf(workload), "metadata", "annotations"), gateway.annotations),
        ...lacks(workload, at(templateOf(workload), "metadata", "labels"), { ...gateway.labels, ...gateway.selector }),
      ];
    }),
  ];
}

/** Resources as the arguments have them, with what the user's own chart values put in their place. */
function asked(resources: object | undefined, user: Block): Block {
  return mergeLayers({ ...resources }, blockAt(user, "resources"));
}

function resourcesOf(workload: KubernetesObject, container: string): unknown {
  return at(
    containersOf(workload).find((one) => textAt(one, "name") === container),
    "resources",
  );
}

function lacks(workload: KubernetesObject, found: unknown, wanted: Block): readonly Finding[] {
  return Object.entries(wanted).flatMap(([key, asked]) =>
    findingIf(!has(at(found, key), asked), check, {
      where: titleOf(workload),
      message: `${key} is ${JSON.stringify(at(found, key))}, asked for ${JSON.stringify(asked)}`,
    }),
  );
}

/** Whether all that is asked for is there. Others may add to blocks and lists; quantities have several spellings. */
function has(found: unknown, asked: unknown): boolean {
  if (Array.isArray(asked)) {
    return asked.every((entry) => Array.isArray(found) && found.some((other) => has(other, entry)));
  }
  if (isBlock(asked))
    return Object.entries(asked).every(([key, member]) => member === undefined || has(at(found, key), member));
  return amount(found) === amount(asked);
}

const units: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

/** A Kubernetes quantity as a number; any other text as it is. */
function amount(value: unknown): unknown {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(String(value)) ?? [];
  if (number === undefined) return value;
  const factor = unit === "" ? 1 : units[unit];
  return factor === undefined ? value : Number(number) * factor;
}
