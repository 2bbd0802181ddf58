import { tagAnnotation } from "../../../components/ingress/strategies/auto-mode-tags";
import type { IngressSettings } from "../../../components/plan/ingress-settings";
import type { KubernetesFacts } from "../facts";
import type { Situation } from "../situation";
import { hostnameOf } from "./load-balancers";

/** Names of ingresses, by what becomes of their tags in EKS Auto Mode. */
export interface AutoModeTags {
  /** Their annotations ask for tags, and no load balancer shows yet that the cluster's role allows them. */
  readonly unproven: readonly string[];
  /** Tags of the mesh are left off their load balancers. */
  readonly leftOff: readonly string[];
}

/** The managed policies of EKS Auto Mode allow no tags of the user's. Where a load balancer has them, the role does. */
export function autoModeTags({ settings: { tags, ingresses }, facts }: Situation): AutoModeTags {
  const isTagged = (ingress: IngressSettings) => tagAnnotation(ingress) in ingress.annotations;
  const named = (list: readonly IngressSettings[]) => list.map(({ name }) => name);
  return {
    unproven: named(ingresses.filter((ingress) => isTagged(ingress) && !isMade(ingress, facts.kubernetes))),
    leftOff: Object.keys(tags).length === 0 ? [] : named(ingresses.filter((ingress) => !isTagged(ingress))),
  };
}

/** Whether the object in the cluster has the tags and a load balancer, and nothing complains of it. */
function isMade(ingress: IngressSettings, { addressObjects }: KubernetesFacts): boolean {
  const found = addressObjects.known ? addressObjects.answer[ingress.name] : undefined;
  const annotation = tagAnnotation(ingress);
  const there = found?.object?.metadata.annotations?.[annotation];
  const asked = ingress.annotations[annotation];
  return there === asked && hostnameOf(found?.object) !== "" && found?.complaint === undefined;
}
