import type { Tree } from "../../plan/input-value";
import { Profile } from "../../plan/enums";

/** Values of the charts that a profile presets, below everything that is said. */
export interface Presets {
  readonly istiod: Tree;
  readonly cni: Tree;
  readonly ztunnel: Tree;
}

const small = { resources: { requests: { cpu: "10m", memory: "40Mi" } } };

const demo: Presets = {
  istiod: {
    meshConfig: { accessLogFile: "/dev/stdout" },
    traceSampling: 100,
    global: { proxy: small, waypoint: small },
  },
  cni: small,
  ztunnel: small,
};

/**
 * What the profile `demo` presets, in the words of the charts. Their own profile of that name would do for sidecar mode
 * only: a chart takes one profile, and ambient mode needs its own.
 *
 * Source: https://github.com/istio/istio/blob/master/manifests/helm-profiles/demo.yaml
 */
export function presets(profile: Profile): Presets {
  return profile === Profile.Demo ? demo : { istiod: {}, cni: {}, ztunnel: {} };
}
