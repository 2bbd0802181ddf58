import { roomOf } from "../ingress";
import type { LookupPlan } from "../plan/facts";
import type { MeshSettings } from "../plan/settings";
import { IpAddressType } from "../plan/words";

/** Plans what to ask the world before anything else is planned. */
export function planLookups({ ingresses }: MeshSettings): LookupPlan {
  const withRecords = ingresses.filter(({ dns }) => dns?.createRecords === true);
  return {
    vpc: ingresses.some(({ clients }) => clients.some(({ kind }) => kind === "vpc")),
    zones: Object.fromEntries(
      ingresses.flatMap(({ name, dns }) => (dns?.zone.kind === "look-up" ? [[name, dns.zone]] : [])),
    ),
    certificates: Object.fromEntries(
      ingresses.flatMap(({ name, tls: { certificate } }) =>
        certificate?.kind === "look-up" ? [[name, certificate.domain]] : [],
      ),
    ),
    loadBalancerTypes: [...new Set(withRecords.map((ingress) => roomOf(ingress).loadBalancerType))],
  };
}

/** Ingresses whose load balancers have IPv4 addresses only, which an IPv6 cluster cannot have. */
export function ipv4OnlyIngresses({ ingresses }: MeshSettings): readonly string[] {
  return ingresses.filter(({ ipAddressType }) => ipAddressType === IpAddressType.Ipv4).map(({ name }) => name);
}
