import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";

/**
 * The region in which the component makes what it makes in AWS, where the configuration of the stack has it. The one of an
 * explicit provider is known only during `up`.
 */
export function stackRegion(options: pulumi.ComponentResourceOptions = {}): string | undefined {
  const { provider, providers = {}, parent } = options;
  const named = Array.isArray(providers) ? {} : providers;
  const passed: readonly unknown[] = [provider, ...Object.values(providers)];
  const explicit = "aws" in named || passed.some((one) => Provider.isInstance(one));
  if (explicit || parent?.getProvider("aws:eks/getCluster:getCluster") !== undefined) return undefined;
  return new pulumi.Config("aws").get("region");
}
