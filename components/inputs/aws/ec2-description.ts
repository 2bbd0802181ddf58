import type { Ec2Description } from "../../plan/security-group";

/**
 * A description with every character that EC2 refuses replaced by a space, cut at EC2's 255 characters.
 *
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html and API_IpRange.html
 */
export function ec2Description(text: string): Ec2Description {
  return text.replace(/[^a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]/g, " ").slice(0, 255) as Ec2Description;
}
