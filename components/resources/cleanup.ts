import { Command } from "@pulumi/command/local/command";
import * as pulumi from "@pulumi/pulumi";
import type { CleanupPlan } from "../plan/cleanup";
import type { ResourceRegistry } from "./resource-registry";

/** Seconds that the command gets beyond its own timeout, to tell what is still there. */
const timeoutGrace = 120;

export function makeCleanups(registry: ResourceRegistry, plans: readonly CleanupPlan[]): void {
  for (const plan of plans) makeCleanup(registry, plan);
}

/** Makes the command. It has no triggers: they would replace it, and run its delete in the middle of an `up`. */
function makeCleanup(registry: ResourceRegistry, plan: CleanupPlan): void {
  const joined = Object.entries(plan.joined).map(([key, inputValues]) => [key, joinedText(inputValues)]);
  registry.add(
    plan.name,
    new Command(
      registry.nameOf(plan.name),
      {
        create: plan.create,
        delete: plan.delete,
        interpreter: ["/bin/sh", "-c"],
        environment: { ...plan.environment, ...(Object.fromEntries(joined) as Record<string, pulumi.Input<string>>) },
        stdin: plan.kubeconfig,
        addPreviousOutputInEnv: false,
      },
      { ...registry.options(plan), customTimeouts: { delete: `${plan.timeoutSeconds + timeoutGrace}s` } },
    ),
  );
}

function joinedText(inputValues: CleanupPlan["joined"][string]): pulumi.Input<string> {
  return inputValues.length === 0 ? "" : pulumi.all([...inputValues]).apply((texts) => texts.join(" "));
}
