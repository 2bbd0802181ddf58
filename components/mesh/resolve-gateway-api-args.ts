import { minorOf } from "../control-plane/charts/versions";
import { resolveGatewayApi } from "../control-plane/gateway-api/gateway-api-args";
import { invariant } from "../inputs/invariant";
import type { IstioMeshArgs } from "../istio-mesh-args";
import { Mode, Profile, Routing } from "../plan/enums";
import type { GatewaySettings } from "../plan/gateway-settings";
import type { Resolved } from "../plan/problem";
import type { ControlPlaneSettings, CrdSettings, MeshSettings } from "../plan/settings";
import { checkRouteSupport } from "../ingress/routes/route-support-args";

/** The definitions that the mesh installs, and what routes ask of them. */
export function resolveGatewayApiOf(
  args: IstioMeshArgs,
  { profile, main, canary }: ControlPlaneSettings,
  resolvedIngresses: Pick<MeshSettings, "ingresses" | "gateways">,
): Resolved<CrdSettings | undefined> {
  const wanted = gatewayApiOf((canary ?? main).version);
  const needed = needsGatewayApi(args.mode, profile, resolvedIngresses.gateways);
  const gatewayApi = resolveGatewayApi(args.gatewayApi ?? {}, { needed, wanted });
  const { problems, warnings } = checkRouteSupport({ ...resolvedIngresses, args, crds: gatewayApi.settings, wanted });
  return {
    settings: gatewayApi.settings,
    problems: [...gatewayApi.problems, ...problems],
    warnings: [...gatewayApi.warnings, ...warnings],
  };
}

/** Ambient wants the definitions even without a Gateway: waypoints are Gateways. */
function needsGatewayApi(mode: Mode, profile: Profile, gateways: readonly GatewaySettings[]): boolean {
  if (profile === Profile.Empty) return false;
  return mode === Mode.Ambient || gateways.some((gateway) => gateway.routing === Routing.GatewayApi);
}

/** A version of an unknown minor is not valid. */
function gatewayApiOf(version: string): string {
  return invariant(minorOf(version), `the minor of ${version}`).gatewayApi;
}
