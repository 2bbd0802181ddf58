import type { Finding } from "../finding";
import { type MeshWorkloads, meshWorkloadsOf } from "../mesh/mesh-workloads";
import type { RenderedMesh } from "../mesh/rendered-mesh";
import type { ChartTools } from "../sources/chart-tools";
import { definitionsFor } from "../sources/definitions";
import { keysOfChart } from "../sources/keys-of-chart";
import { findWrongDataplane } from "./ambient";
import { findAnalyzed } from "./analysis";
import { findUnheard } from "./asked-resources";
import { findDeadKeys } from "./dead-keys";
import { findWrongImages } from "./images";
import { findWarningNotes } from "./notes";
import { findMissingResources, findPrivileges } from "./pods";
import { findWrongPorts } from "./ports";
import { findWrongReferences } from "./references";
import { findWrongReplicas } from "./replicas";
import { findMissingRights } from "./rights";
import { findInvalid } from "./schemas";
import { findWrongRules } from "./security-groups";
import { findWrongSelectors } from "./selectors";
import { findWrongWebhooks } from "./webhooks";

/** What rendered manifests and our own objects must mean together; each check by itself. */
export function findMeaningFaults(mesh: RenderedMesh, meshWorkloads: MeshWorkloads): readonly Finding[] {
  return [
    ...findWrongSelectors(mesh, meshWorkloads),
    ...findWrongReplicas(mesh, meshWorkloads),
    ...findUnheard(mesh, meshWorkloads),
    ...findWrongPorts(mesh, meshWorkloads),
    ...findWrongRules(mesh),
    ...findWrongWebhooks(mesh),
    ...findWrongDataplane(mesh),
    ...findWrongReferences(mesh),
    ...findMissingRights(mesh),
    ...findPrivileges(meshWorkloads),
    ...findWarningNotes(mesh),
    // Before injection a gateway's image is "auto", and only istiod, here or elsewhere, knows what it will be.
    ...(!meshWorkloads.complete
      ? []
      : [...findWrongImages(mesh, meshWorkloads), ...findMissingResources(meshWorkloads)]),
  ];
}

/** Everything that can be found with what is at hand. */
export async function findFaults(mesh: RenderedMesh, tools: ChartTools): Promise<readonly Finding[]> {
  const meshWorkloads = await meshWorkloadsOf(mesh, tools);
  const { validator, render } = tools;
  return [
    ...(await findDeadKeys(mesh, { render, keysOf: keysOfChart(tools) })),
    ...findMeaningFaults(mesh, meshWorkloads),
    ...(validator === undefined
      ? []
      : [
          ...(await findInvalid(mesh, meshWorkloads, { validator, definitions: await definitionsFor(mesh, tools) })),
          ...(await findAnalyzed(mesh, meshWorkloads, validator)),
        ]),
  ];
}
