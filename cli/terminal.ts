import pc from "picocolors";

/**
 * Whether to write colours. FORCE_COLOR asks for them where there is no terminal, or, as 0 or false, refuses them; NO_COLOR
 * refuses them in any case.
 */
export function inColours(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  // Its type does not know that it is undefined where there is no terminal.
  const stdout: { readonly isTTY?: boolean } = process.stdout;
  if (FORCE_COLOR === undefined || FORCE_COLOR === "") return stdout.isTTY === true && pc.isColorSupported;
  return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
}

/** Columns of a line where nothing shows how many there are. */
export const usualColumns = 100;

/** Columns of the terminal: those of COLUMNS, else what the terminal has. */
export function terminalColumns(): number {
  const given = Number(process.env["COLUMNS"]);
  if (Number.isInteger(given) && given > 0) return given;
  return process.stdout.isTTY ? process.stdout.columns : usualColumns;
}

/** Ends with a message, and no stack trace, where the output cannot be written: a full disk, a reader that has gone. */
export function endOnFailedOutput(output: NodeJS.WriteStream): void {
  output.on("error", (error: NodeJS.ErrnoException) => {
    // `istio-eks plan | head` has all that it wants.
    if (error.code === "EPIPE") process.exit(0);
    process.stderr.write(`The output cannot be written: ${error.message}\n`);
    process.exit(1);
  });
}
