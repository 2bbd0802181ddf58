import {
  type ServerUnaryCall,
  type UntypedServiceImplementation,
  type sendUnaryData,
  status as codes,
} from "@grpc/grpc-js";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { version } from "@pulumi/aws/package.json";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Properties, fromStruct, isSame, toStruct } from "./properties";
import type { AwsProvider } from "./provider";

type Handler<Request, Response> = (call: ServerUnaryCall<Request, Response>, done: sendUnaryData<Response>) => void;

/** Turns a function into a handler of gRPC; its error becomes the text that the user reads. */
function handle<Request, Response>(
  work: (request: Request) => Promise<Response> | Response,
): Handler<Request, Response> {
  return ({ request }, done) => {
    const answering = async () => work(request);
    answering().then(
      (response) => done(null, response),
      (error: unknown) =>
        done({ code: codes.UNKNOWN, message: error instanceof Error ? error.message : String(error) }),
    );
  };
}

/** What the engine calls. Methods that are not here answer UNIMPLEMENTED, which the engine understands. */
export function providerService(provider: AwsProvider): UntypedServiceImplementation {
  return {
    getPluginInfo: handle(() => new plugin.PluginInfo().setVersion(version)),
    getSchema: handle(() => new rpc.GetSchemaResponse().setSchema(JSON.stringify({ name: "aws", version }))),
    checkConfig: handle((request: rpc.CheckRequest) => new rpc.CheckResponse().setInputs(request.getNews())),
    diffConfig: handle(() => new rpc.DiffResponse().setChanges(rpc.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: handle(async (request: rpc.ConfigureRequest) => configure(provider, request)),
    invoke: handle(async (request: rpc.InvokeRequest) => {
      const answer = await provider.invoke(request.getTok(), fromStruct(request.getArgs()));
      return new rpc.InvokeResponse().setReturn(toStruct(answer));
    }),
    check: handle((request: rpc.CheckRequest) => {
      const inputs = provider.check(urnOf(request), fromStruct(request.getNews()), fromStruct(request.getOlds()));
      return new rpc.CheckResponse().setInputs(toStruct(inputs));
    }),
    diff: handle((request: rpc.DiffRequest) => diff(provider, request)),
    create: handle(async (request: rpc.CreateRequest) => create(provider, request)),
    read: handle(async (request: rpc.ReadRequest) => read(provider, request)),
    update: handle(async (request: rpc.UpdateRequest) => update(provider, request)),
    delete: handle(async (request: rpc.DeleteRequest) => {
      await provider.remove(placeOf(request), fromStruct(request.getProperties()), request.getTimeout());
      return new Empty();
    }),
    cancel: handle(() => {
      provider.cancel();
      return new Empty();
    }),
  };
}

/**
 * Secrets are not accepted: the engine then takes them out before, and puts them back around the same properties of the
 * state, which is what a provider that knows no secrets of its own wants.
 */
async function configure(provider: AwsProvider, request: rpc.ConfigureRequest): Promise<rpc.ConfigureResponse> {
  await provider.configure(fromStruct(request.getArgs()));
  return new rpc.ConfigureResponse().setSupportspreview(true).setAcceptsecrets(false).setAcceptoutputs(false);
}

function diff(provider: AwsProvider, request: rpc.DiffRequest): rpc.DiffResponse {
  const previous = fromStruct(request.getOldInputs());
  const { changed, replaces } = provider.diff(urnOf(request), previous, fromStruct(request.getNews()));
  const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
  return new rpc.DiffResponse()
    .setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList([...changed])
    .setReplacesList([...replaces]);
}

async function create(provider: AwsProvider, request: rpc.CreateRequest): Promise<rpc.CreateResponse> {
  const inputs = fromStruct(request.getProperties());
  if (request.getPreview()) {
    return new rpc.CreateResponse().setProperties(toStruct(provider.foresee(urnOf(request), inputs)));
  }
  const { id, state } = await provider.create(urnOf(request), inputs, request.getTimeout());
  return new rpc.CreateResponse().setId(id).setProperties(toStruct(state));
}

async function read(provider: AwsProvider, request: rpc.ReadRequest): Promise<rpc.ReadResponse> {
  const inputs = fromStruct(request.getInputs());
  const state = fromStruct(request.getProperties());
  const found = await provider.read(placeOf(request), { ...state, ...inputs });
  if (found === undefined) return new rpc.ReadResponse();
  return new rpc.ReadResponse()
    .setId(request.getId())
    .setProperties(toStruct({ ...state, ...found }))
    .setInputs(toStruct(refreshed(inputs, found)));
}

/** The inputs that would make what is there. */
function refreshed(inputs: Properties, found: Properties): Properties {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => {
      const now = found[key];
      return [key, now === undefined || isSame(now, value) ? value : now];
    }),
  );
}

async function update(provider: AwsProvider, request: rpc.UpdateRequest): Promise<rpc.UpdateResponse> {
  const inputs = fromStruct(request.getNews());
  if (request.getPreview()) {
    const state = { ...fromStruct(request.getOlds()), ...inputs };
    return new rpc.UpdateResponse().setProperties(toStruct(state));
  }
  const state = await provider.update(placeOf(request), fromStruct(request.getOldInputs()), inputs);
  return new rpc.UpdateResponse().setProperties(toStruct(state));
}

function urnOf(request: { getUrn(): string }) {
  return { urn: request.getUrn() };
}

function placeOf(request: { getUrn(): string; getId(): string }) {
  return { urn: request.getUrn(), id: request.getId() };
}
