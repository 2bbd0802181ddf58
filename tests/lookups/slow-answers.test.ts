import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { settled } from "../../cli/plan/recording";
import { reportIfSlow } from "../../components/lookups/slow-answers";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Somebody who tells soon, and what was told. */
function reporter(seconds: number) {
  const reported: string[] = [];
  return { reported, seconds, report: (text: string) => void reported.push(text) };
}

const what = "the cluster prod";

describe("tellIfSlow", () => {
  it("reports what is waited for, and hands the answer on", async () => {
    let answer: (text: string) => void = () => undefined;
    const asked = pulumi.output(new Promise<string>((resolve) => (answer = resolve)));
    const soon = reporter(0.01);
    const heard = reportIfSlow(asked, { what, question: "prod", options: {} }, soon);
    await pause(100);
    answer("found");
    assert.equal(await settled(heard), "found");
    assert.deepEqual(soon.reported, ["still waiting for AWS to return the cluster prod"]);
  });

  it("says nothing of an answer that comes at once", async () => {
    const soon = reporter(0.05);
    const heard = reportIfSlow(pulumi.output("found"), { what, question: "prod", options: {} }, soon);
    assert.equal(await settled(heard), "found");
    await pause(150);
    assert.deepEqual(soon.reported, []);
  });

  it("does not blame AWS while what is asked about is still being made", async () => {
    let name: (text: string) => void = () => undefined;
    const question = pulumi.output(new Promise<string>((resolve) => (name = resolve)));
    const asked = question.apply((text) => `${text}, found`);
    const soon = reporter(0.05);
    const heard = reportIfSlow(asked, { what, question, options: {} }, soon);
    await pause(150);
    name("prod");
    assert.equal(await settled(heard), "prod, found");
    await pause(150);
    assert.deepEqual(soon.reported, []);
  });

  it("keeps a secret one", async () => {
    const heard = reportIfSlow(pulumi.secret("hidden"), { what, question: "prod", options: {} });
    assert.ok(await pulumi.isSecret(heard));
  });
});
