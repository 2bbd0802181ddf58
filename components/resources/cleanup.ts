import { Command } from "@pulumi/command/local/command";
import * as pulumi from "@pulumi/pulumi";
import type { CleanupPlan } from "../plan/cleanup";
import type { Made } from "./made";

/** Seconds that the command gets beyond its own timeout, to tell what is still there. */
const lastWords = 120;

export function makeCleanups(made: Made, plans: readonly CleanupPlan[]): void {
  for (const plan of plans) makeCleanup(made, plan);
}

/** Makes the command. It has no triggers: they would replace it, and run its delete in the middle of an `up`. */
function makeCleanup(made: Made, plan: CleanupPlan): void {
  const joined = Object.entries(plan.joined).map(([key, leaves]) => [key, joinedText(leaves)]);
  made.add(
    plan.name,
    new Command(
      made.nameOf(plan.name),
      {
        create: plan.create,
        delete: plan.delete,
        interpreter: ["/bin/sh", "-c"],
        environment: { ...plan.environment, ...(Object.fromEntries(joined) as Record<string, pulumi.Input<string>>) },
        stdin: plan.kubeconfig,
        addPreviousOutputInEnv: false,
      },
      { ...made.options(plan), customTimeouts: { delete: `${plan.timeoutSeconds + lastWords}s` } },
    ),
  );
}

function joinedText(leaves: CleanupPlan["joined"][string]): pulumi.Input<string> {
  return leaves.length === 0 ? "" : pulumi.all([...leaves]).apply((texts) => texts.join(" "));
}
