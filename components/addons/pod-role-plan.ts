import { logicalNames } from "../logical-names";
import type { Interpolation, InputValue } from "../plan/input-value";
import type { PermissionsPlan, PodRolePlan } from "../plan/pod-role";
import type { AddonPlace } from "./addon-release";

/** The pods that get a role. */
export interface RoleBearer {
  /** Name of their add-on, as a part of logical names. */
  readonly addon: string;
  readonly description: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** One permission: actions on resources. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resource: InputValue;
}

/**
 * Plans a role that the pods of one ServiceAccount of this cluster may take, and nobody else: EKS passes the ServiceAccount
 * to IAM as session tags.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html and pod-id-abac.html
 */
export function planPodRole(bearer: RoleBearer, { actions, resource }: Permission, place: AddonPlace): PodRolePlan {
  const { addon, namespace, serviceAccount } = bearer;
  const name = logicalNames.podIdentity(addon);
  const association = { name, clusterName: place.clusterName, namespace, serviceAccount };
  return { ...planEksAddonRole(bearer, { actions, resource }, place), association };
}

/** Plans the same for pods of an add-on of EKS, which hands the role out itself. */
export function planEksAddonRole(
  bearer: RoleBearer,
  { actions, resource }: Permission,
  place: AddonPlace,
): PodRolePlan {
  const { addon } = bearer;
  const permissions: PermissionsPlan = {
    name: logicalNames.permissions(addon),
    document: jsonWith({ Effect: "Allow", Action: actions, Resource: deferred }, resource),
  };
  return { ...roleOf(bearer, place), permissions, association: undefined };
}

function roleOf({ addon, description, namespace, serviceAccount }: RoleBearer, place: AddonPlace) {
  const { clusterName, tags, permissionsBoundary } = place;
  const trust = jsonWith(
    {
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          "aws:RequestTag/eks-cluster-name": deferred,
          "aws:RequestTag/kubernetes-namespace": namespace,
          "aws:RequestTag/kubernetes-service-account": serviceAccount,
        },
      },
    },
    clusterName,
  );
  return { name: logicalNames.podRole(addon), after: [], description, trust, tags, permissionsBoundary };
}

/** A placeholder in a statement for an input value. */
const deferred = "\u0000";

/** A policy document with one statement, in which one text may be known later. None of them needs escaping. */
function jsonWith(statement: object, inputValue: InputValue): Interpolation {
  const [before = "", after = ""] = JSON.stringify({ Version: "2012-10-17", Statement: [statement] }).split("\\u0000");
  return { concat: [before, inputValue, after] };
}
