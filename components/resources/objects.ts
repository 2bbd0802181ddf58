import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import { DaemonSetPatch } from "@pulumi/kubernetes/apps/v1/daemonSetPatch";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace";
import { NamespacePatch } from "@pulumi/kubernetes/core/v1/namespacePatch";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { Service } from "@pulumi/kubernetes/core/v1/service";
import { Ingress } from "@pulumi/kubernetes/networking/v1/ingress";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy";
import { IngressClass } from "@pulumi/kubernetes/networking/v1/ingressClass";
import { ConfigFile } from "@pulumi/kubernetes/yaml/v2/configFile";
import type * as pulumi from "@pulumi/pulumi";
import type { KubernetesObjectPlan, ManifestPlan, ObjectMetadata } from "../plan/kubernetes-object";
import { textOf } from "./interpolation";
import { ownedByUs } from "./field-manager";
import type { ResourceRegistry } from "./resource-registry";

type MakeKind = new (name: string, args: object, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/** Kinds with a resource of their own in Pulumi; every other is a custom resource. */
const kinds: Readonly<Record<string, MakeKind>> = {
  "v1/ConfigMap": ConfigMap,
  "v1/Namespace": Namespace,
  "v1/PersistentVolumeClaim": PersistentVolumeClaim,
  "v1/Secret": Secret,
  "v1/Service": Service,
  "networking.k8s.io/v1/Ingress": Ingress,
  "networking.k8s.io/v1/IngressClass": IngressClass,
  "networking.k8s.io/v1/NetworkPolicy": NetworkPolicy,
};

/** Kinds of objects of others in which single fields can be set. */
const patches: Readonly<Record<string, MakeKind>> = {
  "v1/Namespace": NamespacePatch,
  "apps/v1/DaemonSet": DaemonSetPatch,
};

export function makeObjects(registry: ResourceRegistry, plans: readonly KubernetesObjectPlan[]): void {
  for (const plan of plans) registry.add(plan.name, makeObject(registry, plan));
}

function makeObject(registry: ResourceRegistry, plan: KubernetesObjectPlan): pulumi.CustomResource {
  const { apiVersion, kind, body, timeoutMinutes, replaceOnChanges } = plan;
  const name = registry.nameOf(plan.name);
  const timeout = `${String(timeoutMinutes)}m`;
  const options = {
    ...registry.optionsInCluster(plan),
    ...(timeoutMinutes === undefined ? {} : { customTimeouts: { create: timeout, delete: timeout } }),
    // The name is fixed, so that the old one has to go first.
    ...(replaceOnChanges === undefined ? {} : { replaceOnChanges: [...replaceOnChanges], deleteBeforeReplace: true }),
  };
  const metadata = metadataOf(plan.metadata);
  const Patch = patches[`${apiVersion}/${kind}`];
  if (plan.patch === true && Patch !== undefined)
    return new Patch(
      name,
      { metadata: forced(metadata), ...body },
      { ...options, ...incomparable(body), ...wholeObject },
    );
  const Kind = kinds[`${apiVersion}/${kind}`];
  if (Kind === undefined)
    return new CustomResource(name, { apiVersion, kind, metadata: inBackground(metadata), ...body }, options);
  return new Kind(name, { metadata, ...body }, options);
}

/** The outputs of a patch are the whole object, with what others wrote into it; any of that may be secret. */
const wholeObject = { additionalSecretOutputs: ["metadata", "spec"] };

/**
 * The API server merges lists by the names of their entries, and Pulumi compares them by their places: it would patch
 * again at every `up`. So a patch of a `spec` stays as it was made.
 */
function incomparable(body: KubernetesObjectPlan["body"]): pulumi.CustomResourceOptions {
  return "spec" in body ? { ignoreChanges: ["spec"] } : {};
}

function metadataOf({ annotations, ...metadata }: ObjectMetadata) {
  if (annotations === undefined) return metadata;
  return {
    ...metadata,
    annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [key, textOf(value)])),
  };
}

/**
 * By default Pulumi deletes in the foreground: an object stays until the garbage collector has looked for dependents. The
 * collector learns of new kinds only every 30 seconds, and nothing that has to go first depends on a custom resource.
 *
 * Source: https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/#pulumicomdeletionpropagationpolicy
 */
export const backgroundDeletion = { "pulumi.com/deletionPropagationPolicy": "background" };

function inBackground(metadata: ReturnType<typeof metadataOf>) {
  const annotations = "annotations" in metadata ? metadata.annotations : {};
  return { ...metadata, annotations: { ...backgroundDeletion, ...annotations } };
}

/** Fields set by hand before, by another field manager, are the ones to be taken over: the user asked for it. */
function forced(metadata: ReturnType<typeof metadataOf>) {
  const annotations = "annotations" in metadata ? metadata.annotations : {};
  return { ...metadata, annotations: { ...annotations, "pulumi.com/patchForce": "true" } };
}

/**
 * Applies a manifest with a provider that takes over what is there already, since these objects are kept on destroy:
 * without it the next `up` would find its own objects and stop. Fields that someone else owns are still refused.
 */
export function makeManifests(
  registry: ResourceRegistry,
  plans: readonly ManifestPlan[],
  provider: () => pulumi.ProviderResource,
): void {
  for (const plan of plans) {
    const options = { ...registry.options(plan), provider: provider(), retainOnDelete: true, transforms: [ownedByUs] };
    registry.add(plan.name, new ConfigFile(registry.nameOf(plan.name), { file: plan.file }, options));
  }
}
