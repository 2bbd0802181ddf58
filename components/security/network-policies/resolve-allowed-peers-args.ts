import type { AllowedPeerArgs } from "../../inputs/kubernetes/allowed-peer-args";
import { pathText } from "../../inputs/path";
import { problemIf } from "../../inputs/problem";
import type { Problem } from "../../plan/problem";
import type { AllowedPeerSettings, NamespaceSecuritySettings } from "../../plan/security-settings";
import { Protocol, TrafficDirection } from "../../plan/enums";

type ByName = Readonly<Record<string, AllowedPeerArgs>>;

/** Fills in the defaults. What is missing in an entry is a problem already. */
export function resolveAllowedPeers(args: ByName): readonly AllowedPeerSettings[] {
  return Object.values(args).map((one) => ({
    direction: one.direction,
    peer: one.cidr === undefined ? { namespace: one.namespace, podLabels: one.podLabels ?? {} } : { cidr: one.cidr },
    ports: one.ports ?? [],
    protocol: one.protocol ?? Protocol.Tcp,
  }));
}

export function checkAllowedPeers(namespace: string, args: ByName): readonly Problem[] {
  return Object.entries(args).flatMap(([name, one]) => {
    const path = pathText(["namespaces", namespace, "allowedPeers", name]);
    const byPods = one.namespace !== undefined || Object.keys(one.podLabels ?? {}).length > 0;
    const [both, neither] = [byPods && one.cidr !== undefined, !byPods && one.cidr === undefined];
    return [
      ...problemIf(both || neither, path, {
        given: both ? "cidr and pods" : "nobody",
        allowed: "either cidr, or namespace and podLabels (one of them, or both)",
        suggestion: both ? "make two entries of it" : "set the peer; all addresses are 0.0.0.0/0",
      }),
      ...problemIf(one.ports?.length === 0, `${path}.ports`, {
        given: one.ports,
        allowed: "at least one port",
        suggestion: "name the ports, or remove the list for all of them",
      }),
    ];
  });
}

/** Warns of what would not do what it looks like. */
export function warnOfAllowedPeers(namespace: NamespaceSecuritySettings): readonly string[] {
  if (!namespace.networkPolicies) return [];
  return [...warnOfClosedPorts(namespace), ...warnOfLongAddresses(namespace)];
}

/** That a port takes plaintext helps nobody whom the NetworkPolicy keeps out. */
function warnOfClosedPorts({ name, plaintextPorts, allowedPeers }: NamespaceSecuritySettings): readonly string[] {
  const open = allowedPeers.filter(
    ({ direction, protocol }) => direction === TrafficDirection.Ingress && protocol === Protocol.Tcp,
  );
  const isOpen = (port: number) => open.some(({ ports }) => ports.length === 0 || ports.includes(port));
  return plaintextPorts.flatMap((entry) =>
    entry.ports
      .filter((port) => !isOpen(port))
      .map(
        (port) =>
          `${pathText(["namespaces", name, "plaintextPorts", entry.name])}: port ${port} takes plaintext, and with ` +
          "networkPolicies nobody outside the mesh reaches it: add allowedPeers of direction ingress.",
      ),
  );
}

/** Source: aws/aws-network-policy-agent#509 */
function warnOfLongAddresses({ name, allowedPeers }: NamespaceSecuritySettings): readonly string[] {
  return allowedPeers.flatMap(({ peer }) => {
    if (!("cidr" in peer) || !peer.cidr.includes(":") || peer.cidr.includes("::")) return [];
    return [
      `${pathText(["namespaces", name, "allowedPeers"])}: the VPC CNI's agent does not see ${peer.cidr}: it takes IPv6 ` +
        "ranges without :: for IPv4. Write a wider one, such as a /112.",
    ];
  });
}
