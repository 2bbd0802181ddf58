import type { GatewayServer } from "../../plan/ingress";

/** Joins what several ingresses ask of one gateway: servers that differ in their hosts only become one. */
export function mergeServers(servers: readonly GatewayServer[]): readonly GatewayServer[] {
  return servers.reduce<readonly GatewayServer[]>((merged, server) => {
    const same = merged.find((other) => sameButHosts(server, other));
    if (same === undefined) return [...merged, server];
    const everyHost = same.hosts.length === 0 || server.hosts.length === 0;
    const hosts = everyHost ? [] : [...new Set([...same.hosts, ...server.hosts])];
    return merged.map((other) => (other === same ? { ...same, hosts } : other));
  }, []);
}

function sameButHosts(one: GatewayServer, other: GatewayServer): boolean {
  return (
    one.port === other.port &&
    one.protocol === other.protocol &&
    one.redirect === other.redirect &&
    one.secretName === other.secretName
  );
}
