import { strategyFor } from "./strategies";
import type { LookupPlan, ZoneQuestion } from "../plan/facts";
import type { HostedZoneSource, IngressSettings } from "../plan/ingress-settings";
import type { MeshSettings } from "../plan/settings";
import { IpAddressType } from "../plan/enums";
import { dnsProviderOf } from "./dns/dns-providers-plan";

/** Plans what to look up before anything else is planned. */
export function planLookups({ ingresses }: MeshSettings): LookupPlan {
  const withRecords = ingresses.filter(({ dns }) => dns?.createRecords === true);
  return {
    vpc: ingresses.some(({ clients }) => clients.some(({ kind }) => kind === "vpc")),
    zones: zoneQuestions(ingresses, ({ dns }) => dns?.zone),
    validationZones: zoneQuestions(ingresses, ({ dns }) => dns?.validationZone),
    certificates: Object.fromEntries(
      ingresses.flatMap(({ name, tls: { certificate } }) =>
        certificate?.kind === "look-up" ? [[name, certificate.domain]] : [],
      ),
    ),
    loadBalancerTypes: [...new Set(withRecords.map((ingress) => strategyFor(ingress).module.loadBalancerType))],
  };
}

function zoneQuestions(
  ingresses: readonly IngressSettings[],
  zoneOf: (ingress: IngressSettings) => HostedZoneSource | undefined,
): Readonly<Record<string, ZoneQuestion>> {
  return Object.fromEntries(
    ingresses.flatMap((ingress) => {
      const zone = zoneOf(ingress);
      if (zone?.kind !== "look-up") return [];
      const provider = dnsProviderOf(ingresses, ingress);
      const { name, privateZone } = zone;
      return [[ingress.name, { name, privateZone, ...(provider === undefined ? {} : { provider }) }]];
    }),
  );
}

/** Ingresses whose load balancers have IPv4 addresses only, which an IPv6 cluster cannot have. */
export function ipv4OnlyIngresses({ ingresses, multiCluster }: MeshSettings): readonly string[] {
  const eastWest = multiCluster?.eastWest === undefined ? [] : [multiCluster.eastWest.loadBalancer];
  return [...ingresses, ...eastWest]
    .filter(({ ipAddressType }) => ipAddressType === IpAddressType.Ipv4)
    .map(({ name }) => name);
}
