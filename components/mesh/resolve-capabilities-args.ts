import { modes } from "../control-plane/modes";
import { checkInstalled, resolveIstio } from "../control-plane/args/resolve-istio-args";
import { resolveCleanup } from "../cleanup/cleanup-args";
import { resolveCluster } from "../cluster/cluster-args";
import type { IstioMeshArgs } from "../istio-mesh-args";
import { resolveNamespaces } from "../control-plane/namespaces/resolve-namespaces-args";
import { LoadBalancerController } from "../plan/enums";
import { resolveVpcCni } from "../vpc-cni/resolve-vpc-cni-args";
import { writtenTopologies } from "../ingress/gateways/client-address-args";
import { namespacesInUse } from "../control-plane/namespaces/own-namespaces-check";
import { resolveIngresses } from "../ingress/resolve-ingresses-args";
import { eastWestNamespace } from "../multi-cluster/resolve-east-west-args";
import { resolveMultiCluster } from "../multi-cluster/resolve-multi-cluster-args";
import { resolveSecurity } from "../security/resolve-security-args";
import { resolveEgress } from "../egress/resolve-egress-args";
import { egressContext } from "../egress/egress-context";
import { securityContext } from "../security/security-context";
import { resolveTraffic } from "../traffic/resolve-traffic-args";
import { trafficContext } from "../traffic/traffic-context";
import { resolveTelemetry } from "../telemetry/resolve-telemetry-args";
import { telemetryContext } from "../telemetry/telemetry-context";
import { resolveAddons } from "../addons/resolve-addons-args";
import { addonsContext } from "../addons/addons-context";
import { gatewayApiContext, resolveGatewayApi } from "../control-plane/gateway-api/gateway-api-args";
import { checkRouteSupport } from "../ingress/routes/route-support-args";

/** Each capability resolves its own block; what one must know of another is passed in here. */
export function resolveCapabilities(args: IstioMeshArgs, region: string | undefined) {
  const core = resolveCore(args, region);
  const { own, ...parts } = core;
  return { own, parts: { ...parts, ...resolvePolicies(args, core) } };
}

/** The cluster, the control plane, the ways in and out, and who takes part in the mesh. */
function resolveCore(args: IstioMeshArgs, region: string | undefined) {
  const controller = controllerOf(args);
  const { mode, ingress, additionalIngresses = {} } = args;
  const cluster = resolveCluster(args.cluster, controller);
  const istio = resolveIstio(args.istio ?? {}, args.controlPlane ?? {}, mode);
  const { settings: controlPlane } = istio;
  const { profile, main, namespace } = controlPlane;
  const { defaultRouting } = modes[mode];
  const resolvedIngresses = resolveIngresses(
    { ingress, additionalIngresses },
    { cluster: cluster.settings, controller, defaultRouting, profile, topologies: writtenTopologies(controlPlane) },
  );
  const { gateways } = resolvedIngresses.settings;
  const egress = resolveEgress(args.egress ?? {}, egressContext(args, { mode, profile, gateways, region }));
  const eastWest = eastWestNamespace(args.multiCluster?.eastWest);
  const own = namespacesInUse(namespace, gateways, { egress: egress.settings, eastWest });
  const { wanted, needed } = gatewayApiContext({ mode, controlPlane, gateways });
  const gatewayApi = resolveGatewayApi(args.gatewayApi ?? {}, { wanted, needed });
  const crds = gatewayApi.settings;
  const routeSupport = checkRouteSupport({ ...resolvedIngresses.settings, args, crds, wanted });
  const namespaces = resolveNamespaces(args.namespaces ?? {}, {
    mode,
    revision: main.revision,
    checkInstalled: (name, path) => checkInstalled(name, path, controlPlane),
    own,
  });
  return { cluster, istio, resolvedIngresses, egress, gatewayApi, routeSupport, namespaces, own };
}

/** What holds in the mesh, what it reports, and what stands beside it. */
function resolvePolicies(args: IstioMeshArgs, core: ReturnType<typeof resolveCore>) {
  const { mode } = args;
  const controller = controllerOf(args);
  const { settings: controlPlane } = core.istio;
  const { settings: namespaces } = core.namespaces;
  const security = resolveSecurity(
    args.security ?? {},
    securityContext(args, { controlPlane, controller, namespaces }),
  );
  const closed = { namespaces, security: security.settings, egress: core.egress.settings };
  const traffic = resolveTraffic(args.traffic ?? {}, trafficContext(mode, controlPlane, closed));
  const telemetry = resolveTelemetry(args.telemetry ?? {}, telemetryContext(args, controlPlane, namespaces));
  const addons = resolveAddons(args.addons ?? {}, addonsContext(controlPlane, telemetry.settings));
  const vpcCni = resolveVpcCni(args.vpcCni, { mode, controller, version: controlPlane.main.version });
  const { gateways } = core.resolvedIngresses.settings;
  const multiCluster = resolveMultiCluster(args, {
    ...{ cluster: core.cluster.settings, controlPlane, security: security.settings, gateways, controller },
  });
  const cleanup = resolveCleanup(args.cleanup ?? {});
  return { security, traffic, telemetry, addons, vpcCni, multiCluster, cleanup };
}

/** Who makes load balancers of Services and Ingresses. */
export function controllerOf({ loadBalancerController }: IstioMeshArgs): LoadBalancerController {
  return loadBalancerController ?? LoadBalancerController.AwsLoadBalancerController;
}
