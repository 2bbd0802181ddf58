import type { Finding, Subject } from "../finding";
import type { CheckFunction, Situation } from "../situation";
import { access, checkAccess } from "./access";
import { certificateAuthority, checkCertificateAuthority } from "./certificate-authority";
import { certificates, checkCertificates } from "./certificates";
import { cluster, checkCluster } from "./cluster";
import { controller, checkController } from "./controller";
import { gatewayApi, checkGatewayApi } from "./gateway-api";
import { gateways, checkGateways } from "./gateways";
import { ingressClass, checkIngressClass } from "./ingress-class";
import { istio, checkIstio } from "./istio";
import { checkLoadBalancers, loadBalancers } from "./load-balancers";
import { checkNodes, nodes } from "./nodes";
import { checkPeers, peers } from "./peers";
import { checkReleases, releases } from "./releases";
import { checkSubnets, subnets } from "./subnets";
import { checkTargets, targets } from "./targets";
import { checkVpcCni, vpcCni } from "./vpc-cni";
import { checkZones, zones } from "./zones";

/** A subject, and the function that checks it. */
export interface Check {
  readonly subject: Subject;
  readonly check: CheckFunction;
}

/** What must be right before an install, and stays worth a look after it. */
export const before: readonly Check[] = [
  { subject: access, check: checkAccess },
  { subject: cluster, check: checkCluster },
  { subject: controller, check: checkController },
  { subject: ingressClass, check: checkIngressClass },
  { subject: subnets, check: checkSubnets },
  { subject: nodes, check: checkNodes },
  { subject: vpcCni, check: checkVpcCni },
  { subject: gatewayApi, check: checkGatewayApi },
  { subject: istio, check: checkIstio },
  { subject: certificateAuthority, check: checkCertificateAuthority },
  { subject: certificates, check: checkCertificates },
  { subject: zones, check: checkZones },
];

/** What can only be seen of a mesh that is there. */
export const after: readonly Check[] = [
  { subject: releases, check: checkReleases },
  { subject: gateways, check: checkGateways },
  { subject: loadBalancers, check: checkLoadBalancers },
  { subject: targets, check: checkTargets },
  { subject: peers, check: checkPeers },
];

/** Everything that is to be said. */
export function checkAll(situation: Situation): readonly Finding[] {
  return [...before, ...after].flatMap(({ check }) => check(situation));
}
