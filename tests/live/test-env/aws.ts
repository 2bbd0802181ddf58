import { type AwsClients, awsClients } from "../aws/clients";
import { controllerPolicy } from "../aws/iam/policies";
import { accessKeys } from "../aws/iam/principal";
import { startMoto } from "../aws/moto";
import { type AwsModel, AwsProxy } from "../aws/proxy";
import { type Account, seedAccount } from "./account";
import type { Site } from "./site";

/** The only region of a test environment. */
export const region = "eu-central-1";

/** The AWS of a test environment, with an account in which a cluster is. */
export interface TestEnvAws {
  readonly proxy: AwsProxy;
  readonly account: Account;
  /** Clients that may do everything, through the proxy. */
  readonly aws: AwsClients;
  readonly endpoint: string;
}

export interface AwsStart {
  readonly clusterName: string;
  readonly model: AwsModel;
  readonly port: number;
}

/** Starts moto and the proxy before it, and puts in what is there before any mesh. */
export async function startAws(site: Site, { clusterName, model, port }: AwsStart): Promise<TestEnvAws> {
  const motoPort = await startMoto(site);
  const moto = awsClients({ endpoint: `http://127.0.0.1:${motoPort}`, region });
  const proxy = new AwsProxy({ motoPort, moto, model, log: site.path("logs", "aws-calls.jsonl") });
  await proxy.listen(port);
  site.endsWith(() => proxy.close());
  const endpoint = `http://127.0.0.1:${port}`;
  const account = await seedAccount(moto, { clusterName, region, endpoint: `http://127.0.0.1:${motoPort}` });
  proxy.principals.set(accessKeys.loadBalancerController, {
    arn: "arn:aws:iam::123456789012:role/load-balancer-controller",
    tags: {},
    policies: [controllerPolicy()],
  });
  return { proxy, account, aws: awsClients({ endpoint, region }), endpoint };
}
