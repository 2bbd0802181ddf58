import { addonReaders } from "./mesh/addon-args";
import { ingressReaders } from "./ingresses/ingress-readers";
import type { KnownInventory, MeshArgsFound } from "./mesh/mesh-args";
import { egressReader, trafficReaders } from "./mesh/outbound-args";
import type { FoundObjects } from "./takeover/planned-objects";
import { identityReaders, policyReaders } from "./mesh/policies";
import type { Reader } from "./proposals";
import { telemetryReader } from "./mesh/telemetry-args";

/** Everything that is taken over only where its plan is what is there, in an order in which later parts build on former ones. */
export function readersOf(known: KnownInventory, mesh: MeshArgsFound): readonly Reader[] {
  const { planes, ingresses, istiodValues, rootNamespace } = mesh;
  const found = foundObjects(known);
  const { namespace } = planes.main;
  const { meshConfig } = istiodValues;
  const names = ingresses.filter(({ same }) => same).map(({ name }) => name);
  return [
    authorityReader(known, namespace),
    ...identityReaders(meshConfig),
    ...ingressReaders(names, found),
    egressReader(found, known.releases, meshConfig),
    ...addonReaders(known.releases, namespace),
    telemetryReader(found, meshConfig, rootNamespace),
    ...trafficReaders(found, rootNamespace),
    ...policyReaders(found),
  ];
}

export function foundObjects({ configuration, peerAuthentications, gateways }: KnownInventory): FoundObjects {
  return { ...configuration, PeerAuthentication: peerAuthentications, Gateway: gateways };
}

/** Who keeps the Secret with which istiod signs, keeps it: the mesh waits for it. */
function authorityReader({ authorities }: KnownInventory, namespace: string): Reader {
  const there = authorities.filter(({ metadata }) => metadata.namespace === namespace);
  return () =>
    there.map(({ metadata }) => ({
      args: { security: { certificateAuthority: { secretName: metadata.name } } },
      changes: true,
    }));
}
