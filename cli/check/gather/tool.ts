import { execFile } from "node:child_process";
import { answered, type QueryResult, type Party, refused } from "../facts";
import { lastLine, reasonIn } from "../meaning";

/** How to run the tools that the mesh itself needs. */
export interface Tools {
  readonly kubectl: string;
  readonly aws: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly timeoutSeconds: number;
}

/** The environment of tools that find their AWS credentials with this profile; undefined: as they find them by themselves. */
export function environmentOf(profile: string | undefined): NodeJS.ProcessEnv {
  return { ...process.env, ...(profile === undefined ? {} : { AWS_PROFILE: profile }), AWS_PAGER: "" };
}

export interface Question {
  readonly party: Party;
  readonly program: string;
  readonly args: readonly string[];
  /** What was asked, for people. */
  readonly text: string;
}

/** Runs a tool, and gives what it wrote; or why it did not. */
export function query({ party, program, args, text }: Question, tools: Tools): Promise<QueryResult<string>> {
  const options = { env: tools.environment, timeout: tools.timeoutSeconds * 1000, maxBuffer: 256 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) {
        resolve(answered(stdout));
        return;
      }
      const reported = stderr.trim() === "" ? error.message : stderr;
      const reason = error.code === "ENOENT" ? "tool-missing" : error.killed === true ? "late" : reasonIn(reported);
      resolve(refused({ party, reason, question: text, message: lastLine(reported) }));
    });
  });
}
