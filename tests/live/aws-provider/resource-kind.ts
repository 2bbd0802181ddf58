import type { Properties } from "./properties";

/** How long a call may take, and whether somebody still waits for it. */
export interface WaitOptions {
  /** Seconds that the user has set, if any. */
  readonly seconds: number | undefined;
  readonly isCancelled: () => boolean;
}

/** One type of resource. Its state is what `read` says, on top of its inputs. */
export interface ResourceKind {
  /** Inputs that AWS cannot change in place. */
  readonly replaceOn: readonly string[];
  /** What AWS decides, so that it is unknown in a preview. */
  readonly computed: readonly string[];
  /** Fills in what the real provider fills in before anything is made. */
  check?(inputs: Properties, previous: Properties, name: string): Properties;
  /** Makes it; returns its id. */
  create(inputs: Properties, waitOptions: WaitOptions): Promise<string>;
  /** What is there; undefined if it is gone. Where AWS means the same with another spelling, the given one is kept. */
  read(id: string, given: Properties): Promise<Properties | undefined>;
  update(id: string, previous: Properties, inputs: Properties): Promise<void>;
  remove(id: string, state: Properties, waitOptions: WaitOptions): Promise<void>;
}
