import { InputError } from "./input-error";

/** Arguments that cannot be built; the message lists every problem. */
export class ArgumentsError extends InputError {}
