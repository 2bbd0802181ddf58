import type { InputValue } from "./input-value";
import type { Planned } from "./planned";

/** A certificate to be issued by ACM and validated by DNS records in the zone. */
export interface CertificatePlan extends Planned {
  readonly ingress: string;
  readonly domains: readonly string[];
  /** The zone of the validation records, and the logical name of the provider that may write there. */
  readonly zoneId: InputValue;
  readonly zoneProvider: string | undefined;
  /** Logical name of the validation record by the domain it validates; a wildcard shares its parent's, and certificates of the same name share one. */
  readonly validationRecords: Readonly<Record<string, string>>;
  /** Logical name of the resource that waits until ACM has issued it. */
  readonly issuedName: string;
  readonly tags: Readonly<Record<string, InputValue>>;
}
