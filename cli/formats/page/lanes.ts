import type { Plan } from "../../plan/plan";
import type { Route } from "../../traffic/routes";
import { type IngressPath, type TrafficPath, trafficPathOf } from "../../traffic/traffic-path";
import {
  clientsLines,
  destinationLines,
  gatewayLines,
  loadBalancerLines,
  protectionText,
  routeText,
} from "../../traffic/traffic-text";
import { escapeXml } from "./escape";

/** The way of requests through each load balancer, as a lane of steps. */
export function lanesHtml(plan: Pick<Plan, "mesh" | "resources">): string {
  const path = trafficPathOf(plan);
  const lanes = path.ingresses.map((ingress) => lane(ingress, path));
  const none = "<p>No ingress: no load balancer leads into the mesh.</p>";
  return `<section aria-labelledby="traffic"><h2 id="traffic">The way of requests</h2>
${lanes.length === 0 ? none : lanes.join("\n")}
${chips(path)}</section>`;
}

function lane(ingress: IngressPath, path: TrafficPath): string {
  const { name, clients, hosts, routes } = ingress;
  const whom =
    clients.length === 0
      ? ["<p>whom its security groups let in</p>"]
      : clients.map((one) => `<p${one.open ? ' class="open"' : ""}>${lines(clientsLines(one))}</p>`);
  const names = hosts.map((host) => (host.record ? `${host.name} (DNS record)` : host.name));
  const steps = [
    ["clients", whom.join("")],
    ["names", `<p>${lines(names.length === 0 ? ["every host"] : names)}</p>`],
    ["load balancer", `<p>${lines(loadBalancerLines(ingress))}</p>`],
    ["gateway", `<p>${lines(gatewayLines(ingress))}</p>`],
    ...(routes.length === 0 ? [] : [["routes", `<ul>${routes.map((one) => routeItem(one, path)).join("")}</ul>`]]),
  ];
  const items = steps.map(([title = "", body = ""]) => `<li><h4>${title}</h4>${body}</li>`);
  return `<article class="lane"><h3>${escapeXml(name)}</h3><ol>${items.join("")}</ol></article>`;
}

function routeItem(route: Route, { namespaceOf }: TrafficPath): string {
  const ends = route.destinations.map((one) => lines(destinationLines(one, namespaceOf(one.namespace))));
  const shown = ends.length === 0 ? ["answered by the gateway"] : ends;
  return `<li><b>${escapeXml(routeText(route))}</b><br/>${shown.join("<br/>")}</li>`;
}

/** Namespaces that no route leads to. */
function chips({ withoutRoutes }: TrafficPath): string {
  if (withoutRoutes.length === 0) return "";
  const items = withoutRoutes.map(
    (one) =>
      `<li title="${escapeXml(protectionText(one))}">${escapeXml(one.name)} <small>${escapeXml(one.mtls)}</small></li>`,
  );
  return `<h3>Namespaces without routes</h3><ul class="chips">${items.join("")}</ul>`;
}

function lines(all: readonly string[]): string {
  return all.map(escapeXml).join("<br/>");
}
