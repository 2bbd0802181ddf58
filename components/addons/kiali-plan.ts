import { logicalNames } from "../logical-names";
import type { KialiSettings } from "../plan/addon-settings";
import type { Leaf, Tree } from "../plan/leaf";
import { type AddonRelease, outsideMesh } from "./addon-release";

const name = "kiali";
export const kialiPort = 20_001;

/** What Kiali finds the others by. */
export interface KialiSources {
  readonly rootNamespace: string;
  readonly prometheus: Leaf;
  /** None: no link to it. `own`: the mesh installs it, and its password is in a Secret beside. */
  readonly grafana: { readonly url: Leaf; readonly own: boolean } | undefined;
  /** Where traces are asked for, by gRPC; none: it shows no traces. */
  readonly jaeger: string | undefined;
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
        tracing:
          sources.jaeger === undefined
            ? { enabled: false }
            : { enabled: true, provider: "jaeger", internal_url: sources.jaeger, use_grpc: true },
      },
    },
    required: { deployment: { instance_name: name }, server: { port: kialiPort } },
    late: [],
    after: sources.grafana?.own === true ? [logicalNames.addon("grafana")] : [],
  };
}

function grafanaValues({ grafana }: KialiSources): Tree {
  if (grafana === undefined) return { enabled: false };
  const password = { username: "secret:grafana:admin-user", password: "secret:grafana:admin-password" };
  return {
    enabled: true,
    internal_url: grafana.url,
    ...(grafana.own ? { auth: { type: "basic", ...password } } : {}),
  };
}
