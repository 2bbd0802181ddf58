import type { IngressArgs } from "./ingress-args";

/** One ingress as the user wrote it. */
export interface NamedIngress {
  readonly name: string;
  readonly path: string;
  readonly args: IngressArgs;
}
