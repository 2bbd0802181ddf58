import type { AddressFacts, ByIngress } from "./front-door-plan";
import { enrolmentLabels } from "../modes";
import type { IngressSettings } from "../plan/ingress-settings";
import type { LateText, Leaf } from "../plan/leaf";
import type { IngressOutputsPlan, OutputsPlan } from "../plan/outputs";
import type { MeshSettings } from "../plan/settings";

/** What was made for the ingresses, as far as outputs tell of it. */
export interface FrontDoorsMade extends AddressFacts {
  readonly groups: ByIngress;
  readonly certificates: ByIngress;
}

/** Decides what the mesh tells: the first ingress is the one that `url` and `hostname` speak of. */
export function planOutputs(settings: MeshSettings, made: FrontDoorsMade): OutputsPlan {
  const { main, namespace } = settings.controlPlane;
  return {
    ingresses: settings.ingresses.flatMap((ingress) => ingressOutputs(settings, ingress, made)),
    namespace,
    version: main.version,
    revision: main.revision,
    enrolmentLabels: enrolmentLabels(settings.mode, main.revision),
  };
}

function ingressOutputs(settings: MeshSettings, ingress: IngressSettings, made: FrontDoorsMade): IngressOutputsPlan[] {
  const { name } = ingress;
  const [hostname, securityGroupId] = [made.hostnames[name], made.groups[name]];
  const gateway = settings.gateways.find((one) => one.name === ingress.gateway);
  if (hostname === undefined || securityGroupId === undefined || gateway === undefined) return [];
  return [
    {
      name,
      namespace: gateway.namespace,
      hostname,
      url: urlOf(ingress, hostname),
      securityGroupId,
      certificateArn: made.certificates[name],
    },
  ];
}

/** The address that people type: a name that leads there if there is one, else the load balancer's own. */
function urlOf({ tls, hostnames }: IngressSettings, hostname: Leaf): LateText {
  const scheme = tls.certificate === undefined && tls.secretName === undefined ? "http" : "https";
  const named = hostnames.find((host) => !host.startsWith("*."));
  return { concat: [`${scheme}://`, named === undefined ? hostname : named] };
}
