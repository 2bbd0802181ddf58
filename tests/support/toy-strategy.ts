import { logicalNames } from "../../components/logical-names";
import type { IngressStrategyModule } from "../../components/ingress/strategies/strategy";
import type { StrategySettings } from "../../components/plan/ingress-settings";
import type { IngressStrategy } from "../../components/plan/enums";

// A strategy that nobody publishes, different from NLB and ALB wherever the two could be mistaken for all there is: a
// custom resource carries its address, its ports are neither 80 nor 443, it needs three zones and an IngressClass.

export interface ToyArgs {
  readonly size?: number;
}

export interface ToySettings extends StrategySettings {
  readonly size: number;
}

/** The enumeration of strategies is published, so that a strategy of tests is not in it. */
export const toyKind = "toy" as IngressStrategy;
const prefix = "toy.example.com/";
const claim = { apiVersion: "toy.example.com/v1", kind: "LoadBalancerClaim" } as const;
const traffic = { name: "tls", port: 15443 } as const;

export const toyStrategy: IngressStrategyModule<ToySettings, ToyArgs> = {
  kind: toyKind,
  title: "toy",
  loadBalancerType: "network",
  annotations: {
    prefix,
    known: ["scheme", "size", "tags", "node-labels"],
    pattern: /^x-/,
    tags: "tags",
    owned: { scheme: "scheme", size: "toy.size" },
    impossible: {},
    unread: () => undefined,
  },
  ownedAttributes: {},
  appendedAddresses: 2,
  forwardsHostnamesOnly: true,
  sharesService: true,
  requiredZones: 3,
  ingressClass: { name: "toys", controller: "toy.example.com/claims" },
  resolve: ({ size = 1 }) => ({ settings: { kind: toyKind, size }, problems: [], warnings: [] }),
  explainForeignBlock: () => "",
  sendsProxyProtocol: () => false,
  regionalArns: () => [],
  longestTimeoutSeconds: (interval) => interval - 5,
  nameInAws: () => undefined,
  checkBeside: () => [],
  planListeners: () => [{ name: "tls", port: 8443 }],
  listenerNames: () => ["TLS-8443"],
  planServers: ({ hostnames, tls: { secretName } }) => [
    { name: "https", port: traffic.port, protocol: "HTTPS", hosts: hostnames, redirect: false, secretName },
  ],
  planTargetRoute: () => "node-ports",
  planTargetPorts: () => [traffic, { name: "status-port", port: 15021 }],
  planDecryptedPorts: () => [],
  planAddress: ({ name }) => ({ logicalName: `claim-${name}`, ...claim, plural: "loadbalancerclaims", name }),
  planService: ({ ingress, gateway, sharedPorts, after }) =>
    ingress.service === ingress.name
      ? [
          {
            name: logicalNames.service(ingress.name),
            ...{ after, apiVersion: "v1", kind: "Service" },
            metadata: { name: ingress.name, namespace: gateway.namespace },
            body: { spec: { type: "NodePort", selector: gateway.selector, ports: sharedPorts } },
          },
        ]
      : [],
  planIngressObjects: ({ ingress, gateway, controller, tags, after }, { size }, { securityGroupId }) => [
    {
      name: `claim-${ingress.name}`,
      ...{ after: [...after, logicalNames.service(ingress.service)], ...claim },
      metadata: {
        name: ingress.name,
        namespace: gateway.namespace,
        annotations: {
          ...ingress.annotations,
          ...{ [`${prefix}scheme`]: ingress.scheme, [`${prefix}groups`]: securityGroupId },
          ...(controller === "eks-auto-mode" ? {} : { [`${prefix}tags`]: JSON.stringify(tags) }),
        },
      },
      body: { spec: { size, service: ingress.service } },
      replaceOnChanges: [`metadata.annotations["${prefix}scheme"]`],
    },
  ],
  planWebAcls: () => [],
};
