import * as pulumi from "@pulumi/pulumi";
import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { Answer } from "./example-facts";
import { placeholders } from "./placeholders";

/** One resource as the program registered it. */
export interface Recorded {
  readonly name: string;
  readonly type: string;
  readonly parent: string | null;
  /** Direct dependencies by logical name: explicit ones and those through inputs. */
  readonly dependsOn: readonly string[];
  readonly inputs: unknown;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface RecordingOptions {
  readonly answer: Answer;
  /** As `pulumi preview` sees it: what is computed is unknown. */
  readonly preview?: boolean;
  /** Arguments may be unknown, as in a preview; what is computed has its placeholder all the same. */
  readonly unknownArguments?: boolean;
  /** Receives what the program logs; without it the log is dropped, since a plan has its warnings. */
  readonly hear?: (line: string) => void;
}

/** Shown in place of a secret, wherever it stands. */
const secretText = "[secret]";
/** Shown in place of what nobody can know before it is made. */
const unknownText = "[unknown]";

/**
 * Runs a Pulumi program in this process against a monitor that writes down what the program registers.
 *
 * It is Pulumi's own mock monitor; the requests are listened to, because mocks do not see parents, dependencies and
 * options.
 */
export async function record(program: () => void, options: RecordingOptions): Promise<readonly Recorded[]> {
  const requests: RegisterResourceRequest[] = [];
  const preview = options.preview === true;
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const known = inputs as Readonly<Record<string, unknown>>;
        return preview
          ? { id: undefined, state: known }
          : { id: `<${name}.id>`, state: placeholders(type, name, known) };
      },
      call: ({ token, inputs }) => options.answer(token, inputs as Readonly<Record<string, unknown>>),
    },
    "istio-mesh",
    "plan",
    preview || options.unknownArguments === true,
  );
  listen(requests);
  await hearing(options.hear === undefined ? () => undefined : options.hear, async () => {
    program();
    await pulumi.runtime.disconnect();
  });
  return requests.map(recorded);
}

/** Without an engine Pulumi writes its log to the console. */
async function hearing(hear: (line: string) => void, run: () => Promise<void>): Promise<void> {
  const { warn } = console;
  console.warn = (line: unknown) => {
    hear(String(line).replace(/^warning: \[runtime\] /, ""));
  };
  try {
    await run();
  } finally {
    console.warn = warn;
  }
}

interface Listened {
  registerResource(request: RegisterResourceRequest, ...rest: unknown[]): unknown;
}

function listen(requests: RegisterResourceRequest[]): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as Listened;
  const original = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, ...rest) => {
    requests.push(request);
    return original(request, ...rest);
  };
}

function recorded(request: RegisterResourceRequest): Recorded {
  const parent = nameOf(request.getParent());
  return {
    name: request.getName(),
    type: request.getType(),
    parent: parent === "" ? null : parent,
    dependsOn: [...new Set(request.getDependenciesList().map(nameOf))].filter((name) => name !== parent),
    inputs: readable(request.getObject()?.toJavaScript()),
    options: optionsOf(request),
  };
}

/** The last part of a URN. */
function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function optionsOf(request: RegisterResourceRequest): Readonly<Record<string, unknown>> {
  const timeouts = request.getCustomtimeouts()?.toObject();
  const provider = request.getProvider() || request.getProvidersMap().get("kubernetes") || "";
  return onlySet({
    provider: provider === "" ? undefined : nameOf(provider.slice(0, provider.lastIndexOf("::"))),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    retainOnDelete: request.getRetainondelete(),
    protect: request.getProtect(),
    customTimeouts: onlySet({ create: timeouts?.create, update: timeouts?.update, delete: timeouts?.pb_delete }),
    aliases: request.getAliasesList().map(aliasOf),
    replaceOnChanges: request.getReplaceonchangesList(),
    ignoreChanges: request.getIgnorechangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    deletedWith: nameOf(request.getDeletedwith()),
  });
}

/** Without the members that the SDK leaves empty. */
function aliasOf(alias: Alias): Readonly<Record<string, unknown>> {
  const { urn, spec } = alias.toObject();
  return onlySet({ urn, spec: onlySet({ ...spec }) });
}

function onlySet(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const isSet = (value: unknown) =>
    value !== undefined &&
    value !== false &&
    value !== "" &&
    JSON.stringify(value) !== "{}" &&
    !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(options).filter(([, value]) => isSet(value)));
}

/** Inputs as one may print them: secrets hidden, unknowns named. */
export function readable(value: unknown): unknown {
  if (value === pulumi.runtime.unknownValue) return unknownText;
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  if (isSecret(value)) return secretText;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, readable(member)]));
}

/** Pulumi's envelope around a secret. */
function isSecret(value: object): boolean {
  return (value as Readonly<Record<string, unknown>>)[pulumi.runtime.specialSigKey] === pulumi.runtime.specialSecretSig;
}

/** What an output holds once everything is registered. */
export async function settled(output: unknown): Promise<unknown> {
  const all = pulumi.output(output) as unknown as SettledOutput;
  const [value, known, secret] = await Promise.all([all.promise(true), all.isKnown, all.isSecret]);
  if (!known) return unknownText;
  return secret ? secretText : readable(value);
}

/** What Pulumi's outputs have, though their public type does not say so. */
interface SettledOutput {
  promise(withUnknowns: boolean): Promise<unknown>;
  readonly isKnown: Promise<boolean>;
  readonly isSecret: Promise<boolean>;
}
