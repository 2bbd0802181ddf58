import { invariant } from "../../inputs/invariant";
import { problemIf } from "../../inputs/problem";
import type { OwnNamespace } from "./resolve-namespaces-args";
import type { Problem } from "../../plan/problem";
import type { GatewaySettings } from "../../plan/gateway-settings";
import type { ControlPlaneSettings, EgressSettings } from "../../plan/settings";

const membersOf = (block: string) => `${block}.createNamespace and ${block}.namespaceLabels`;

/** What else has a namespace. */
export interface OtherNamespaces {
  readonly egress: EgressSettings;
  /** The namespace of the east-west gateway; undefined: there is none. */
  readonly eastWest: string | undefined;
}

/** Namespaces of the mesh's own parts, and what each is for. */
export function namespacesInUse(
  system: string,
  gateways: readonly GatewaySettings[],
  { egress: { namespace: egress }, eastWest }: OtherNamespaces,
): ReadonlyMap<string, OwnNamespace> {
  const ofEastWest = {
    purpose: "for the east-west gateway",
    members: `${membersOf("gateway")} of multiCluster.eastWest`,
  };
  const ofGateways = { purpose: "for gateways", members: `${membersOf("gateway")} of its ingress` };
  return new Map<string, OwnNamespace>([
    ...(egress === undefined ? [] : [[egress, { purpose: "for egress", members: undefined }] as const]),
    ...(eastWest === undefined ? [] : [[eastWest, ofEastWest] as const]),
    ...gateways.map((gateway) => [gateway.namespace, ofGateways] as const),
    [system, { purpose: "for istiod", members: membersOf("istio") }],
  ]);
}

/** A part of the mesh, the namespace in which it lives, and its settings. */
interface Part {
  readonly path: string;
  readonly namespace: string;
  readonly createNamespace: boolean | undefined;
  readonly namespaceLabels: Readonly<Record<string, string>>;
}

/** Parts that share a namespace may not say different things of it. */
export function checkSharedNamespaces(
  controlPlane: ControlPlaneSettings,
  gateways: readonly GatewaySettings[],
  paths: ReadonlyMap<string, string>,
): readonly Problem[] {
  const parts: readonly Part[] = [
    { ...controlPlane, path: "istio" },
    ...gateways.map((gateway) => ({
      ...gateway,
      path: `${invariant(paths.get(gateway.name), `the path of ${gateway.name}`)}.gateway`,
    })),
  ];
  return parts.flatMap((part, index) =>
    parts
      .slice(0, index)
      .filter(({ namespace }) => namespace === part.namespace)
      .flatMap((earlier) => checkTwo(part, earlier)),
  );
}

function checkTwo(part: Part, earlier: Part): readonly Problem[] {
  const [mine, theirs] = [part.createNamespace, earlier.createNamespace];
  const allowed = (given: unknown) =>
    `${JSON.stringify(given)}, as in ${earlier.path}: both live in the namespace "${part.namespace}"`;
  const suggestion = "write the same in both, or write it once";
  return [
    ...problemIf(mine !== undefined && theirs !== undefined && mine !== theirs, `${part.path}.createNamespace`, {
      given: mine,
      allowed: allowed(theirs),
      suggestion,
    }),
    ...Object.entries(part.namespaceLabels).flatMap(([key, given]) => {
      const other = earlier.namespaceLabels[key];
      return problemIf(other !== undefined && other !== given, `${part.path}.namespaceLabels["${key}"]`, {
        given,
        allowed: allowed(other),
        suggestion,
      });
    }),
  ];
}
