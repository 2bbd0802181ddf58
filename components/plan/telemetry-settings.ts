import type { ChartSettings } from "./addon-settings";
import type { AccessLogs } from "./enums";

/** Logs and traces of the whole mesh. */
export interface TelemetrySettings {
  /** Undefined: not set, and Istio's own mesh configuration decides. */
  readonly accessLogs: AccessLogs | undefined;
  readonly tracing: TracingSettings | undefined;
}

export interface TracingSettings {
  /** Percent of requests. */
  readonly samplingPercentage: number;
  readonly customTags: Readonly<Record<string, string>>;
  /** The Service that takes the spans by OTLP. */
  readonly collector: CollectorAddress;
  /** The collector that hands the spans to AWS X-Ray; none: someone else's takes them. */
  readonly xray: ChartSettings | undefined;
}

export interface CollectorAddress {
  /** Full name of the Service. */
  readonly service: string;
  readonly port: number;
}
