import { listOf, memberAt, type Members, membersOf, textOf } from "../members";
import type { Recorded } from "../plan/recording";

/** Where requests for a host and a path go. */
export interface Route {
  /** `*`: every host. */
  readonly host: string;
  readonly path: string;
  /** Empty: the gateway answers itself, such as with a redirect. */
  readonly destinations: readonly Destination[];
}

export interface Destination {
  readonly service: string;
  readonly namespace: string;
  readonly port: string;
  /** Share of the requests in percent; none: all. */
  readonly weight: number | undefined;
}

/** The routes of a VirtualService, or of a route of the Gateway API. */
export function routesOf({ inputs }: Recorded): readonly Route[] {
  const { spec, metadata } = membersOf(inputs);
  const namespace = textOf(memberAt(metadata, "namespace"));
  const { hosts, hostnames, http, tls, tcp, rules } = membersOf(spec);
  const named = [...listOf(hosts), ...listOf(hostnames)].map(textOf);
  const parts = [
    ...[http, tls, tcp].flatMap(listOf).map((one) => ofVirtualService(membersOf(one))),
    ...listOf(rules).map((one) => ofRule(membersOf(one), namespace)),
  ];
  return (named.length === 0 ? ["*"] : named).flatMap((host) =>
    parts.flatMap(({ paths, destinations }) => paths.map((path) => ({ host, path, destinations }))),
  );
}

interface Part {
  readonly paths: readonly string[];
  readonly destinations: readonly Destination[];
}

function ofVirtualService({ match, route }: Members): Part {
  return {
    paths: pathsOf(listOf(match).map((one) => Object.values(membersOf(memberAt(one, "uri")))[0])),
    destinations: weighted(
      listOf(route).map((one) => {
        const [service = "", namespace = ""] = textOf(memberAt(one, "destination", "host")).split(".");
        const port = textOf(memberAt(one, "destination", "port", "number"));
        return { service, namespace, port, weight: memberAt(one, "weight") };
      }),
    ),
  };
}

function ofRule({ matches, backendRefs }: Members, own: string): Part {
  return {
    paths: pathsOf(listOf(matches).map((one) => memberAt(one, "path", "value"))),
    destinations: weighted(
      listOf(backendRefs).map((one) => {
        const { name, namespace, port, weight } = membersOf(one);
        return {
          ...{ service: textOf(name), port: textOf(port), weight },
          namespace: namespace === undefined ? own : textOf(namespace),
        };
      }),
    ),
  };
}

/** Each path once: `/cart` and all below `/cart/` are one beginning. */
function pathsOf(values: readonly unknown[]): readonly string[] {
  const paths = values.map((value) => (value === undefined ? "/" : textOf(value).replace(/(.)\/$/, "$1")));
  return paths.length === 0 ? ["/"] : [...new Set(paths)];
}

type Weighted = Omit<Destination, "weight"> & { readonly weight: unknown };

function weighted(all: readonly Weighted[]): readonly Destination[] {
  return all.map((one) => ({
    ...one,
    weight: all.length > 1 && typeof one.weight === "number" ? one.weight : undefined,
  }));
}
