import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import pc from "picocolors";
import { endOnFailedOutput, inColours, terminalColumns } from "../../cli/terminal";

/** Whether colours are written with these variables, on what is a terminal or not. */
function coloured(variables: Readonly<Record<string, string>>, isTTY: boolean | undefined): boolean {
  const kept = { env: process.env, isTTY: process.stdout.isTTY };
  process.env = { ...variables };
  process.stdout.isTTY = isTTY as boolean;
  try {
    return inColours();
  } finally {
    process.env = kept.env;
    process.stdout.isTTY = kept.isTTY;
  }
}

describe("inColours", () => {
  it("follows FORCE_COLOR, and NO_COLOR before it", () => {
    assert.equal(coloured({ FORCE_COLOR: "1" }, undefined), true);
    assert.deepEqual([coloured({ FORCE_COLOR: "0" }, true), coloured({ FORCE_COLOR: "false" }, true)], [false, false]);
    assert.equal(coloured({ FORCE_COLOR: "1", NO_COLOR: "1" }, true), false);
    assert.equal(coloured({ FORCE_COLOR: "1", NO_COLOR: "" }, undefined), true);
  });

  it("is for a terminal what the terminal can", () => {
    assert.equal(coloured({}, true), pc.isColorSupported);
  });

  it("is no for what is no terminal", () => {
    assert.equal(coloured({}, undefined), false);
    assert.equal(coloured({ FORCE_COLOR: "" }, false), false);
  });
});

describe("terminalColumns", () => {
  const columns = (variables: Readonly<Record<string, string>>, terminal: number | undefined) => {
    const kept = { env: process.env, isTTY: process.stdout.isTTY, columns: process.stdout.columns };
    process.env = { ...variables };
    Object.assign(process.stdout, { isTTY: terminal !== undefined, columns: terminal });
    try {
      return terminalColumns();
    } finally {
      process.env = kept.env;
      Object.assign(process.stdout, { isTTY: kept.isTTY, columns: kept.columns });
    }
  };

  it("are those of COLUMNS, else of the terminal, else 100", () => {
    assert.deepEqual([columns({ COLUMNS: "72" }, 120), columns({}, 120), columns({}, undefined)], [72, 120, 100]);
    assert.deepEqual([columns({ COLUMNS: "wide" }, 120), columns({ COLUMNS: "0" }, undefined)], [120, 100]);
  });
});

describe("endOnFailedOutput", () => {
  /** How the process would end after this error, and what it would say. */
  function endAfter(error: object): readonly [number, string] {
    const output = new EventEmitter();
    const said: string[] = [];
    const codes: number[] = [];
    const kept = { exit: process.exit, write: process.stderr.write };
    process.exit = ((code: number) => void codes.push(code)) as typeof process.exit;
    process.stderr.write = (text: string) => said.push(text) > 0;
    try {
      endOnFailedOutput(output as NodeJS.WriteStream);
      output.emit("error", error);
    } finally {
      process.exit = kept.exit;
      process.stderr.write = kept.write;
    }
    return [codes.at(0) ?? -1, said.join("")];
  }

  it("says what is wrong with a full disk", () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    const [code, said] = endAfter(full);
    assert.equal(code, 1);
    assert.match(said, /^The output cannot be written: ENOSPC/);
  });

  it("is silent where the reader has what it wants", () => {
    assert.equal(endAfter(Object.assign(new Error("EPIPE"), { code: "EPIPE" }))[0], 0);
  });
});
