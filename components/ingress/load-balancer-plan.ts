import { strategyFor } from "./strategies";
import { planCertificate } from "./certificates/certificate-plan";
import { planRecords } from "./dns/record-plan";
import { dnsProviderOf } from "./dns/dns-providers-plan";
import { gatewayName } from "./gateways/gateways-plan";
import { afterNamespace } from "../control-plane/namespaces/namespaces-plan";
import { logicalNames } from "../logical-names";
import type { CertificatePlan } from "../plan/certificate";
import type { AliasRecordPlan } from "../plan/dns-record";
import type { ClusterFacts, IngressFacts, LoadBalancerType, NodePortQuestion, NodePorts } from "../plan/facts";
import type { IngressContext, TargetPort } from "../plan/ingress";
import type { IngressSettings } from "../plan/ingress-settings";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { InputValue } from "../plan/input-value";
import type { SecurityGroupPlan, SecurityGroupRulePlan } from "../plan/security-group";
import type { GatewaySettings } from "../plan/gateway-settings";
import type { MeshSettings } from "../plan/settings";
import type { WebAclPlan } from "../plan/web-acl";
import {
  planClientRules,
  planSecurityGroup,
  planTargetRules,
  type RuleContext,
  type Target,
} from "./clients/security-group-plan";

/** Input values by the name of the ingress they belong to. */
export type ByIngress<Value = InputValue> = Readonly<Record<string, Value>>;

/** Plans the certificates that are requested, by way of the zone that validates them. */
export function planCertificates({ ingresses, tags }: MeshSettings, zones: ByIngress): readonly CertificatePlan[] {
  return ingresses.flatMap((ingress) => {
    const { name, tls } = ingress;
    if (tls.certificate?.kind !== "request") return [];
    const zoneProvider = dnsProviderOf(ingresses, ingress);
    return [planCertificate(name, tls.certificate.domains, { zoneId: inputValueOf(zones, name), zoneProvider, tags })];
  });
}

/** The certificates and zones that the user named; they need no look-up. */
export function givenCertificates({ ingresses }: MeshSettings): ByIngress {
  return Object.fromEntries(
    ingresses.flatMap(({ name, tls: { certificate } }) =>
      certificate?.kind === "arn" ? [[name, certificate.arn]] : [],
    ),
  );
}

export function givenZones({ ingresses }: MeshSettings): ByIngress {
  return Object.fromEntries(
    ingresses.flatMap(({ name, dns }) => (dns?.zone.kind === "id" ? [[name, dns.zone.id]] : [])),
  );
}

/** The zones of their own in which certificates are validated. */
export function givenValidationZones({ ingresses }: MeshSettings): ByIngress {
  return Object.fromEntries(
    ingresses.flatMap(({ name, dns }) => (dns?.validationZone?.kind === "id" ? [[name, dns.validationZone.id]] : [])),
  );
}

/** Plans the web ACLs of the mesh's own. */
export function planWebAcls({ ingresses, tags }: MeshSettings): readonly WebAclPlan[] {
  return ingresses.flatMap((ingress) => strategyFor(ingress).planWebAcls(tags));
}

export function planSecurityGroups(settings: MeshSettings, facts: ClusterFacts): readonly SecurityGroupPlan[] {
  return settings.ingresses.map((ingress) => planSecurityGroup(ingress, facts, settings.tags));
}

function ruleContexts(settings: MeshSettings, facts: ClusterFacts, groups: ByIngress): readonly RuleContext[] {
  return settings.ingresses.map((ingress) => ({
    ingress,
    securityGroupId: inputValueOf(groups, ingress.name),
    facts,
    tags: settings.tags,
  }));
}

/** Plans the rules that need no Service: clients, and the way to the gateway's pods where it leads straight to them. */
export function planFirstRules(
  settings: MeshSettings,
  facts: ClusterFacts,
  groups: ByIngress,
): readonly SecurityGroupRulePlan[] {
  return ruleContexts(settings, facts, groups).flatMap((context) => {
    const strategy = strategyFor(context.ingress);
    const targets = strategy.targetRoute === "pods" ? strategy.targetPorts : [];
    return [...planClientRules(context, strategy.listeners), ...planTargetRules(context, targets)];
  });
}

/** Plans the rules for node ports, which Kubernetes picks when the Service is made. */
export function planNodePortRules(
  settings: MeshSettings,
  facts: ClusterFacts,
  created: { readonly groups: ByIngress; readonly nodePorts: ByIngress<NodePorts> },
): readonly SecurityGroupRulePlan[] {
  return ruleContexts(settings, facts, created.groups).flatMap((context) => {
    const strategy = strategyFor(context.ingress);
    if (strategy.targetRoute !== "node-ports") return [];
    return planTargetRules(
      context,
      strategy.targetPorts.flatMap(nodePortOf(created.nodePorts[context.ingress.service])),
    );
  });
}

function nodePortOf(nodePorts: NodePorts | undefined) {
  return (target: TargetPort): readonly Target[] => {
    const port = nodePorts?.[target.name];
    return port === undefined ? [] : [{ ...target, port }];
  };
}

/** Which node ports of which Services the rules will need, by the ingress whose Service it is. */
export function neededNodePorts(settings: MeshSettings): ByIngress<NodePortQuestion> {
  const behindNodePorts = settings.ingresses.filter((ingress) => strategyFor(ingress).targetRoute === "node-ports");
  return Object.fromEntries(
    behindNodePorts.map(({ service }) => [
      service,
      { service: logicalNames.service(service), ports: sharedPortsOf(service, settings).map(({ name }) => name) },
    ]),
  );
}

/** The ports that a Service carries for all ingresses that use it. */
function sharedPortsOf(service: string, settings: MeshSettings): readonly TargetPort[] {
  const ports = settings.ingresses
    .filter((ingress) => ingress.service === service)
    .flatMap((one) => strategyFor(one).targetPorts);
  const byName = new Map(ports.map((port) => [port.name, port]));
  return [...byName.values()].sort((one, other) => one.port - other.port);
}

/** What Services and Ingresses need that is known only once other resources are created. */
export interface LoadBalancerFacts {
  readonly cluster: ClusterFacts;
  readonly groups: ByIngress;
  readonly certificates: ByIngress;
  readonly webAcls: ByIngress;
  /** Rules by ingress; the load balancer comes after them and goes before them. */
  readonly rules: readonly SecurityGroupRulePlan[];
}

export function planServices(settings: MeshSettings, facts: LoadBalancerFacts): readonly KubernetesObjectPlan[] {
  return loadBalancers(settings, facts).flatMap(({ ingress, context, ingressFacts }) =>
    strategyFor(ingress).planService(context, ingressFacts),
  );
}

export function planIngressObjects(settings: MeshSettings, facts: LoadBalancerFacts): readonly KubernetesObjectPlan[] {
  return loadBalancers(settings, facts).flatMap(({ ingress, context, ingressFacts }) =>
    strategyFor(ingress).planIngressObjects(context, ingressFacts),
  );
}

interface LoadBalancer {
  readonly ingress: IngressSettings;
  readonly context: IngressContext;
  readonly ingressFacts: IngressFacts;
}

function loadBalancers(settings: MeshSettings, facts: LoadBalancerFacts): readonly LoadBalancer[] {
  const { controller, tags } = settings;
  return settings.ingresses.flatMap((ingress) => {
    const gateway = gatewayOf(settings, ingress);
    if (gateway === undefined) return [];
    const rules = facts.rules
      .map(({ name }) => name)
      .filter((name) => name.startsWith(logicalNames.rule(ingress.name, "")));
    const context = {
      ingress,
      gateway,
      controller,
      tags,
      sharedPorts: sharedPortsOf(ingress.service, settings),
      after: [...afterNamespace(settings, gateway.namespace), ...rules],
    };
    const ingressFacts = {
      clusterName: facts.cluster.name,
      securityGroupId: inputValueOf(facts.groups, ingress.name),
      certificateArn: facts.certificates[ingress.name],
      webAclArn: facts.webAcls[ingress.name],
    };
    return [{ ingress, context, ingressFacts }];
  });
}

function gatewayOf(settings: MeshSettings, ingress: IngressSettings): GatewaySettings | undefined {
  return settings.gateways.find(({ name }) => name === ingress.gateway);
}

/** Everything that the records are made from. */
export interface AddressFacts {
  /** Hostname of each ingress' load balancer. */
  readonly hostnames: ByIngress;
  /** Hosted zones of the ingresses, and those of AWS' load balancers by type. */
  readonly zones: ByIngress;
  readonly loadBalancerZones: Readonly<Partial<Record<LoadBalancerType, InputValue>>>;
}

export function planAllRecords(settings: MeshSettings, facts: AddressFacts): readonly AliasRecordPlan[] {
  return settings.ingresses.flatMap((ingress, index) => {
    const zoneId = facts.zones[ingress.name];
    const { loadBalancerType } = strategyFor(ingress).module;
    const targetZone = facts.loadBalancerZones[loadBalancerType];
    const gateway = gatewayOf(settings, ingress);
    if (ingress.dns === undefined || zoneId === undefined || targetZone === undefined || gateway === undefined)
      return [];
    const target = { hostname: inputValueOf(facts.hostnames, ingress.name), zoneId: targetZone };
    return planRecords(ingress, ingress.dns, {
      zoneId,
      target,
      after: gatewayName(gateway),
      provider: dnsProviderOf(settings.ingresses, ingress),
      earlier: settings.ingresses.slice(0, index),
    });
  });
}

/** Logical name of the object in whose status each load balancer's hostname appears, by ingress. */
export function addressesOf(settings: MeshSettings): ByIngress<string> {
  return Object.fromEntries(
    settings.ingresses.map((ingress) => [ingress.name, strategyFor(ingress).address.logicalName]),
  );
}

/** An input value that an earlier stage created for each ingress. */
function inputValueOf(inputValues: ByIngress, name: string): InputValue {
  const inputValue = inputValues[name];
  if (inputValue === undefined)
    throw new Error(`istio-eks: nothing was made for "${name}" yet; this is a mistake in istio-eks`);
  return inputValue;
}
