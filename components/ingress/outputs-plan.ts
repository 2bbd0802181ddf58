import type { AddressFacts, ByIngress } from "./load-balancer-plan";
import { enrolmentLabels } from "../control-plane/modes";
import type { IngressSettings } from "../plan/ingress-settings";
import type { Interpolation, InputValue } from "../plan/input-value";
import type { IngressOutputsPlan, OutputsPlan } from "../plan/outputs";
import type { MeshSettings } from "../plan/settings";

/** What was made for the ingresses, as far as outputs tell of it. */
export interface CreatedLoadBalancers extends AddressFacts {
  readonly groups: ByIngress;
  readonly certificates: ByIngress;
}

/** Plans the outputs of the mesh: `url` and `hostname` are those of the first ingress. */
export function planOutputs(settings: MeshSettings, created: CreatedLoadBalancers): OutputsPlan {
  const { main, namespace } = settings.controlPlane;
  return {
    ingresses: settings.ingresses.flatMap((ingress) => ingressOutputs(settings, ingress, created)),
    namespace,
    version: main.version,
    revision: main.revision,
    enrolmentLabels: enrolmentLabels(settings.mode, main.revision),
  };
}

function ingressOutputs(
  settings: MeshSettings,
  ingress: IngressSettings,
  created: CreatedLoadBalancers,
): IngressOutputsPlan[] {
  const { name } = ingress;
  const [hostname, securityGroupId] = [created.hostnames[name], created.groups[name]];
  const gateway = settings.gateways.find((one) => one.name === ingress.gateway);
  if (hostname === undefined || securityGroupId === undefined || gateway === undefined) return [];
  return [
    {
      name,
      namespace: gateway.namespace,
      hostname,
      url: urlOf(ingress, hostname),
      securityGroupId,
      certificateArn: created.certificates[name],
    },
  ];
}

/** The address that people type: a name that leads there if there is one, else the load balancer's own. */
function urlOf({ tls, hostnames }: IngressSettings, hostname: InputValue): Interpolation {
  const scheme = tls.certificate === undefined && tls.secretName === undefined ? "http" : "https";
  const named = hostnames.find((host) => !host.startsWith("*."));
  return { concat: [`${scheme}://`, named === undefined ? hostname : named] };
}
