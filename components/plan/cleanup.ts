import type { InputValue } from "./input-value";
import type { Planned } from "./planned";

/** The command that Pulumi runs first on destroy: remove the load balancers and wait until they are gone. */
export interface CleanupPlan extends Planned {
  readonly create: string;
  readonly delete: string;
  readonly environment: Readonly<Record<string, InputValue>>;
  /** Texts of the environment that are joined at the edge, with spaces. */
  readonly joined: Readonly<Record<string, readonly InputValue[]>>;
  readonly kubeconfig: InputValue;
  readonly timeoutSeconds: number;
}
