import { exampleFacts } from "../plan/example-facts";
import type { Lookup } from "./iam";

/** One example id in a policy: the line of a facts file that puts a real one in its place, and where to find that. */
interface Example {
  readonly id: string;
  readonly fact: string;
  readonly find: string;
}

/** What of the account was not said, so that examples stand for it. */
export interface Unsaid {
  readonly policy: string;
  readonly lookups: readonly Lookup[];
  /** Whether the region is an example too. */
  readonly region: boolean;
}

/** The warning about example ids in a policy, which AWS would accept and which would then allow nothing; none without. */
export function warnOfExamples({ policy, lookups, region }: Unsaid): readonly string[] {
  const examples = [...(region ? [exampleRegion()] : []), ...idsOf(lookups)].filter(({ id }) => policy.includes(id));
  if (examples.length === 0) return [];
  const lines = examples.map(({ fact, find }) => `    ${fact} # ${find}`);
  return [
    `${examples.map(({ id }) => id).join(", ")}: examples. The policy allows nothing on your own until you write them in a file ` +
      `for --facts:\n${lines.join("\n")}`,
  ];
}

function exampleRegion(): Example {
  const { region } = exampleFacts({});
  return { id: region, fact: "region: …", find: "or aws:region in the stack file, or AWS_REGION" };
}

function idsOf(lookups: readonly Lookup[]): readonly Example[] {
  const { vpcId, securityGroupId } = exampleFacts({});
  const find = "aws eks describe-cluster --name … --query cluster.resourcesVpcConfig";
  return [
    { id: vpcId, fact: "vpcId: …", find },
    { id: securityGroupId, fact: "securityGroupId: …", find },
    ...lookups
      .filter(({ token, answer }) => token.endsWith(":getZone") && /^ZEXAMPLE/.test(String(answer["zoneId"])))
      .map(({ inputs, answer }) => ({
        id: String(answer["zoneId"]),
        fact: `zones: { ${String(inputs["name"])}: … }`,
        find: "aws route53 list-hosted-zones",
      })),
  ];
}
