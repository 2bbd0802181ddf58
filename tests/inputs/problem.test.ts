import assert from "node:assert/strict";
import { problem, problemIf, problemsIn, problemsText } from "../../components/inputs/problem";

const complaint = { given: 0, allowed: "1 or more", suggestion: "raise it" };

describe("problem", () => {
  it("says where, what was given, what is allowed and what to do", () => {
    assert.deepEqual(problem("controlPlane.minReplicas", complaint), {
      path: "controlPlane.minReplicas",
      given: "0",
      allowed: "1 or more",
      suggestion: "raise it",
    });
  });

  it("hides what stands under a key that is kept secret", () => {
    assert.equal(problem("cluster.kubeconfig", { ...complaint, given: "apiVersion: v1" }).given, "[secret]");
  });
});

describe("problemIf", () => {
  it("is a problem only if the rule is broken", () => {
    assert.deepEqual(problemIf(true, "a", complaint), [problem("a", complaint)]);
    assert.deepEqual(problemIf(false, "a", complaint), []);
  });
});

describe("problemsIn", () => {
  it("names the whole of what is wrong where no part of it is", () => {
    assert.match(
      problemsIn("the facts", [problem("", complaint)]),
      /^1 problem in the facts\.\n\n {2}\(the whole block\)/,
    );
  });
});

describe("problemsText", () => {
  it("names file and line, and what stands there where YAML reads another value", () => {
    const source = { placeOf: () => "Pulumi.dev.yaml:7", writtenAt: () => "1.30" };
    const text = problemsText("mesh", [problem("istio.version", { ...complaint, given: 1.3 })], source);
    assert.match(text, /istio\.version \(Pulumi\.dev\.yaml:7\)\n {4}given {4}1\.30 \(read as 1\.3\)/);
  });

  it("says first how many there are and that nothing was made, then each with its four parts", () => {
    assert.equal(
      problemsText("mesh", [problem("a", complaint), problem("b", complaint)]),
      [
        '2 problems in the arguments of the mesh "mesh"; nothing was made.',
        "  a\n    given    0\n    allowed  1 or more\n    to do    raise it",
        "  b\n    given    0\n    allowed  1 or more\n    to do    raise it",
      ].join("\n\n"),
    );
  });

  it("counts a single problem as one", () => {
    assert.match(problemsText("mesh", [problem("a", complaint)]), /^1 problem in the arguments/);
  });

  it("has a name for the place of a problem of the whole", () => {
    assert.match(problemsText("mesh", [problem("", complaint)]), /^ {2}\(the whole block\)$/m);
  });
});
