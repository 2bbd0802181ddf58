import type { Tree } from "../../plan/input-value";

/**
 * How a gateway's pods are exchanged: a new one is ready before an old one goes.
 *
 * By itself Kubernetes takes a quarter of them away first, rounded down, which from four pods on is one below the
 * minimum that was asked for.
 */
export const gatewayRollout: Tree = { rollingUpdate: { maxUnavailable: 0 } };
