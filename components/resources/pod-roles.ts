import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import type { InputValue } from "../plan/input-value";
import type { PodRolePlan } from "../plan/pod-role";
import { namePrefix, roleName, rolePolicyName } from "./auto-names";
import { textOf } from "./interpolation";
import type { ResourceRegistry } from "./resource-registry";

/** Makes the roles, says what they may do, and gives them to the pods of their ServiceAccounts; their ARNs by logical name. */
export function makePodRoles(
  registry: ResourceRegistry,
  plans: readonly PodRolePlan[],
): Readonly<Record<string, InputValue>> {
  return Object.fromEntries(plans.map((plan) => [plan.name, makePodRole(registry, plan)]));
}

function makePodRole(registry: ResourceRegistry, plan: PodRolePlan): InputValue {
  const { description, trust, permissions, association, tags, permissionsBoundary } = plan;
  const options = registry.options(plan);
  const limited = permissionsBoundary === undefined ? {} : { permissionsBoundary };
  const trusted = { description, assumeRolePolicy: textOf(trust), tags: { ...tags } };
  const roleArgs = { ...trusted, ...limited, ...namePrefix(registry.nameOf(plan.name), roleName) };
  const role = registry.add(plan.name, new Role(registry.nameOf(plan.name), roleArgs, options));
  const document = { role: role.name, policy: textOf(permissions.document) };
  const policy = { ...document, ...namePrefix(registry.nameOf(permissions.name), rolePolicyName) };
  registry.add(permissions.name, new RolePolicy(registry.nameOf(permissions.name), policy, options));
  if (association !== undefined) {
    const { name, ...bearer } = association;
    const given = { ...bearer, roleArn: role.arn, tags: { ...tags } };
    registry.add(name, new PodIdentityAssociation(registry.nameOf(name), given, options));
  }
  return role.arn;
}
