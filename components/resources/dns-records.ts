import { Record as DnsRecord } from "@pulumi/aws/route53/record";
import type { AliasRecordPlan } from "../plan/dns-record";
import type { ResourceRegistry } from "./resource-registry";

export function makeRecords(registry: ResourceRegistry, plans: readonly AliasRecordPlan[]): void {
  for (const plan of plans) {
    const { zoneId, hostname, type, target, evaluateTargetHealth } = plan;
    const aliases = [{ name: target.hostname, zoneId: target.zoneId, evaluateTargetHealth }];
    registry.add(
      plan.name,
      new DnsRecord(registry.nameOf(plan.name), { zoneId, name: hostname, type, aliases }, registry.options(plan)),
    );
  }
}
