import { valueAt } from "../../inputs/path";
import type { Tree } from "../../plan/input-value";
import { flattened } from "./values/flattened-values";

/** Where the control plane is, for profile remote. One is enough. */
export interface RemoteAddresses {
  /** Of istiod; the chart makes a Service `istiod` that leads there. */
  readonly service: unknown;
  /** Of its webhook alone; then there is no Service. */
  readonly injection: unknown;
}

export function remoteAddresses(istiod: Tree): RemoteAddresses {
  return {
    service: valueAt(flattened(istiod, "pilot"), ["global", "remotePilotAddress"]),
    injection: valueAt(flattened(istiod, "pilot"), ["istiodRemote", "injectionURL"]),
  };
}

/** What of a remote control plane the chart makes here after all, because the user's values set it. */
export interface RemoteParts {
  /** An istiod that only injects; the chart reads how it runs. */
  readonly injector: boolean;
  /** The mesh configuration, which an istiod elsewhere reads in this cluster. */
  readonly meshConfig: boolean;
}

export function remoteParts(istiod: Tree): RemoteParts {
  return {
    injector: valueAt(flattened(istiod, "pilot"), ["istiodRemote", "enabledLocalInjectorIstiod"]) === true,
    meshConfig: valueAt(flattened(istiod, "pilot"), ["configMap"]) === true,
  };
}
