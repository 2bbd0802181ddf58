import { type Answer, answerWith, exampleFacts } from "../../../cli/plan/example-facts";
import { balancerZones } from "../aws/balancer-zones";
import type { Account } from "../test-env/account";
import { region } from "../test-env/aws";

/** Answers a plan's look-ups with what is in the account of a test environment. */
export function accountAnswers(account: Account, endpoint: string): Answer {
  const { vpcId, vpcCidr, clusterSecurityGroupId: securityGroupId, zones, certificates } = account;
  const facts = { region, vpcId, vpcCidr, securityGroupId, zones, certificates, endpoint };
  const loadBalancerZones = { ...balancerZones[region] };
  return answerWith(exampleFacts({ ...facts, loadBalancerZones }));
}
