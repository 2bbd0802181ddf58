import * as loadBalancer from "./ingress/load-balancer-plan";
import { lookUpCertificates } from "./lookups/certificates";
import { configuredCredentials } from "./lookups/aws-credentials";
import { lookUpHostedZones, lookUpLoadBalancerZones } from "./lookups/hosted-zones";
import { planDnsProviders } from "./ingress/dns/dns-providers-plan";
import { planLookups } from "./ingress/lookups-plan";
import { planNamespaces } from "./control-plane/namespaces/namespaces-plan";
import { type CreatedLoadBalancers } from "./ingress/outputs-plan";
import { planNodePortPaths } from "./security/node-rules-plan";
import type { ClusterFacts } from "./plan/facts";
import type { MeshSettings } from "./plan/settings";
import { makeAwsProviders } from "./resources/aws-providers";
import { hostnamesOf, nodePortsOf } from "./resources/addresses";
import { makeCertificates } from "./resources/certificates";
import type { ResourceRegistry } from "./resources/resource-registry";
import { makeObjects } from "./resources/objects";
import { makeEastWest } from "./make-multi-cluster";
import { makeRules, makeSecurityGroups } from "./resources/security-groups";
import { makeWebAcls } from "./resources/web-acls";

/** Certificates, security groups, Services and Ingresses: the slow part of AWS, which waits for nothing of Istio. */
export function makeLoadBalancers(
  registry: ResourceRegistry,
  settings: MeshSettings,
  cluster: ClusterFacts,
): AllLoadBalancers {
  const lookups = planLookups(settings);
  const options = { parent: registry.parent };
  const providers = makeAwsProviders(registry, planDnsProviders(settings, cluster), configuredCredentials());
  const zones = { ...loadBalancer.givenZones(settings), ...lookUpHostedZones(lookups.zones, options, providers) };
  const validationZones = {
    ...loadBalancer.givenValidationZones(settings),
    ...lookUpHostedZones(lookups.validationZones, options, providers),
  };
  const loadBalancerZones = lookUpLoadBalancerZones(lookups, options);
  makeObjects(registry, planNamespaces(settings));
  const certificates = {
    ...loadBalancer.givenCertificates(settings),
    ...lookUpCertificates(lookups, options),
    ...makeCertificates(registry, loadBalancer.planCertificates(settings, { ...zones, ...validationZones })),
  };
  const groups = makeSecurityGroups(registry, loadBalancer.planSecurityGroups(settings, cluster));
  const firstRules = loadBalancer.planFirstRules(settings, cluster, groups);
  makeRules(registry, firstRules);
  makeRules(registry, planNodePortPaths(settings, cluster));
  const webAcls = makeWebAcls(registry, loadBalancer.planWebAcls(settings));
  const facts = { cluster, groups, certificates, webAcls };
  makeObjects(registry, loadBalancer.planServices(settings, { ...facts, rules: firstRules }));
  const nodePorts = nodePortsOf(registry, loadBalancer.neededNodePorts(settings));
  const nodePortRules = loadBalancer.planNodePortRules(settings, cluster, { groups, nodePorts });
  makeRules(registry, nodePortRules);
  makeObjects(
    registry,
    loadBalancer.planIngressObjects(settings, { ...facts, rules: [...firstRules, ...nodePortRules] }),
  );
  const eastWest = makeEastWest(registry, settings, cluster);
  const hostnames = hostnamesOf(registry, loadBalancer.addressesOf(settings));
  return { hostnames, zones, loadBalancerZones, groups, certificates, eastWest };
}

/** The load balancers of ingresses, and the one by which other clusters connect. */
export interface AllLoadBalancers extends CreatedLoadBalancers {
  readonly eastWest: ReturnType<typeof makeEastWest>;
}
