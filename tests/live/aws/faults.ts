import type { AwsFault } from "./answer";
import type { Call } from "./call";

/** What is to go wrong, and how often. Members that are left out fit every call. */
export interface Fault extends Partial<AwsFault> {
  readonly service?: string;
  readonly action?: string;
  /** How many calls; without it, every one until the faults are cleared. */
  readonly times?: number;
  /** Milliseconds before the answer. A fault without a code only delays. */
  readonly delay?: number;
}

/** The faults that tests ask for. */
export class Faults {
  private waiting: { readonly fault: Fault; left: number }[] = [];

  public add(fault: Fault): void {
    this.waiting.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  public clear(): void {
    this.waiting = [];
  }

  /** The fault that strikes this call, if one does. */
  public async strike(call: Call): Promise<AwsFault | undefined> {
    const found = this.waiting.find(({ fault, left }) => left > 0 && fits(fault, call));
    if (found === undefined) return undefined;
    found.left -= 1;
    const { delay, status = 400, code, message = "asked for by a test" } = found.fault;
    if (delay !== undefined) await new Promise((resolve) => setTimeout(resolve, delay));
    return code === undefined ? undefined : { status, code, message };
  }
}

function fits({ service, action }: Fault, call: Call): boolean {
  return (service === undefined || service === call.service) && (action === undefined || action === call.action);
}
