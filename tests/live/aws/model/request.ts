import type { Call, RawCall } from "../call";
import { formParameters } from "./form-parameters";
import { plainValue } from "./plain-value";
import { type Routed, routeOf } from "./routes";
import { type Member, type Operation, type ServiceModel, serviceModel, shapeOf } from "./service-model";
import { readXml, xmlParameters } from "./xml-parameters";

export type Members = Readonly<Record<string, unknown>>;

/** A request to AWS, read by the model of its service. */
export interface AwsRequest {
  readonly service: string;
  readonly operation: string;
  readonly parameters: Members;
  /** Parameters that the model does not have. */
  readonly unknown: readonly string[];
}

/** A request as its service reads it; undefined where the service, or the operation, has no model here. */
export function readRequest(raw: RawCall, call: Call): AwsRequest | undefined {
  const model = serviceModel(call.service);
  if (model === undefined) return undefined;
  const routed = isRest(model) ? routeOf(model, raw.method, raw.path) : undefined;
  const operation = routed?.operation ?? model.operations[call.action];
  if (operation === undefined) return undefined;
  const { service } = call;
  const { input, name } = operation;
  if (input === undefined) return { service, operation: name, parameters: {}, unknown: [] };
  if (routed !== undefined) {
    const parameters = {
      ...bodyParameters(model, input, raw.body),
      ...urlParameters(model, operation, { raw, routed }),
    };
    return { service, operation: name, parameters, unknown: [] };
  }
  if (model.metadata.protocol === "json") return { service, operation: name, parameters: call.json, unknown: [] };
  const { parameters, unknown } = formParameters(model, input, call.form);
  return { service, operation: name, parameters: parameters as Members, unknown };
}

function isRest({ metadata: { protocol } }: ServiceModel): boolean {
  return protocol === "rest-json" || protocol === "rest-xml";
}

function bodyParameters(model: ServiceModel, input: Member, body: string): Members {
  if (body === "") return {};
  if (model.metadata.protocol === "rest-json") return JSON.parse(body) as Members;
  const root = readXml(body);
  return root === undefined ? {} : (xmlParameters(model, input, root) as Members);
}

/** What stands in the path and in the query. */
function urlParameters(
  model: ServiceModel,
  { input }: Operation,
  { raw, routed }: { readonly raw: RawCall; readonly routed: Routed },
): Members {
  if (input === undefined) return {};
  const query = new URL(raw.path, "http://localhost").searchParams;
  const members = Object.entries(shapeOf(model, input).members ?? {}).flatMap(([name, member]) => {
    const key = member.locationName ?? name;
    const text = member.location === "uri" ? routed.uri[key] : query.get(key);
    if (text === undefined || text === null || (member.location !== "uri" && member.location !== "querystring")) {
      return [];
    }
    return [[name, plainValue(shapeOf(model, member).type, text)] as const];
  });
  return Object.fromEntries(members);
}
