import type { PathType } from "./enums";

/** What a request must have, besides host and path, for a route to take it. */
export interface RouteMatchSettings {
  readonly pathType: PathType;
  /** In alphabetical order; empty: every method. */
  readonly methods: readonly string[];
  /** Names in lower case and alphabetical order, each with its exact value. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names in alphabetical order, each with its exact value. */
  readonly queryParams: Readonly<Record<string, string>>;
}

/** What happens to the requests that a route takes. */
export interface RoutePolicySettings {
  readonly timeoutSeconds: number | undefined;
  readonly retries: RouteRetriesSettings | undefined;
  readonly mirror: RouteMirrorSettings | undefined;
  readonly fault: RouteFaultSettings | undefined;
  readonly rewritePath: string | undefined;
  readonly requestHeaders: RouteHeadersSettings | undefined;
  readonly responseHeaders: RouteHeadersSettings | undefined;
  readonly redirect: RouteRedirectSettings | undefined;
  readonly cors: RouteCorsSettings | undefined;
}

export interface RouteRetriesSettings {
  readonly attempts: number;
  /** Envoy's retry conditions and HTTP status codes. */
  readonly on: readonly string[];
  readonly perTryTimeoutSeconds: number | undefined;
}

export interface RouteMirrorSettings {
  readonly service: string;
  readonly namespace: string;
  readonly port: number;
  readonly percent: number;
}

export interface RouteFaultSettings {
  readonly delaySeconds: number | undefined;
  readonly abortStatus: number | undefined;
  readonly percent: number;
}

export interface RouteHeadersSettings {
  readonly set: Readonly<Record<string, string>>;
  readonly add: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

export interface RouteRedirectSettings {
  /** Undefined: that of the request. */
  readonly host: string | undefined;
  /** Undefined: that of the request. */
  readonly path: string | undefined;
  readonly status: number;
  /** Undefined: that of the request. */
  readonly scheme: string | undefined;
}

export interface RouteCorsSettings {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly maxAgeSeconds: number;
  readonly credentials: boolean;
}
