import {
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  type RRType,
  type Route53Client,
} from "@aws-sdk/client-route-53";
import { type Properties, list, number, requiredText } from "./properties";
import type { ResourceKind } from "./resource-kind";
import { unlessGone } from "./retry";

interface Alias {
  readonly name: string;
  readonly zoneId: string;
  readonly evaluateTargetHealth: boolean;
}

/** `aws:route53/record:Record`, simple or alias. */
export class RecordKind implements ResourceKind {
  public readonly replaceOn = ["zoneId", "name", "type"];
  public readonly computed = ["fqdn"];

  public constructor(private readonly route53: Route53Client) {}

  public async create(inputs: Properties): Promise<string> {
    await this.change(inputs["allowOverwrite"] === true ? "UPSERT" : "CREATE", inputs);
    return `${requiredText(inputs, "zoneId")}_${plain(requiredText(inputs, "name"))}_${requiredText(inputs, "type")}`;
  }

  public async read(_id: string, given: Properties): Promise<Properties | undefined> {
    const found = await this.find(given);
    if (found === undefined) return undefined;
    const { AliasTarget: target, ResourceRecords: records = [] } = found;
    const [alias] = list<Alias>(given, "aliases");
    return {
      ...given,
      fqdn: plain(String(found.Name)),
      ...(target === undefined
        ? { records: records.map(({ Value }) => Value), ttl: found.TTL }
        : {
            aliases: [
              {
                name: sameHost(target.DNSName, alias?.name) ? alias?.name : plain(String(target.DNSName)),
                zoneId: target.HostedZoneId,
                evaluateTargetHealth: target.EvaluateTargetHealth,
              },
            ],
          }),
    };
  }

  public async update(_id: string, _previous: Properties, inputs: Properties): Promise<void> {
    await this.change("UPSERT", inputs);
  }

  public async remove(_id: string, state: Properties): Promise<void> {
    const found = await this.find(state);
    if (found === undefined) return;
    const Changes = [{ Action: "DELETE" as const, ResourceRecordSet: found }];
    const HostedZoneId = requiredText(state, "zoneId");
    await this.route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
  }

  private async change(Action: "CREATE" | "UPSERT", inputs: Properties): Promise<void> {
    const HostedZoneId = requiredText(inputs, "zoneId");
    const Changes = [{ Action, ResourceRecordSet: recordSet(inputs) }];
    await this.route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
  }

  private async find(state: Properties): Promise<ResourceRecordSet | undefined> {
    const HostedZoneId = requiredText(state, "zoneId");
    const answer = await unlessGone(
      this.route53.send(new ListResourceRecordSetsCommand({ HostedZoneId })),
      (code) => code === "NoSuchHostedZone",
    );
    const name = plain(requiredText(state, "name"));
    return answer?.ResourceRecordSets?.find(
      ({ Name, Type }) => plain(String(Name)) === name && Type === requiredText(state, "type"),
    );
  }
}

function recordSet(inputs: Properties): ResourceRecordSet {
  const [alias] = list<Alias>(inputs, "aliases");
  const records = list(inputs, "records").map((Value) => ({ Value }));
  return {
    Name: requiredText(inputs, "name"),
    Type: requiredText(inputs, "type") as RRType,
    ...(alias === undefined
      ? { TTL: number(inputs, "ttl"), ResourceRecords: records }
      : {
          AliasTarget: {
            DNSName: alias.name,
            HostedZoneId: alias.zoneId,
            EvaluateTargetHealth: alias.evaluateTargetHealth,
          },
        }),
  };
}

/** Route 53 writes a wildcard as an octal number, and ends every name with a dot. */
function plain(name: string): string {
  return name.replace(/\.$/, "").replace("\\052", "*").toLowerCase();
}

function sameHost(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && plain(one) === plain(other);
}
