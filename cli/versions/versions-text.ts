import {
  defaultIstioVersion,
  type IstioMinor,
  isNewer,
  istioMinors,
} from "../../components/control-plane/charts/versions";
import type { Published } from "./published-versions";
import type { VersionsFormat } from "./versions-format";

export interface VersionsReport {
  /** Version of istio-eks. */
  readonly version: string;
  readonly repository: string;
  readonly published: Published;
  readonly today: Date;
}

interface Row {
  readonly minor: string;
  /** The newest patch that istio-eks knows. */
  readonly known: string | null;
  /** The newest patch in the chart repository; null: not known. */
  readonly newest: string | null;
  readonly endOfSupport: string | null;
  readonly estimated: boolean;
  readonly supported: boolean | null;
  readonly kubernetes: string | null;
  readonly gatewayApi: string | null;
}

/** The versions of Istio, newest first. */
export function versionsText(report: VersionsReport, format: VersionsFormat): string {
  const { version, repository, published } = report;
  const rows = rowsOf(report);
  const reason = published.known ? null : published.reason;
  if (format === "json") {
    const json = {
      istioEks: version,
      defaultVersion: defaultIstioVersion,
      repository,
      notReached: reason,
      minors: rows,
    };
    return `${JSON.stringify(json, null, 2)}\n`;
  }
  const source =
    reason === null ? `newest: by ${repository}` : `newest: not known, ${repository} cannot be reached (${reason})`;
  const title = `istio-eks ${version}; istio.version is ${defaultIstioVersion} unless you set it`;
  return `${[title, "", ...tableOf(rows), "", source].join("\n")}\n`;
}

function rowsOf({ published, today }: VersionsReport): readonly Row[] {
  const versions = published.known ? published.versions : [];
  const newestOf = (minor: string) => versions.filter((one) => one.startsWith(`${minor}.`)).at(-1) ?? null;
  const known = istioMinors.map((row) => knownRow(row, newestOf(row.minor), today));
  const newer = minorsOf(versions).filter((minor) => isNewer(`${minor}.0`));
  const unknown = newer.map((minor) => ({
    ...{ minor, known: null, newest: newestOf(minor), endOfSupport: null, estimated: false, supported: null },
    ...{ kubernetes: null, gatewayApi: null },
  }));
  return [...known, ...unknown].reverse();
}

function knownRow(row: IstioMinor, newest: string | null, today: Date): Row {
  const { minor, newestPatch, endOfLife, estimated, kubernetes, gatewayApi } = row;
  return {
    ...{ minor, known: newestPatch, newest, endOfSupport: endOfLife, estimated },
    supported: today < new Date(`${endOfLife}T23:59:59Z`),
    ...{ kubernetes: `${kubernetes.from}-${kubernetes.to}`, gatewayApi },
  };
}

function minorsOf(versions: readonly string[]): readonly string[] {
  return [...new Set(versions.map((version) => version.replace(/\.\d+$/, "")))];
}

const headings = ["MINOR", "KNOWN", "NEWEST", "SUPPORTED UNTIL", "KUBERNETES", "GATEWAY API"];

function tableOf(rows: readonly Row[]): readonly string[] {
  const cells = rows.map(({ minor, known, newest, kubernetes, gatewayApi, ...support }) =>
    [minor, known, newest, untilOf(support), kubernetes, gatewayApi].map((cell) => cell ?? "-"),
  );
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.map((row) => String(row[column]).length)),
  );
  const lineOf = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(Number(widths[column]))).join("  ");
  return [headings, ...cells].map((row) => lineOf(row).trimEnd());
}

function untilOf({
  endOfSupport,
  estimated,
  supported,
}: Pick<Row, "endOfSupport" | "estimated" | "supported">): string {
  if (endOfSupport === null) return "-";
  const day = `${estimated ? "about " : ""}${endOfSupport}`;
  return supported === true ? day : `ended ${day}`;
}
