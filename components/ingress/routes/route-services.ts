import type { RouteSettings } from "../../plan/ingress-settings";

/** A port of a Service that gets requests of a route, or copies of them. */
export interface RoutedService {
  readonly service: string;
  readonly namespace: string;
  readonly port: number;
}

/** Every Service that a route leads requests to, the one that gets copies last. */
export function servicesOf({ destinations, policy: { mirror } }: RouteSettings): readonly RoutedService[] {
  return [...destinations, ...(mirror === undefined ? [] : [mirror])];
}
