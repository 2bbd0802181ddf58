import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "../../cli/check/checks/checks";
import { currentCheckPage, readCheckPage } from "../support/check-page";
import { codeBlocks, root } from "../support/readme";

describe("docs/check.md", () => {
  it("reports every finding with its suggestion, as the command does today", () => {
    assert.equal(readCheckPage(), currentCheckPage(), "run `npm run golden`");
  });

  it("names each finding that asks for something", () => {
    const page = readCheckPage();
    const asking = [...before, ...after].flatMap(({ subject: { name, kinds } }) =>
      Object.entries(kinds).flatMap(([kind, { level }]) => (level === "ok" ? [] : [`\`${name}/${kind}\``])),
    );
    assert.ok(asking.length > 60, String(asking.length));
    assert.deepEqual(
      asking.filter((id) => !page.includes(id)),
      [],
    );
  });
});

describe("The rights that docs/permissions.md lists for the check", () => {
  /** IAM's names for services that the CLI calls otherwise. */
  const services: Readonly<Record<string, string>> = { elbv2: "elasticloadbalancing" };

  it("are those of the calls that it makes", () => {
    const source = readFileSync(join(root, "cli/check/gather/aws.ts"), "utf8");
    const calls = [...source.matchAll(/\.query\("(\w+)", "([a-z-]+)"/g)].map(([, service = "", action = ""]) => {
      const words = action.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
      return `${services[service] ?? service}:${words.join("")}`;
    });
    assert.ok(calls.length > 5);
    const [policy = "{}"] = codeBlocks("json", readFileSync(join(root, "docs/permissions.md"), "utf8"));
    const { Statement } = JSON.parse(policy) as { Statement: { Action: string[] }[] };
    assert.deepEqual(
      Statement.flatMap(({ Action }) => Action),
      [...calls].sort(),
    );
  });
});
