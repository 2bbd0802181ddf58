import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../../cli/plan/plan";
import { valueAt } from "../../components/inputs/path";
import { differences } from "../support/difference";
import { expectedMembers, goldens, type Kept, keptFiles, keptOf, planScenario, scenarios } from "../support/golden";
import { orderOf } from "../support/order";

const rewrite = "If it is meant to be so, write the plans anew with `npm run golden` and review what changed.";

/** Fails with the smallest difference, and not with two long texts. */
function assertKept(name: string, kept: string, planned: string): void {
  if (kept === planned) return;
  const isJson = name.endsWith(".json");
  const [was, is] = [kept, planned].map((text) => (isJson ? (JSON.parse(text) as unknown) : text.trimEnd().split("\n")));
  const found = isJson ? differences(was, is) : lines(was as string[], is as string[]);
  const more = found.length > 12 ? [`… and ${found.length - 12} more`] : [];
  assert.fail([`${name} is another one now:`, ...found.slice(0, 12), ...more, "", rewrite].join("\n"));
}

function lines(was: readonly string[], is: readonly string[]): readonly string[] {
  const changed = [
    ...was.filter((line) => !is.includes(line)).map((line) => `- ${line}`),
    ...is.filter((line) => !was.includes(line)).map((line) => `+ ${line}`),
  ];
  return changed.length > 0 ? changed : ["the same lines in another order"];
}

function resourceInputs({ resources }: Plan, name: string): unknown {
  const found = resources.find((resource) => resource.name === name);
  assert.ok(found !== undefined, `there is no ${name}`);
  return found.inputs;
}

for (const scenario of scenarios()) {
  describe(`The plan of ${scenario.name}`, () => {
    let plan: Plan;
    let planned: Kept;

    before(async () => {
      plan = await planScenario(scenario);
      planned = keptOf(plan);
    });

    for (const file of keptFiles(scenario)) {
      it(`is the one in ${file}`, () => {
        assertKept(file, readFileSync(join(scenario.folder, file), "utf8"), planned[file]);
      });
    }

    for (const { it: title, resource, member, is, has = {} } of expectedMembers(scenario)) {
      it(title, () => {
        const inputs = resourceInputs(plan, resource);
        const single = Object.entries(has).map(([key, value]) => [[key], value] as const);
        const expected = member === undefined ? single : [...single, [member, is] as const];
        assert.ok(expected.length > 0, "neither member nor has");
        for (const [path, value] of expected) assert.deepEqual(valueAt(inputs, path), value, path.join("."));
      });
    }

    it("has no two resources of one name, and one that removes the load balancers first and alone", () => {
      const names = plan.resources.map(({ name }) => name);
      assert.equal(new Set(names).size, names.length);
      assert.deepEqual(orderOf(plan.resources).removal[0], ["mesh-cleanup"]);
    });
  });
}

describe("The golden plans", () => {
  it("are of the scenarios that there are, and of no other", () => {
    const folders = readdirSync(goldens, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(
      folders.map(({ name }) => name).sort(),
      scenarios()
        .map(({ name }) => name)
        .sort(),
    );
  });

  it("have something to hold each scenario against: the whole plan, or what it is about", () => {
    for (const scenario of scenarios()) {
      const files = scenario.isWhole ? ["plan.json", "resources.txt"] : ["expected.yaml", "resources.txt"];
      const found = readdirSync(scenario.folder).filter((file) => file !== "stack.yaml");
      assert.deepEqual(found.sort(), files, scenario.name);
      assert.ok(scenario.isWhole || expectedMembers(scenario).length > 0, scenario.name);
    }
  });

  it("say at the top of each stack file what its scenario is about", () => {
    for (const { name, stack } of scenarios()) assert.match(readFileSync(stack, "utf8"), /^# [A-Z]/, name);
  });
});

describe("differences", () => {
  it("tells the smallest places in which two plans differ", () => {
    const was = { resources: [{ name: "a", inputs: { x: 1, y: [1, 2] } }, { name: "gone" }], same: {} };
    const is = { resources: [{ name: "a", inputs: { x: 2, y: [1, 3] } }, { name: "new" }], same: {} };
    assert.deepEqual(differences(was, is), [
      "resources.a.inputs.x: was 1, is 2",
      "resources.a.inputs.y.1: was 2, is 3",
      'resources.gone: was {"name":"gone"}, is gone',
      'resources.new: was not there, is {"name":"new"}',
    ]);
  });

  it("tells another order of the same", () => {
    assert.deepEqual(differences([{ name: "a" }, { name: "b" }], [{ name: "b" }, { name: "a" }]), [": in another order"]);
    assert.deepEqual(differences({ a: 1 }, { a: 1 }), []);
  });
});

describe("A golden plan that differs", () => {
  it("fails with what differs and with the way to rewrite it", () => {
    assert.throws(
      () => assertKept("resources.txt", "a\nb\n", "a\nc\n"),
      (error: Error) => error.message === `resources.txt is another one now:\n- b\n+ c\n\n${rewrite}`,
    );
    assert.throws(
      () => assertKept("plan.json", '{"a":1}', '{"a":2}'),
      (error: Error) => error.message.includes("a: was 1, is 2"),
    );
  });
});
