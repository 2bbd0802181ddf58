import { createReadStream, existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join, normalize } from "node:path";
import { inCache } from "../build/cache";
import { freePort } from "./port";

/** What others publish, on this machine: the charts of Istio and the definitions of the Gateway API. */
export class RepositoryServer {
  private readonly server: Server;

  private constructor(private readonly port: number) {
    this.server = createServer((request, response) => {
      const path = fileOf(String(request.url));
      if (path === undefined) {
        response.writeHead(404);
        response.end();
      } else {
        response.writeHead(200);
        createReadStream(path).pipe(response);
      }
    });
  }

  public static async start(): Promise<RepositoryServer> {
    const repository = new RepositoryServer(await freePort());
    await new Promise<void>((resolve) => repository.server.listen(repository.port, "127.0.0.1", resolve));
    return repository;
  }

  public get chartRepository(): string {
    return `http://127.0.0.1:${this.port}/charts`;
  }

  public get gatewayApiManifest(): string {
    return `http://127.0.0.1:${this.port}/gateway-api.yaml`;
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

function fileOf(url: string): string | undefined {
  const path = normalize(new URL(url, "http://127.0.0.1").pathname);
  const [, folder, file] = path.split("/");
  const found =
    folder === "charts" ? inCache("istio-charts", file ?? "") : folder === "gateway-api.yaml" ? bundle() : undefined;
  return found !== undefined && existsSync(found) ? found : undefined;
}

function bundle(): string {
  return join(inCache("files"), "gateway-api.yaml");
}
