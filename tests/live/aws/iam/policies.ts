import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { inCache } from "../../build/cache";

const repository = resolve(__dirname, "..", "..", "..", "..");

/** The policy that the AWS Load Balancer Controller publishes with its releases (`docs/install/iam_policy.json`). */
export function controllerPolicy(): object {
  const path = join(repository, "examples", "node-groups", "load-balancer-controller-policy.json");
  return JSON.parse(readFileSync(path, "utf8")) as object;
}

/**
 * A policy that AWS manages, as moto carries it: `AmazonEKSLoadBalancingPolicy` is what EKS Auto Mode may do.
 * @throws Error if moto does not have it
 */
export function managedPolicy(name: string): object {
  const lib = inCache("moto", "lib");
  const python = readdirSync(lib).find((one) => one.startsWith("python3"));
  const file = join(lib, String(python), "site-packages", "moto", "iam", "aws_managed_policies.py");
  const text = readFileSync(file, "utf8");
  const all = JSON.parse(text.slice(text.indexOf('"""') + 3, text.lastIndexOf('"""'))) as Readonly<
    Record<string, { readonly Document: object } | undefined>
  >;
  const found = all[name];
  if (found === undefined) throw new Error(`moto has no managed policy ${name}`);
  return found.Document;
}
