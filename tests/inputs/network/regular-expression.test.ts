import assert from "node:assert/strict";
import { literalPrefix, matchesPath, pathExpression } from "../../../components/inputs/network/regular-expression";
import { accepts } from "../../support/forms";

const suggestions = (...expressions: readonly string[]) => expressions.map((one) => pathExpression.check(one));

describe("pathExpression", () => {
  it("takes what Go's regexp takes: classes, groups, flags, repetitions", () => {
    accepts(
      pathExpression,
      "/v[0-9]+/.*",
      "(?i)/cart",
      "/(?i:cart)/x",
      "/(?P<a>x)y",
      "/(?<a>x)y",
      "/a\\d+\\w",
      "/a\\/b\\.c\\-d",
    );
    accepts(
      pathExpression,
      "/a*?",
      "/a{2,1000}",
      "/[\\d\\-x]",
      "\\A/a\\z",
      "/[[:alpha:]]+",
      "/(a|b)+",
      "/a{,5}",
      "/(?-i:a)",
      "^/a",
    );
  });

  it("refuses lookaround, back-references and escapes that RE2 does not have", () => {
    assert.deepEqual(suggestions("/(?=x)", "/(?!x)", "/(?<=x)y", "/(?<!x)y", "/a\\1", "/a\\q", "/[\\b]", "/(?#c)"), [
      ...["write it without (?=", "write it without (?!", "write it without (?<=", "write it without (?<!"],
      ...["write it without \\1", "write it without \\q", "write it without [\\b]", "write it without (?#"],
    ]);
  });

  it("refuses more than 1000 repetitions, and empty classes", () => {
    assert.deepEqual(suggestions("/a{1001}", "/a{2,1001}", "/[]", "/[^]"), [
      ...["write it without {1001}", "write it without {2,1001}", "write it without []", "write it without [^]"],
    ]);
  });

  it("refuses what does not compile", () => {
    const broken = ["/[a-z", "/a(b", "/a)b", "/a**", "/a*+", "/a{2}{3}"];
    assert.deepEqual(
      new Set(suggestions(...broken)),
      new Set(["close every bracket, and repeat only what can be repeated"]),
    );
  });

  it("refuses what can match no path, or is too long", () => {
    assert.equal(pathExpression.check("items/.*"), 'begin it with a slash: "/items/.*"');
    assert.equal(pathExpression.check("^items"), 'begin it with a slash: "/items"');
    for (const strange of ["", "/é", "/".repeat(1025), "/a\n"]) {
      assert.equal(pathExpression.check(strange), "write 1 to 1024 ASCII characters; paths are percent-encoded");
    }
  });
});

describe("matchesPath", () => {
  it("compares the whole path, whatever flags and names of groups there are", () => {
    assert.deepEqual(
      ["/v[0-9]+", "/(?P<v>v1)", "(?i)/v1", "/(?i:v)1", "/v", "1"].map((one) => matchesPath(one, "/v1")),
      [true, true, true, true, false, false],
    );
  });
});

describe("literalPrefix", () => {
  it("is the text that every match begins with", () => {
    assert.deepEqual(
      ["/cart/[0-9]+", "^/cart/", "/a\\.b/.*", "/carts?", "/cart{2}", "/a\\.*", "/a|/b", ".*"].map(literalPrefix),
      ["/cart/", "/cart/", "/a.b/", "/cart", "/car", "/a", "", ""],
    );
  });
});
