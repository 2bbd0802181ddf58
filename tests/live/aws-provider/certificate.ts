import {
  type ACMClient,
  AddTagsToCertificateCommand,
  type CertificateDetail,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ListTagsForCertificateCommand,
  RemoveTagsFromCertificateCommand,
  RequestCertificateCommand,
} from "@aws-sdk/client-acm";
import { type Labels, type Properties, labels, list, requiredText } from "./properties";
import type { WaitOptions, ResourceKind } from "./resource-kind";
import { retry, unlessGone } from "./retry";

const twentyMinutes = 1200;

export async function describeCertificate(acm: ACMClient, arn: string): Promise<CertificateDetail | undefined> {
  const answer = await unlessGone(
    acm.send(new DescribeCertificateCommand({ CertificateArn: arn })),
    (code) => code === "ResourceNotFoundException",
  );
  return answer?.Certificate;
}

/** `aws:acm/certificate:Certificate`, requested and validated by DNS. */
export class CertificateKind implements ResourceKind {
  public readonly replaceOn = ["domainName", "subjectAlternativeNames", "validationMethod", "keyAlgorithm"];
  public readonly computed = ["arn", "domainValidationOptions", "status", "tagsAll"];

  public constructor(private readonly acm: ACMClient) {}

  public async create(inputs: Properties): Promise<string> {
    const others = list(inputs, "subjectAlternativeNames");
    const Tags = tagList(labels(inputs));
    const { CertificateArn } = await this.acm.send(
      new RequestCertificateCommand({
        DomainName: requiredText(inputs, "domainName"),
        ValidationMethod: "DNS",
        ...(others.length === 0 ? {} : { SubjectAlternativeNames: [...others] }),
        ...(Tags.length === 0 ? {} : { Tags }),
      }),
    );
    return String(CertificateArn);
  }

  public async read(id: string, given: Properties): Promise<Properties | undefined> {
    const found = await describeCertificate(this.acm, id);
    if (found === undefined) return undefined;
    const { Tags = [] } = await this.acm.send(new ListTagsForCertificateCommand({ CertificateArn: id }));
    const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [String(Key), String(Value)]));
    return {
      arn: id,
      domainName: found.DomainName,
      // AWS lists the first domain here too.
      subjectAlternativeNames: given["subjectAlternativeNames"] ?? found.SubjectAlternativeNames,
      validationMethod: "DNS",
      status: found.Status,
      domainValidationOptions: (found.DomainValidationOptions ?? []).map(({ DomainName, ResourceRecord }) => ({
        domainName: DomainName,
        resourceRecordName: ResourceRecord?.Name,
        resourceRecordType: ResourceRecord?.Type,
        resourceRecordValue: ResourceRecord?.Value,
      })),
      tags,
      tagsAll: tags,
    };
  }

  public async update(id: string, previous: Properties, inputs: Properties): Promise<void> {
    const from = labels(previous);
    const to = labels(inputs);
    const gone = Object.keys(from).filter((Key) => !(Key in to));
    if (gone.length > 0) {
      const Tags = gone.map((Key) => ({ Key }));
      await this.acm.send(new RemoveTagsFromCertificateCommand({ CertificateArn: id, Tags }));
    }
    if (Object.keys(to).length > 0) {
      await this.acm.send(new AddTagsToCertificateCommand({ CertificateArn: id, Tags: tagList(to) }));
    }
  }

  public async remove(id: string, _state: Properties, waitOptions: WaitOptions): Promise<void> {
    const options = { waitOptions, defaultSeconds: twentyMinutes, codes: ["ResourceInUseException"] };
    await retry(async () => {
      const removal = this.acm.send(new DeleteCertificateCommand({ CertificateArn: id }));
      await unlessGone(removal, (code) => code === "ResourceNotFoundException");
    }, options);
  }
}

function tagList(tags: Labels) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
