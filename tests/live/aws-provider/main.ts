import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { requireLoopback } from "../aws/loopback";
import { AwsProvider } from "./provider";
import { providerService } from "./service";

/** The engine learns the port from the first line of the output, and ends the plugin when it is done. */
function serve(): void {
  const provider = new AwsProvider(requireLoopback(process.env["AWS_ENDPOINT_URL"]), process.env["AWS_ACCESS_KEY_ID"]);
  const server = new Server();
  server.addService(ResourceProviderService, providerService(provider));
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`${port}\n`);
  });
}

/** An engine that was killed ends nobody, and this would stay for ever. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, 1000).unref();
}

try {
  serve();
  endWithParent();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
