import type { Tree } from "./input-value";
import type { Routing } from "./enums";

/** What a mode decides. Every mode fills in the same form. */
export interface ModeModule {
  /** The API that configures gateways unless the user sets another one. */
  readonly defaultRouting: Routing;
  /** Values that istiod needs in this mode. */
  readonly istiodRequirements: (options: ModeOptions) => Tree;
  /** Values that the CNI agent needs in this mode; undefined: no agent. */
  readonly cniRequirements: (options: ModeOptions) => Tree | undefined;
  /** Whether there is a proxy on each node. */
  readonly ztunnel: boolean;
}

export interface ModeOptions {
  readonly sidecarCni: boolean;
}
