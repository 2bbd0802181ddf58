/** Something the user gave that cannot be used; the message tells what to do. */
export class InputError extends Error {}
