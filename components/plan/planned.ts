import type { AnnotationValue } from "./input-value";

/** What every planned resource says, so that making is a fold over a list. */
export interface Planned {
  /**
   * The logical name without the mesh's: `service-istio-ingress`.
   * Contract: a change replaces the resource unless it comes with an alias.
   */
  readonly name: string;
  /** Names of what must exist before (and is removed after). */
  readonly after: readonly string[];
  /**
   * Names of what must exist before it is created and does not have to outlive it: the state records no dependency, so
   * that these do not wait for it on destroy.
   */
  readonly createdAfter?: readonly string[];
  /** Logical name of the provider that creates it, where that is not the one of all resources of its kind. */
  readonly provider?: string;
  /**
   * Logical names that the resource may have had before: Pulumi keeps the resource of such a name. Part of one may be an
   * id that is known later.
   */
  readonly formerNames?: readonly AnnotationValue[];
}
