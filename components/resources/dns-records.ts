import { Record as DnsRecord } from "@pulumi/aws/route53/record";
import type { AliasRecordPlan } from "../plan/dns-record";
import type { Made } from "./made";

export function makeRecords(made: Made, plans: readonly AliasRecordPlan[]): void {
  for (const plan of plans) {
    const { zoneId, hostname, type, target, evaluateTargetHealth } = plan;
    const aliases = [{ name: target.hostname, zoneId: target.zoneId, evaluateTargetHealth }];
    made.add(
      plan.name,
      new DnsRecord(made.nameOf(plan.name), { zoneId, name: hostname, type, aliases }, made.options(plan)),
    );
  }
}
