import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import type { PodRolePlan } from "../plan/pod-role";
import { textOf } from "./late-text";
import type { Made } from "./made";

/** Makes the roles, says what they may do, and gives them to the pods of their ServiceAccounts. */
export function makePodRoles(made: Made, plans: readonly PodRolePlan[]): void {
  for (const plan of plans) makePodRole(made, plan);
}

function makePodRole(made: Made, plan: PodRolePlan): void {
  const { description, trust, permissions, association, tags } = plan;
  const options = made.options(plan);
  const args = { description, assumeRolePolicy: textOf(trust), tags: { ...tags } };
  const role = made.add(plan.name, new Role(made.nameOf(plan.name), args, options));
  const policy = { role: role.name, policy: textOf(permissions.document) };
  made.add(permissions.name, new RolePolicy(made.nameOf(permissions.name), policy, options));
  const { name, clusterName, namespace, serviceAccount } = association;
  const bearer = { clusterName, namespace, serviceAccount, roleArn: role.arn, tags: { ...tags } };
  made.add(name, new PodIdentityAssociation(made.nameOf(name), bearer, options));
}
