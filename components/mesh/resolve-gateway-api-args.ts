import { minorOf } from "../control-plane/charts/versions";
import { needsGatewayApi, resolveGatewayApi } from "../control-plane/gateway-api/gateway-api-args";
import { invariant } from "../inputs/invariant";
import type { IstioMeshArgs } from "../istio-mesh-args";
import type { Resolved } from "../plan/problem";
import type { ControlPlaneSettings, CrdSettings, MeshSettings } from "../plan/settings";
import { checkRouteSupport } from "../ingress/routes/route-support-args";

/** The definitions that the mesh installs, and what routes ask of them. */
export function resolveGatewayApiOf(
  args: IstioMeshArgs,
  controlPlane: ControlPlaneSettings,
  resolvedIngresses: Pick<MeshSettings, "ingresses" | "gateways">,
): Resolved<CrdSettings | undefined> {
  const { main, canary } = controlPlane;
  const wanted = gatewayApiOf((canary ?? main).version);
  const needed = needsGatewayApi({ mode: args.mode, controlPlane, gateways: resolvedIngresses.gateways });
  const gatewayApi = resolveGatewayApi(args.gatewayApi ?? {}, { needed, wanted });
  const { problems, warnings } = checkRouteSupport({ ...resolvedIngresses, args, crds: gatewayApi.settings, wanted });
  return {
    settings: gatewayApi.settings,
    problems: [...gatewayApi.problems, ...problems],
    warnings: [...gatewayApi.warnings, ...warnings],
  };
}

/** A version of an unknown minor is not valid. */
function gatewayApiOf(version: string): string {
  return invariant(minorOf(version), `the minor of ${version}`).gatewayApi;
}
