import { logicalNames } from "../logical-names";
import type { KialiSettings } from "../plan/addon-settings";
import type { InputValue, Tree } from "../plan/input-value";
import { type AddonRelease, outsideMesh } from "./addon-release";

const name = "kiali";
export const kialiPort = 20_001;

/** What Kiali finds the others by. */
export interface KialiSources {
  readonly rootNamespace: string;
  readonly prometheus: InputValue;
  /** None: no link to it. */
  readonly grafana: GrafanaForKiali | undefined;
  /** None: it shows no traces. */
  readonly jaeger: JaegerForKiali | undefined;
}

export interface GrafanaForKiali {
  readonly url: InputValue;
  /** The mesh installs it, and its password is in a Secret beside. */
  readonly own: boolean;
  /** Where people reach it; none: Kiali has no links to it. */
  readonly forPeople: InputValue | undefined;
}

export interface JaegerForKiali {
  /** Where traces are asked for, by gRPC. */
  readonly url: string;
  /** Where people reach it; none: Kiali has no links to it. */
  readonly forPeople: InputValue | undefined;
}

/** Plans Kiali. Its pod mounts Grafana's Secret, so that Grafana comes before. */
export function planKiali({ chart, resources }: KialiSettings, sources: KialiSources): AddonRelease {
  return {
    name: logicalNames.addon(name),
    path: "addons.kiali",
    releaseName: name,
    chart,
    defaults: {
      auth: { strategy: "token" },
      deployment: { resources, pod_labels: outsideMesh },
      external_services: {
        istio: { root_namespace: sources.rootNamespace },
        prometheus: { url: sources.prometheus },
        grafana: grafanaValues(sources),
        tracing: tracingValues(sources),
      },
    },
    required: { deployment: { instance_name: name }, server: { port: kialiPort } },
    deferred: [],
    after: sources.grafana?.own === true ? [logicalNames.addon("grafana")] : [],
  };
}

function grafanaValues({ grafana }: KialiSources): Tree {
  if (grafana === undefined) return { enabled: false };
  const password = { username: "secret:grafana:admin-user", password: "secret:grafana:admin-password" };
  return {
    enabled: true,
    internal_url: grafana.url,
    ...linked(grafana),
    ...(grafana.own ? { auth: { type: "basic", ...password } } : {}),
  };
}

function tracingValues({ jaeger }: KialiSources): Tree {
  if (jaeger === undefined) return { enabled: false };
  return { enabled: true, provider: "jaeger", internal_url: jaeger.url, use_grpc: true, ...linked(jaeger) };
}

function linked({ forPeople }: GrafanaForKiali | JaegerForKiali): Tree {
  return forPeople === undefined ? {} : { external_url: forPeople };
}
