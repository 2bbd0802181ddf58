import type { Region } from "@pulumi/aws";
import { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { AssumedRole, AwsProviderPlan } from "../plan/aws-provider";
import type { ResourceRegistry } from "./resource-registry";

/** The identity that assumes the roles. */
export interface BaseIdentity {
  readonly profile: string | undefined;
  /** Roles that it assumes itself, one after another. */
  readonly roles: readonly AssumedRole[];
}

/** Makes providers of AWS that act in a role, beginning from the stack's own identity; by logical name. */
export function makeAwsProviders(
  registry: ResourceRegistry,
  plans: readonly AwsProviderPlan[],
  { profile, roles }: BaseIdentity,
): Readonly<Record<string, pulumi.ProviderResource>> {
  return Object.fromEntries(
    plans.map((plan) => {
      const assumeRoles = [...roles, { roleArn: plan.roleArn }];
      const args = { region: plan.region as pulumi.Input<Region>, assumeRoles };
      const given = profile === undefined ? args : { ...args, profile };
      return [
        plan.name,
        registry.add(plan.name, new Provider(registry.nameOf(plan.name), given, registry.options(plan))),
      ];
    }),
  );
}
