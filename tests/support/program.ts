import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { type Recording, type RecordingSettings, recordProgram } from "./recorded";

export interface RanProgram extends Recording {
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What the program threw, as Pulumi would print it. */
  readonly error: unknown;
}

export interface ProgramSettings extends RecordingSettings {
  readonly secretKeys?: readonly string[];
}

/** Runs `index.ts` as `pulumi up` does, with this configuration of its stack. */
export async function runProgram(
  config: Readonly<Record<string, unknown>>,
  { secretKeys = [], ...settings }: ProgramSettings = {},
): Promise<RanProgram> {
  let outputs: RanProgram["outputs"] = {};
  let error: unknown;
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const recording = await recordProgram(() => {
    pulumi.runtime.setAllConfig(Object.fromEntries(texts) as Record<string, string>, [...secretKeys]);
    try {
      outputs = loadAnew("../../index") as RanProgram["outputs"];
    } catch (thrown) {
      error = thrown;
    }
  }, settings);
  pulumi.runtime.setAllConfig({}, []);
  return { ...recording, outputs, error };
}

const load = createRequire(__filename);

/** A program runs when it is loaded, and only the first time, unless it is forgotten before. */
function loadAnew(file: string): unknown {
  const { cache } = load;
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete cache[load.resolve(file)];
  return load(file);
}
