import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import { repository } from "../live/engine/toolbox";
import type { Echo } from "./client/client";
import { missingOnMachine } from "./missing-parts";
import { describeUnlessMissing } from "./tier";

const guide = readFileSync(join(repository, "docs/how-to/local.md"), "utf8");

describeUnlessMissing("docs/how-to/local.md", missingOnMachine(), () => {
  it("leads a request through the mesh of a stack file, with the commands that it shows", async () => {
    const [, commands = ""] = /```sh\n(pulumi stack init[\s\S]*?)```/.exec(guide) ?? [];
    const folder = mkdtempSync(join(tmpdir(), "istio-eks-local-"));
    try {
      const project = parse(readFileSync(join(repository, "Pulumi.yaml"), "utf8")) as { readonly main: string };
      writeFileSync(join(folder, "Pulumi.yaml"), stringify({ ...project, main: join(repository, project.main) }));
      copyFileSync(join(repository, "examples/how-to/local/1-stack.yaml"), join(folder, "Pulumi.local.yaml"));
      const shell = ["run", "--silent", "live:up", "--", "--traffic", "--", "sh", "-ec", commands];
      const command = ["--prefix", repository, ...shell];
      const { stdout } = await promisify(execFile)("npm", command, { cwd: folder, maxBuffer: 20_000_000 });
      const echo = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Echo;
      assert.match(echo.pod, /^web-/);
      const [, shown = ""] = /```json\n([\s\S]*?)```/.exec(guide) ?? [];
      assert.deepEqual(
        Object.keys(JSON.parse(shown) as object).filter((key) => !Object.hasOwn(echo, key)),
        [],
      );
      assert.deepEqual([echo.path, echo.headers["x-forwarded-proto"]], ["/hello", "https"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
