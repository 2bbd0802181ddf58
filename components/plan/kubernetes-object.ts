import type { AnnotationValue, Tree } from "./input-value";
import type { Planned } from "./planned";

/** One Kubernetes object. */
export interface KubernetesObjectPlan extends Planned {
  readonly apiVersion: string;
  readonly kind: string;
  /** Set single fields of an object that someone else owns, such as its labels, in place of making it. */
  readonly patch?: boolean;
  readonly metadata: ObjectMetadata;
  /** The rest of the object: `spec`, `data`, … */
  readonly body: Tree;
  /** How long AWS may take to make and to remove what stands behind the object; Pulumi's default is 10 minutes. */
  readonly timeoutMinutes?: number;
  /** Properties whose change is a new object and not another state of this one, as paths of Pulumi. */
  readonly replaceOnChanges?: readonly string[];
}

export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, AnnotationValue>>;
}

/** A manifest of many objects, such as the Gateway API's CustomResourceDefinitions. Kept when the mesh goes. */
export interface ManifestPlan extends Planned {
  /** URL or path. */
  readonly file: string;
}
