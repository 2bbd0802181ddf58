import { problem } from "../../inputs/problem";
import type { IngressSettings } from "../../plan/ingress-settings";
import type { Problem } from "../../plan/problem";
import type { NamespaceSettings } from "../../plan/settings";
import { Dataplane } from "../../plan/enums";
import { servicesOf } from "./route-services";

/** Pods that serve two ingresses have one list of paths for a host, and only one of the two can write it. */
export function checkRoutesOfShared(
  ingress: IngressSettings,
  earlier: IngressSettings,
  path: string,
): readonly Problem[] {
  const taken = new Set(earlier.routes.map(({ host }) => host));
  return [...new Set(ingress.routes.map(({ host }) => host))].flatMap((host) =>
    taken.has(host)
      ? [
          problem(`${path}.routes`, {
            given: host,
            allowed: `hosts for which no other ingress of the same gateway has routes; "${earlier.name}" has`,
            suggestion: "write all routes of a host at one of the two: both lead to the same pods",
          }),
        ]
      : [],
  );
}

/** The mesh around the routes, as far as it says whose pods take part in it. */
export interface RoutedMesh {
  readonly ingresses: readonly IngressSettings[];
  readonly namespaces: readonly NamespaceSettings[];
  /** Namespaces that the mesh makes for itself; nobody enrols them. */
  readonly own: readonly string[];
}

/** Names the namespaces that routes lead to, although their pods take no part in the mesh. */
export function warnOfRoutes({ ingresses, namespaces, own }: RoutedMesh): readonly string[] {
  const enrolled = namespaces.filter(({ dataplane }) => dataplane !== Dataplane.None).map(({ name }) => name);
  return ingresses.flatMap(({ name, routes }) => {
    const routed = new Set(routes.flatMap(servicesOf).map(({ namespace }) => namespace));
    return [...routed]
      .filter((namespace) => !enrolled.includes(namespace) && !own.includes(namespace))
      .map(
        (namespace) =>
          `Routes of ingress "${name}" lead to namespace "${namespace}", which takes no part in the mesh: behind the ` +
          `gateway nothing is encrypted on the way there. Add it to namespaces.`,
      );
  });
}
