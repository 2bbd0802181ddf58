import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { type Answer, answerWith, exampleFacts, type Facts } from "../../cli/plan/example-facts";
import { type Recorded, record } from "../../cli/plan/recording";
import { IstioMesh, type IstioMeshArgs } from "../../components";
import { type Combination, wholeMesh } from "./args";
import { withoutStacks } from "./quick";

/** One question to AWS, as the program asked it. */
export interface Lookup {
  readonly token: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Reference of the provider that was asked; empty: the default one. */
  readonly provider: string;
}

/** What a program registers, with ways to ask for single resources. */
export interface Recording {
  readonly resources: readonly Recorded[];
  readonly lookups: readonly Lookup[];
  /** What Pulumi would print as warnings. */
  readonly warnings: readonly string[];
  /** The one resource of this logical name. */
  readonly find: (name: string) => Recorded;
  /** Members of its inputs, by a path such as `spec.ports[0].port`. */
  readonly input: (name: string, path: string) => unknown;
  /** Its inputs as Pulumi sends them: secrets in their envelopes, unknown values as their sign. */
  readonly sent: (name: string) => Readonly<Record<string, unknown>>;
}

export interface RecordedMesh extends Recording {
  readonly mesh: IstioMesh;
}

export interface RecordingSettings {
  /** As `pulumi preview` sees it: what AWS and the cluster fill in is unknown. */
  readonly preview?: boolean;
  readonly facts?: Partial<Facts>;
  /** Answers look-ups in place of the plan command's examples. */
  readonly answer?: Answer;
  /** What resources of a type turn out to be, where the recorder's own placeholders do not do. */
  readonly states?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface RecordMeshOptions extends RecordingSettings {
  /** Options of the mesh. What they name must be made by the same program, hence a function. */
  readonly opts?: () => pulumi.ComponentResourceOptions;
}

const known = new Map<string, Promise<RecordedMesh>>();

/**
 * Registers a mesh called `mesh` against the recording monitor.
 *
 * The same plain arguments are recorded once for all tests, which only look at what they get.
 */
export function recordMesh(
  args: IstioMeshArgs | (() => IstioMeshArgs),
  options: RecordMeshOptions = {},
): Promise<RecordedMesh> {
  if (typeof args === "function" || Object.keys(options).length > 0 || holdsOutput(args)) {
    return recordAnew(args, options);
  }
  const key = JSON.stringify(args);
  const recording = known.get(key) ?? recordAnew(args, options);
  known.set(key, recording);
  return recording;
}

/** The whole mesh of a combination. */
export function recordWholeMesh(combination: Combination): Promise<RecordedMesh> {
  return recordMesh(wholeMesh(combination));
}

function holdsOutput(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return pulumi.Output.isInstance(value) || Object.values(value).some(holdsOutput);
}

async function recordAnew(
  args: IstioMeshArgs | (() => IstioMeshArgs),
  { opts, ...settings }: RecordMeshOptions,
): Promise<RecordedMesh> {
  const created: IstioMesh[] = [];
  const recording = await recordProgram(() => {
    created.push(new IstioMesh("mesh", typeof args === "function" ? args() : args, opts?.()));
  }, settings);
  const [mesh] = created;
  if (mesh === undefined) throw new Error("the mesh was not made");
  return { ...recording, mesh };
}

/** Registers whatever a program makes against the recording monitor. */
export async function recordProgram(program: () => void, settings: RecordingSettings = {}): Promise<Recording> {
  const requests: RegisterResourceRequest[] = [];
  const lookups: Lookup[] = [];
  const { answer = answerWith(exampleFacts(settings.facts ?? {})), preview = false, states = {} } = settings;
  const warnings: string[] = [];
  const listening = () => {
    listen({ requests, lookups, states });
    program();
  };
  const options = { answer, preview, hear: (line: string) => warnings.push(line) };
  const resources = await withoutStacks(() => record(listening, options));
  const find = (name: string) => onlyOne(resources, name, (resource) => resource.name);
  return {
    ...{ resources, lookups, warnings, find },
    input: (name, path) => memberAt(find(name).inputs, path),
    sent: (name) =>
      onlyOne(requests, name, (request) => request.getName())
        .getObject()
        ?.toJavaScript() ?? {},
  };
}

interface Listening {
  readonly requests: RegisterResourceRequest[];
  readonly lookups: Lookup[];
  readonly states: NonNullable<RecordingSettings["states"]>;
}

/** The monitor of Pulumi's mocks, as far as a recording needs it. */
interface Monitor {
  readonly mocks: pulumi.runtime.Mocks;
  registerResource(request: RegisterResourceRequest, ...rest: unknown[]): unknown;
}

/** Listens to the monitor that `record` has set up: what it shows to a reader is less than what a test must see. */
function listen({ requests, lookups, states }: Listening): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const { mocks } = monitor;
  const [register, make, call] = [
    monitor.registerResource.bind(monitor),
    mocks.newResource.bind(mocks),
    mocks.call.bind(mocks),
  ];
  monitor.registerResource = (request, ...rest) => {
    requests.push(request);
    return register(request, ...rest);
  };
  mocks.newResource = (args) => {
    const state = states[args.type];
    return state === undefined ? make(args) : { id: `<${args.name}.id>`, state: { ...args.inputs, ...state } };
  };
  mocks.call = (question) => {
    const { token, inputs, provider } = question;
    lookups.push({ token, inputs: inputs as Lookup["inputs"], provider: String(provider) });
    return call(question);
  };
}

function onlyOne<Item>(all: readonly Item[], name: string, nameOf: (item: Item) => string): Item {
  const [found, ...others] = all.filter((item) => nameOf(item) === name);
  if (found === undefined || others.length > 0) {
    throw new Error(`${found === undefined ? "no resource is" : "several resources are"} called ${name}`);
  }
  return found;
}

/** A member of a tree by a path such as `spec.ports[0].port`. */
export function memberAt(value: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((key) => key !== "")
    .reduce<unknown>(
      (at, key) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined),
      value,
    );
}
