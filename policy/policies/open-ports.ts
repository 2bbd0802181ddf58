import type { ResourceValidationPolicy } from "@pulumi/policy";
import { listAt, memberAt, textAt } from "./members";
import { type Violation, violationText } from "./violation";

export interface OpenPortsConfig {
  readonly allowedPorts: readonly number[];
}

/** One way in, however it is written down. */
export interface Opening {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly ranges: readonly string[];
}

/** The ways in that a resource opens to addresses. */
export function openingsOf(type: string, props: unknown): readonly Opening[] {
  switch (type) {
    case "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
      return [
        opening(
          props,
          "ipProtocol",
          ["cidrIpv4", "cidrIpv6"].map((key) => textAt(props, [key])),
        ),
      ];
    case "aws:ec2/securityGroupRule:SecurityGroupRule":
      return textAt(props, ["type"]) === "ingress" ? [opening(props, "protocol", blocks(props))] : [];
    case "aws:ec2/securityGroup:SecurityGroup":
    case "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup":
      return listAt(props, ["ingress"]).map((rule) => opening(rule, "protocol", blocks(rule)));
    default:
      return [];
  }
}

function blocks(rule: unknown): readonly string[] {
  return ["cidrBlocks", "ipv6CidrBlocks"].flatMap((key) => listAt(rule, [key]).map(String));
}

/** Reads the ports only of what is open to the internet: those of others may not be known yet. */
function opening(rule: unknown, protocol: string, ranges: readonly string[]): Opening {
  if (!ranges.some(isInternet)) return { protocol: "", from: 0, to: 0, ranges: [] };
  const all = textAt(rule, [protocol]) === "-1";
  const port = (key: string, otherwise: number) => {
    const given = memberAt(rule, [key]);
    return all || typeof given !== "number" || given < 0 ? otherwise : given;
  };
  return {
    protocol: textAt(rule, [protocol]),
    from: port("fromPort", 0),
    to: port("toPort", 65535),
    ranges: ranges.filter(isInternet),
  };
}

/** Whether a range is so wide that it is the internet: wider than any block that one owner has. Halves count, too. */
export function isInternet(range: string): boolean {
  const [address = "", prefix] = range.split("/");
  if (prefix === undefined) return false;
  return Number(prefix) < (address.includes(":") ? 16 : 8);
}

/** Checks one rule. */
export function openToTheInternet(opening: Opening, { allowedPorts }: OpenPortsConfig): Violation | undefined {
  const { protocol, from, to, ranges } = opening;
  const single = from === to && allowedPorts.includes(from) && protocol.toLowerCase() === "tcp";
  if (ranges.length === 0 || single) return undefined;
  const ports = from === to ? `port ${from}` : `ports ${from} to ${to}`;
  return {
    what: `A security group lets ${ranges.join(" and ")} in on ${protocol === "-1" ? "every protocol" : protocol}, ${ports}.`,
    allowed: `the internet on TCP ${allowedPorts.join(" and ")} only; narrower ranges on any port`,
    suggestion: "name the clients: allowedCidrs of the ingress, or the ranges of the rule",
  };
}

export const openPorts: ResourceValidationPolicy = {
  name: "istio-no-world-open-ports",
  description: "No security group is open to the internet, except the ports of web traffic.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: "Name the ranges that may come in.",
  configSchema: {
    properties: {
      allowedPorts: {
        type: "array",
        items: { type: "integer", minimum: 1, maximum: 65535 },
        default: [80, 443],
        description: "TCP ports that may be open to the internet.",
      },
    },
  },
  validateResource: (resource, report) => {
    for (const one of openingsOf(resource.type, resource.props)) {
      const violation = openToTheInternet(one, resource.getConfig<OpenPortsConfig>());
      if (violation !== undefined) report(violationText(violation));
    }
  },
};
