import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AwsClients, awsClients } from "./aws/clients";
import type { Principal } from "./aws/iam/principal";
import { type TestEnvAws, region, startAws } from "./test-env/aws";
import { removedWithUs } from "./test-env/ends-with-process";
import { freePort } from "./test-env/port";
import { Site } from "./test-env/site";
import { folderPrefix } from "./test-env/test-env";

/** An AWS without a cluster on it: a second to start. */
export interface AwsTrial extends TestEnvAws {
  /** Clients of somebody with these policies. */
  as(principal: Principal): AwsClients;
  close(): Promise<void>;
}

export async function startAwsTrial(clusterName = "live"): Promise<AwsTrial> {
  const site = new Site(mkdtempSync(join(tmpdir(), folderPrefix)));
  removedWithUs(site.folder);
  const model = { interfacesLingerSeconds: 0, provisioningSeconds: 0, tokensAccepted: true, strict: true };
  const started = await startAws(site, { clusterName, model, port: await freePort() });
  let keys = 0;
  return {
    ...started,
    as: (principal) => {
      const accessKey = `AKIATRIAL${++keys}`;
      started.proxy.principals.set(accessKey, principal);
      return awsClients({ endpoint: started.endpoint, region, accessKey });
    },
    close: async () => {
      started.proxy.close();
      await site.stop();
      rmSync(site.folder, { recursive: true, force: true });
    },
  };
}
