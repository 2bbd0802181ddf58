/** Where a pod is. */
export interface Place {
  readonly address: string;
  readonly hostAddress: string;
}
