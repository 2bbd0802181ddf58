import { isDeepStrictEqual } from "node:util";
import { egressName } from "../../../components/egress/egress-context";
import { planEgressReleases } from "../../../components/egress/egress-plan";
import { at, textAt } from "../../check/kubernetes-object";
import type { InstalledRelease } from "../inventory";
import type { FoundObjects } from "../takeover/planned-objects";
import type { Reader } from "../proposals";
import { secondsIn, someOf } from "../ingresses/route-values";
import { compact } from "../trees";

const policies: Readonly<Record<string, string>> = { REGISTRY_ONLY: "registry-only", ALLOW_ANY: "allow-any" };

/** Traffic out of the mesh: the policy of the mesh configuration, the hosts that are known, and the way there. */
export function egressReader(found: FoundObjects, releases: readonly InstalledRelease[], meshConfig: unknown): Reader {
  const here = found.ServiceEntry.filter(({ metadata }) => metadata.namespace === egressName);
  const hosts = someOf(here.map((entry) => textAt(entry, "spec", "hosts", 0)));
  const release = releases.find(({ name, namespace }) => name === egressName && namespace === egressName);
  const waypoint = found.Gateway.some(
    ({ metadata }) => metadata.namespace === egressName && metadata.name === egressName,
  );
  const awsCredentials = found.ServiceEntry.some(({ metadata }) => metadata.name === "aws-pod-identity-agent");
  const policy = policies[textAt(meshConfig, "outboundTrafficPolicy", "mode")];
  const gateway = release !== undefined || waypoint;
  if (hosts === undefined && policy === undefined && !gateway) return () => [];
  return () => [
    {
      args: { egress: compact({ policy, hosts, gateway, awsCredentials }) },
      holds: (settings) => {
        const [planned] = planEgressReleases(settings);
        return isDeepStrictEqual(JSON.parse(JSON.stringify(planned?.values ?? {})), release?.values ?? {});
      },
    },
    { args: { egress: compact({ policy, awsCredentials }) } },
  ];
}

/** Mesh-wide defaults of resilience that stand in objects beside the mesh configuration. */
export function trafficReaders({ DestinationRule, Sidecar }: FoundObjects, root: string): readonly Reader[] {
  const isOurs = ({ metadata }: (typeof DestinationRule)[number]) =>
    metadata.name === "mesh-default" && metadata.namespace === root;
  return [
    ...DestinationRule.filter(isOurs).map((rule) => (): ReturnType<Reader> => {
      const detection = at(rule, "spec", "trafficPolicy", "outlierDetection");
      const outlierDetection = compact({
        consecutive5xx: at(detection, "consecutive5xxErrors"),
        consecutiveGatewayErrors: at(detection, "consecutiveGatewayErrors"),
        intervalSeconds: secondsIn(textAt(detection, "interval")),
        baseEjectionSeconds: secondsIn(textAt(detection, "baseEjectionTime")),
        maxEjectionPercent: at(detection, "maxEjectionPercent"),
      });
      return [{ args: { traffic: { locality: "failover", outlierDetection } } }];
    }),
    ...Sidecar.filter(isOurs).map(() => (): ReturnType<Reader> => [{ args: { traffic: { scope: "namespace" } } }]),
  ];
}
