import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import type { Leaf } from "../plan/leaf";
import type { PodRolePlan } from "../plan/pod-role";
import { namePrefix, roleName, rolePolicyName } from "./auto-names";
import { textOf } from "./late-text";
import type { Made } from "./made";

/** Makes the roles, says what they may do, and gives them to the pods of their ServiceAccounts; their ARNs by logical name. */
export function makePodRoles(made: Made, plans: readonly PodRolePlan[]): Readonly<Record<string, Leaf>> {
  return Object.fromEntries(plans.map((plan) => [plan.name, makePodRole(made, plan)]));
}

function makePodRole(made: Made, plan: PodRolePlan): Leaf {
  const { description, trust, permissions, association, tags } = plan;
  const options = made.options(plan);
  const trusted = { description, assumeRolePolicy: textOf(trust), tags: { ...tags } };
  const roleArgs = { ...trusted, ...namePrefix(made.nameOf(plan.name), roleName) };
  const role = made.add(plan.name, new Role(made.nameOf(plan.name), roleArgs, options));
  const document = { role: role.name, policy: textOf(permissions.document) };
  const policy = { ...document, ...namePrefix(made.nameOf(permissions.name), rolePolicyName) };
  made.add(permissions.name, new RolePolicy(made.nameOf(permissions.name), policy, options));
  if (association !== undefined) {
    const { name, ...bearer } = association;
    const given = { ...bearer, roleArn: role.arn, tags: { ...tags } };
    made.add(name, new PodIdentityAssociation(made.nameOf(name), given, options));
  }
  return role.arn;
}
