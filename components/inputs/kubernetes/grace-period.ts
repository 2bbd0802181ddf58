/** Seconds between the end of the drain and the kill, in which Envoy and its agent end by themselves. */
const margin = 30;

/** The grace period of a gateway's pods, longer than their drain; undefined: what the chart, or Kubernetes, says. */
export function gracePeriod(drainSeconds: number | undefined): number | undefined {
  return drainSeconds === undefined ? undefined : drainSeconds + margin;
}
