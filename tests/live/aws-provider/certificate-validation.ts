import type { ACMClient, CertificateDetail } from "@aws-sdk/client-acm";
import { describeCertificate } from "./certificate";
import { type Properties, list, requiredText } from "./properties";
import type { WaitOptions, ResourceKind } from "./resource-kind";
import { retry } from "./retry";

const seventyFiveMinutes = 4500;

/** Says "not yet" in the way of an error of AWS. */
class NotYetIssued extends Error {
  public override readonly name = "NotYetIssued";
}

/** `aws:acm/certificateValidation:CertificateValidation`: nothing in AWS, only a wait. */
export class CertificateValidationKind implements ResourceKind {
  public readonly replaceOn = ["certificateArn", "validationRecordFqdns"];
  public readonly computed = [];

  public constructor(private readonly acm: ACMClient) {}

  public async create(inputs: Properties, waitOptions: WaitOptions): Promise<string> {
    const arn = requiredText(inputs, "certificateArn");
    const options = { waitOptions, defaultSeconds: seventyFiveMinutes, codes: ["NotYetIssued"] };
    const issued = await retry(async () => this.issued(arn, list(inputs, "validationRecordFqdns")), options);
    return String(issued.IssuedAt?.toISOString());
  }

  public async read(_id: string, given: Properties): Promise<Properties | undefined> {
    const found = await describeCertificate(this.acm, requiredText(given, "certificateArn"));
    return found?.Status === "ISSUED" ? given : undefined;
  }

  /** Every input replaces it. */
  public async update(): Promise<void> {
    return Promise.resolve();
  }

  public async remove(): Promise<void> {
    return Promise.resolve();
  }

  private async issued(arn: string, fqdns: readonly string[]): Promise<CertificateDetail> {
    const found = await describeCertificate(this.acm, arn);
    if (found === undefined) throw new Error(`the certificate ${arn} does not exist`);
    const missing = missingRecords(found, fqdns);
    if (missing.length > 0) throw new Error(`missing ${missing.join(", ")} DNS validation record`);
    if (found.Status !== "ISSUED") throw new NotYetIssued(`the certificate ${arn} is ${String(found.Status)}`);
    return found;
  }
}

/** The names that ACM wants to see and that nobody has made. */
function missingRecords(
  { DomainValidationOptions = [] }: CertificateDetail,
  fqdns: readonly string[],
): readonly string[] {
  const given = new Set(fqdns.map((name) => name.replace(/\.$/, "")));
  const wanted = DomainValidationOptions.map(({ ResourceRecord }) => String(ResourceRecord?.Name).replace(/\.$/, ""));
  return wanted.filter((name) => !given.has(name));
}
