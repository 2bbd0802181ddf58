import assert from "node:assert/strict";
import { answered, type Reason, reasons, whenAnswered } from "../../cli/check/facts";
import { findingsOf } from "../../cli/check/finding";
import { clusterPlace, plainText, plainTexts, reasonText, whenKnown } from "../../cli/check/situation";
import { no, settingsOf } from "../support/situation";

const finding = findingsOf({
  name: "tea",
  title: "Tea",
  how: "taste it",
  kinds: { good: { level: "ok", what: "{a}{b}" } },
});
const place = { finding, where: "cup" };

describe("whenKnown", () => {
  it("checks what was answered", () => {
    const [found] = whenKnown(place, { a: answered("x"), b: answered(1) }, ({ a, b }) => [
      finding("good", "cup", { a, b }),
    ]);
    assert.equal(found?.what, "x1");
  });

  it("says once, with all reasons, what was not", () => {
    const questions = { a: no("aws", "late"), b: no("cluster", "credentials"), c: no("aws", "late"), d: answered(1) };
    const found = whenKnown(place, questions, () => assert.fail("it was checked"));
    assert.deepEqual(
      found.map(({ what }) => what),
      ["Not checked: AWS did not answer in time; the cluster refuses the credentials."],
    );
  });
});

describe("reasonText", () => {
  const texts: Readonly<Record<Reason, string>> = {
    "tool-missing": "aws was not found",
    unreachable: "AWS cannot be reached",
    credentials: "AWS refuses the credentials",
    forbidden: "AWS denied the request: it said no",
    late: "AWS did not answer in time",
    failed: "AWS answered: it said no",
    "not-asked": "AWS was not asked: it said no",
  };
  for (const reason of reasons) {
    it(`has words for ${reason}`, () => {
      assert.equal(reasonText(no("aws", reason).refusal), texts[reason]);
    });
  }

  it("calls the cluster's tool by its name", () => {
    assert.equal(reasonText(no("cluster", "tool-missing").refusal), "kubectl was not found");
  });
});

describe("plainText", () => {
  it("reads what is not encrypted", () => {
    assert.equal(plainText("a"), "a");
    assert.equal(plainText(Promise.resolve("a")), undefined);
  });
});

describe("plainTexts", () => {
  it("are all or none", () => {
    assert.deepEqual(plainTexts(["a", "b"]), ["a", "b"]);
    assert.deepEqual(plainTexts([]), []);
    assert.equal(plainTexts(["a", Promise.resolve("b")]), undefined);
  });
});

describe("clusterPlace", () => {
  it("names the cluster if it can", () => {
    assert.equal(clusterPlace(settingsOf()), "cluster prod");
    assert.equal(clusterPlace(settingsOf({ cluster: { name: Promise.resolve("prod") } })), "the cluster");
  });

  it("has no name for a cluster that is made in a program", () => {
    assert.equal(clusterPlace(settingsOf({ cluster: { eksCluster: { eksCluster: {} } } })), "the cluster");
  });
});

describe("whenAnswered", () => {
  it("goes on with an answer, and passes a refusal on", () => {
    const refusal = no("aws", "late");
    assert.deepEqual(
      whenAnswered(answered(1), (one) => one + 1),
      answered(2),
    );
    assert.equal(
      whenAnswered(refusal, () => 1),
      refusal,
    );
  });
});
