import { DescribeCertificateCommand, type ACMClient } from "@aws-sdk/client-acm";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/** A local certificate authority that stands for the one of ACM: it signs what ACM says that it issued. */
export class Certificates {
  private readonly issued = new Map<string, Promise<CertificateFiles>>();

  private constructor(
    private readonly folder: string,
    private readonly acm: ACMClient,
  ) {}

  public static async create(folder: string, acm: ACMClient): Promise<Certificates> {
    mkdirSync(folder, { recursive: true });
    const certificates = new Certificates(folder, acm);
    await certificates.request("authority", "/CN=Local certificate authority", [
      ...["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"],
    ]);
    return certificates;
  }

  /** What a client trusts. */
  public get authority(): string {
    return readFileSync(join(this.folder, "authority.pem"), "utf8");
  }

  /** Certificate and key with the names that the certificate has in ACM. */
  public async of(arn: string): Promise<CertificateFiles> {
    const issued = this.issued.get(arn) ?? this.issue(arn, `certificate-${this.issued.size}`);
    // Known at once: several load balancers ask at the same time.
    this.issued.set(arn, issued);
    return issued;
  }

  /** Certificate and key for names that ACM knows nothing of. */
  public async sign(file: string, names: readonly string[]): Promise<CertificateFiles> {
    const authority = ["-CA", join(this.folder, "authority.pem"), "-CAkey", join(this.folder, "authority.key")];
    const alternative = ["-addext", `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}`];
    return this.request(file, "/CN=Load balancer", [...authority, ...alternative]);
  }

  private async issue(arn: string, file: string): Promise<CertificateFiles> {
    const { Certificate: found } = await this.acm.send(new DescribeCertificateCommand({ CertificateArn: arn }));
    const { DomainName = "", SubjectAlternativeNames = [] } = found ?? {};
    const names = [...new Set([DomainName, ...SubjectAlternativeNames])];
    return this.sign(file, names);
  }

  private async request(name: string, subject: string, more: readonly string[]): Promise<CertificateFiles> {
    const files = { certificate: join(this.folder, `${name}.pem`), key: join(this.folder, `${name}.key`) };
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", files.key];
    const request = ["req", "-x509", ...key, "-out", files.certificate, "-days", "30", "-subj", subject, ...more];
    await run("openssl", request);
    return files;
  }
}
