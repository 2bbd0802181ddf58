import { pathText } from "../inputs/path";
import { problemIf } from "../inputs/problem";
import type { IngressSettings } from "../plan/ingress-settings";
import type { Problem } from "../plan/problem";
import type { MeshSettings } from "../plan/settings";
import { Scheme } from "../plan/words";
import { mainIngress } from "./resolve-ingresses-args";

/**
 * What watches a mesh tells everything of it, and half of the add-ons ask nobody who they are. Routes may lead to them
 * by a name of their own; in public only encrypted, and only for addresses that were named.
 */
export function checkPublishedAddons({ ingresses, addons, controlPlane }: MeshSettings): readonly Problem[] {
  const services = Object.entries(addons).flatMap(([name, addon]) => (addon === undefined ? [] : [name]));
  return ingresses.flatMap((ingress) => {
    const published = ingress.routes.filter(({ destinations }) =>
      destinations.some(({ service, namespace }) => namespace === controlPlane.namespace && services.includes(service)),
    );
    const names = published.flatMap(({ destinations }) => destinations.map(({ service }) => service));
    return published.length === 0
      ? []
      : checkDoor(
          ingress,
          names,
          published.some(({ host }) => host === "*"),
        );
  });
}

const everybody = ["0.0.0.0/0", "::/0"];

function checkDoor(ingress: IngressSettings, names: readonly string[], anyHost: boolean): readonly Problem[] {
  const path = ingress.name === mainIngress ? "ingress" : pathText(["additionalIngresses", ingress.name]);
  const isPublic = ingress.scheme === Scheme.InternetFacing;
  const { certificate, secretName } = ingress.tls;
  const open = ingress.clients.some((client) => client.kind !== "vpc" && everybody.includes(client.cidr));
  const told = names.join(", ");
  return [
    ...problemIf(anyHost, `${path}.routes`, {
      given: "*",
      allowed: `a host of its own for ${told}: on every host it would lie open beside everything else`,
      remedy: "write a host such as grafana.example.com, and add it to hostnames",
    }),
    ...problemIf(isPublic && certificate === undefined && secretName === undefined, `${path}.tls`, {
      given: undefined,
      allowed: `TLS, where ${told} is published on the internet`,
      remedy: "add tls, or publish it with scheme: internal",
    }),
    ...problemIf(isPublic && open, `${path}.allowedCidrs`, {
      given: ingress.clients.flatMap((client) => (client.kind === "vpc" ? [] : [client.cidr])),
      allowed: `the addresses of those who may see ${told}`,
      remedy: "name them, or publish it with scheme: internal",
    }),
  ];
}
