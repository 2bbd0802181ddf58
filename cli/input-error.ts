/** Something the user gave that cannot be used; the message states what to do. */
export class InputError extends Error {}
