import { isDeepStrictEqual } from "node:util";
import { planPolicyObjects, planRoutingObjects } from "../../../components/mesh/ordered-plans";
import type { KubernetesObjectPlan } from "../../../components/plan/kubernetes-object";
import type { MeshSettings } from "../../../components/plan/settings";
import { at, type KubernetesObject } from "../../check/kubernetes-object";
import type { ConfigurationKind } from "../inventory";
import { isTree } from "../trees";

/** Objects of the cluster by which the mesh is configured. */
export type FoundObjects = Readonly<
  Record<ConfigurationKind | "Gateway" | "PeerAuthentication", readonly KubernetesObject[]>
>;

/** The objects of those kinds that a mesh of these settings has. `stsHost` is known only where the region is. */
export function plannedObjects(
  settings: MeshSettings,
  found: FoundObjects,
  stsHost: string,
): readonly KubernetesObjectPlan[] {
  const all = [...planRoutingObjects(settings, { stsHost: () => stsHost }), ...planPolicyObjects(settings)];
  return all.filter(({ kind }) => Object.hasOwn(found, kind));
}

/** Whether a planned object is in the cluster, and says the same there. */
export function isThere({ apiVersion, kind, metadata, body }: KubernetesObjectPlan, found: FoundObjects): boolean {
  const { name, namespace } = metadata;
  const group = apiVersion.replace(/[^/]*$/, "");
  const object = found[kind as keyof FoundObjects].find(
    (one) =>
      one.metadata.name === name && one.metadata.namespace === namespace && one.apiVersion?.startsWith(group) === true,
  );
  const planned: unknown = JSON.parse(JSON.stringify(body));
  return object !== undefined && isSame(at(planned, "spec"), object["spec"]);
}

/** Whether two trees mean the same: what the API server writes where nothing is said makes no difference. */
function isSame(planned: unknown, found: unknown): boolean {
  if (Array.isArray(planned) && Array.isArray(found)) {
    return planned.length === found.length && planned.every((element: unknown, index) => isSame(element, found[index]));
  }
  if (!isTree(planned) || !isTree(found)) return planned === found;
  const keys = new Set([...Object.keys(planned), ...Object.keys(found)]);
  return [...keys].every((key) =>
    planned[key] === undefined ? isDefault(key, found[key]) : isSame(planned[key], found[key]),
  );
}

/** Defaults in the definitions of the Gateway API and of NetworkPolicies. */
const defaults: Readonly<Record<string, readonly unknown[]>> = {
  group: ["", "gateway.networking.k8s.io"],
  kind: ["Service", "Gateway"],
  weight: [1],
  protocol: ["TCP"],
  type: ["Exact"],
  allowedRoutes: [{ namespaces: { from: "Same" } }],
};

function isDefault(key: string, value: unknown): boolean {
  return defaults[key]?.some((one) => isDeepStrictEqual(one, value)) === true;
}
