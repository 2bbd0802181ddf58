import { problemWith } from "../../inputs/problem";
import type { GatewaySettings } from "../../plan/gateway-settings";
import type { Problem } from "../../plan/problem";
import { nameByIstiod } from "./gateway-api-gateway-plan";
import type { NamedIngress } from "../named-ingress";

/** An ingress with the name that istiod gives to the Service of a Gateway in the same namespace has a Service of that name too. */
export function checkGatewayNames(
  ingresses: readonly NamedIngress[],
  gateways: readonly GatewaySettings[],
  gatewayOf: (ingress: NamedIngress) => string,
): readonly Problem[] {
  const byIstiod = gateways.filter(({ createdBy }) => createdBy === "istiod");
  return ingresses.flatMap((ingress) => {
    const own = gateways.find(({ name }) => name === gatewayOf(ingress));
    const other = byIstiod.find(
      ({ name, namespace }) => nameByIstiod(name) === ingress.name && namespace === own?.namespace,
    );
    return problemWith(other, ingress.path, ({ name }) => ({
      given: ingress.name,
      allowed: `another name: istiod gives this one to the Deployment and the Service of the Gateway "${name}"`,
      suggestion: "rename one of the two, or give one of them another gateway.namespace",
    }));
  });
}

/** An Istio Gateway selects pods by the label `istio` in every namespace: two gateways need two values. */
export function checkSelectors(
  owners: readonly NamedIngress[],
  settings: readonly GatewaySettings[],
): readonly Problem[] {
  const values = settings.map(({ selector }) => selector["istio"]);
  return owners.flatMap(({ path, name }, index) => {
    const given = values[index];
    const first = given === undefined ? undefined : owners[values.indexOf(given)];
    // That two have one name is a problem of its own.
    const other = first?.name === name ? undefined : first;
    return problemWith(other, `${path}.gateway.labels.istio`, (owner) => ({
      given,
      allowed: `a value of its own: the pods of "${owner.name}" have this one already`,
      suggestion: "give it another value, or share the gateway with shareWith",
    }));
  });
}
