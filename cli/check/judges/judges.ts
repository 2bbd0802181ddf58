import type { Finding, Subject } from "../finding";
import type { Judge, Situation } from "../situation";
import { access, judgeAccess } from "./access";
import { certificateAuthority, judgeCertificateAuthority } from "./certificate-authority";
import { certificates, judgeCertificates } from "./certificates";
import { cluster, judgeCluster } from "./cluster";
import { controller, judgeController } from "./controller";
import { gatewayApi, judgeGatewayApi } from "./gateway-api";
import { gateways, judgeGateways } from "./gateways";
import { ingressClass, judgeIngressClass } from "./ingress-class";
import { istio, judgeIstio } from "./istio";
import { judgeLoadBalancers, loadBalancers } from "./load-balancers";
import { judgeNodes, nodes } from "./nodes";
import { judgeReleases, releases } from "./releases";
import { judgeSubnets, subnets } from "./subnets";
import { judgeTargets, targets } from "./targets";
import { judgeVpcCni, vpcCni } from "./vpc-cni";
import { judgeZones, zones } from "./zones";

/** A noun, and who judges it. */
export interface Check {
  readonly subject: Subject;
  readonly judge: Judge;
}

/** What must be right before an install, and stays worth a look after it. */
export const before: readonly Check[] = [
  { subject: access, judge: judgeAccess },
  { subject: cluster, judge: judgeCluster },
  { subject: controller, judge: judgeController },
  { subject: ingressClass, judge: judgeIngressClass },
  { subject: subnets, judge: judgeSubnets },
  { subject: nodes, judge: judgeNodes },
  { subject: vpcCni, judge: judgeVpcCni },
  { subject: gatewayApi, judge: judgeGatewayApi },
  { subject: istio, judge: judgeIstio },
  { subject: certificateAuthority, judge: judgeCertificateAuthority },
  { subject: certificates, judge: judgeCertificates },
  { subject: zones, judge: judgeZones },
];

/** What can only be seen of a mesh that is there. */
export const after: readonly Check[] = [
  { subject: releases, judge: judgeReleases },
  { subject: gateways, judge: judgeGateways },
  { subject: loadBalancers, judge: judgeLoadBalancers },
  { subject: targets, judge: judgeTargets },
];

/** Everything that is to be said. */
export function judgeAll(situation: Situation): readonly Finding[] {
  return [...before, ...after].flatMap(({ judge }) => judge(situation));
}
