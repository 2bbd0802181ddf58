import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { inCache } from "../../build/cache";

/** A reference to a shape, with its name on the wire. */
export interface Member {
  readonly shape: string;
  readonly locationName?: string;
  /** Name in EC2's form, where it is not the capitalized `locationName`. */
  readonly queryName?: string;
  readonly location?: "uri" | "querystring" | "header" | "headers" | "statusCode";
}

export interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
  readonly member?: Member;
  readonly key?: Member;
  readonly value?: Member;
  readonly flattened?: boolean;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

export interface Operation {
  readonly name: string;
  readonly http: { readonly method: string; readonly requestUri: string };
  readonly input?: Member;
}

/** A service as botocore describes it (`service-2.json`). */
export interface ServiceModel {
  readonly metadata: { readonly protocol: "ec2" | "query" | "json" | "rest-json" | "rest-xml" };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** Folders of botocore's data, by the service's name in a signature. */
export const modelFolders: Readonly<Record<string, string>> = {
  ec2: "ec2",
  elasticloadbalancing: "elbv2",
  acm: "acm",
  route53: "route53",
  eks: "eks",
  wafv2: "wafv2",
  iam: "iam",
  sts: "sts",
};

const loaded = new Map<string, ServiceModel>();

/** The newest model of a service that botocore ships; undefined for a service that is not checked. */
export function serviceModel(service: string): ServiceModel | undefined {
  const folder = modelFolders[service];
  if (folder === undefined) return undefined;
  const known = loaded.get(service) ?? readModel(join(botocoreData(), folder));
  loaded.set(service, known);
  return known;
}

/** Where pip has put botocore in the Python part of the live tier. */
function botocoreData(): string {
  const lib = inCache("moto", "lib");
  const python = readdirSync(lib).find((name) => name.startsWith("python3"));
  return join(lib, String(python), "site-packages", "botocore", "data");
}

function readModel(folder: string): ServiceModel {
  const newest = readdirSync(folder).sort().slice(-1).join("");
  const plain = join(folder, newest, "service-2.json");
  const text = existsSync(plain) ? readFileSync(plain, "utf8") : gunzipSync(readFileSync(`${plain}.gz`)).toString();
  return JSON.parse(text) as ServiceModel;
}

/** @throws Error if a model refers to a shape that it does not have. */
export function shapeOf({ shapes }: ServiceModel, { shape }: Member): Shape {
  const found = shapes[shape];
  if (found === undefined) throw new Error(`the service model has no shape ${shape}`);
  return found;
}
