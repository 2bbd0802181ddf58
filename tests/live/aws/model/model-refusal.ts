import type { AwsFault } from "../answer";
import { type Violation, violations } from "./constraints";
import type { AwsRequest } from "./request";
import { serviceModel } from "./service-model";

/** The code with which a service refuses parameters that its model does not allow. */
const codes: Readonly<Record<string, string>> = {
  elasticloadbalancing: "ValidationError",
  iam: "ValidationError",
  sts: "ValidationError",
  acm: "ValidationException",
  wafv2: "ValidationException",
  eks: "InvalidParameterException",
  route53: "InvalidInput",
};

/** What AWS refuses before it looks at anything else: parameters that the service's model does not allow. */
export function modelRefusal(request: AwsRequest): AwsFault | undefined {
  const { service, operation, parameters, unknown } = request;
  const model = serviceModel(service);
  const input = model?.operations[operation]?.input;
  if (model === undefined || input === undefined) return undefined;
  const [unknownKey] = unknown;
  if (service === "ec2" && unknownKey !== undefined) {
    return fault("UnknownParameter", `The parameter ${unknownKey} is not recognized`);
  }
  const found = violations(model, input, parameters);
  const [first] = found;
  if (first === undefined) return undefined;
  return service === "ec2" ? ec2Fault(first) : fault(codes[service] ?? "ValidationException", sentence(found));
}

function ec2Fault({ kind, path, value, constraint }: Violation): AwsFault {
  return kind === "missing"
    ? fault("MissingParameter", `The request must contain the parameter ${path}`)
    : fault("InvalidParameterValue", `Value (${String(value)}) for parameter ${path} is invalid. ${constraint}`);
}

function sentence(found: readonly Violation[]): string {
  const count = found.length === 1 ? "1 validation error" : `${found.length} validation errors`;
  const each = found.map(
    ({ path, value, constraint }) =>
      `Value ${value === null ? "null" : `'${shown(value)}'`} at '${path}' failed to satisfy constraint: ${constraint}`,
  );
  return `${count} detected: ${each.join("; ")}`;
}

function shown(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function fault(code: string, message: string): AwsFault {
  return { status: 400, code, message };
}
