import { Addon } from "@pulumi/aws/eks/addon";
import * as pulumi from "@pulumi/pulumi";
import type { EksAddonPlan } from "../plan/eks-addon";
import type { ResourceRegistry } from "./resource-registry";

export function makeEksAddons(registry: ResourceRegistry, plans: readonly EksAddonPlan[]): void {
  for (const plan of plans)
    registry.add(plan.name, new Addon(registry.nameOf(plan.name), argsOf(plan), registry.options(plan)));
}

function argsOf({ clusterName, addonName, version, configuration, serviceAccount, roleArn, tags }: EksAddonPlan) {
  const isConfigured = Object.keys(configuration).length > 0;
  return {
    clusterName,
    addonName,
    ...(version === undefined ? {} : { addonVersion: version }),
    ...(isConfigured ? { configurationValues: pulumi.jsonStringify(configuration) } : {}),
    podIdentityAssociations: [{ serviceAccount, roleArn }],
    // What an earlier installation left behind is taken over.
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "OVERWRITE",
    tags: { ...tags },
  };
}
