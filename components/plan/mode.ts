import type { Tree } from "./leaf";
import type { Routing } from "./words";

/** What a mode decides. Every mode fills in the same form. */
export interface ModeRoom {
  /** The API that configures gateways unless the user says otherwise. */
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
