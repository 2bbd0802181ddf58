import type { IncomingHttpHeaders } from "node:http";

/** One request to AWS, understood as far as the proxy needs it. */
export interface Call {
  /** As in the signature: ec2, elasticloadbalancing, acm, route53, eks, … */
  readonly service: string;
  /** As in the signature, too. */
  readonly region: string;
  readonly accessKey: string;
  /** Name of the operation; for services that have none in the request, method and path. */
  readonly action: string;
  /** Parameters of the services that send a form. */
  readonly form: URLSearchParams;
  /** Body of the services that send JSON. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface RawCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export function readCall({ method, path, headers, body }: RawCall): Call {
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
  const [, accessKey = "unknown", region = "unknown", service = "unknown"] = scope;
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    const signed = { service, region, accessKey };
    return {
      ...signed,
      action: target.split(".").slice(-1).join(""),
      form: new URLSearchParams(),
      json: readJson(body),
    };
  }
  const form = new URLSearchParams(headers["content-type"]?.includes("form-urlencoded") === true ? body : "");
  const action = form.get("Action") ?? restAction(service, method, path);
  return { service, region, accessKey, action, form, json: {} };
}

function restAction(service: string, method: string, path: string): string {
  const [pathOnly = ""] = path.split("?");
  if (service === "eks" && method === "GET" && /^\/clusters\/[^/]+$/.test(pathOnly)) return "DescribeCluster";
  if (service === "route53" && /\/rrset\/?$/.test(pathOnly)) {
    return method === "GET" ? "ListResourceRecordSets" : "ChangeResourceRecordSets";
  }
  return `${method} ${pathOnly}`;
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

/** The members of a list in a form: `SecurityGroups.member.1`, `SecurityGroups.member.2`, … */
export function listOf(form: URLSearchParams, prefix: string): readonly string[] {
  const found = [...form.entries()].filter(([key]) => new RegExp(`^${prefix}\\.(member\\.)?\\d+$`).test(key));
  return found.map(([, value]) => value);
}
