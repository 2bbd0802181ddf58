import assert from "node:assert/strict";
import { chartKeysTables, refusedGatewayValues } from "../../../../components/control-plane/charts/values/chart-keys";
import { refusedBySchema, type ValueSchema } from "../../../../components/control-plane/charts/values/value-schema";

const schema: ValueSchema = {
  properties: {
    replicas: { type: ["integer", "null"] },
    seconds: { type: "number" },
    enabled: { type: "boolean" },
    name: { type: "string" },
    rules: { type: "object", properties: { "a.b/c": { type: "string" } }, additionalProperties: { type: "integer" } },
    volumes: { type: "array", items: { type: "object", properties: { name: { type: "string" } } } },
    ports: { type: "object", additionalProperties: { type: "object", required: ["port", "protocol"] } },
    policy: { type: "string", enum: ["", "Always", "Never"] },
    privileged: { type: ["string", "boolean"], enum: [true, false, "auto"] },
    count: { type: ["integer", "string"] },
  },
};

const refused = (values: Readonly<Record<string, unknown>>) => refusedBySchema(schema, values);
const allowed = (values: Readonly<Record<string, unknown>>) => refused(values).map((one) => one.allowed);
const suggestions = (values: Readonly<Record<string, unknown>>) => refused(values).map((one) => one.suggestion);

describe("refusedBySchema", () => {
  it("takes values of the right type, and keys of which the schema says nothing", () => {
    const values = { replicas: 3, seconds: 1.5, name: "", policy: "", privileged: "auto", volumes: [{}], other: [1] };
    assert.deepEqual(refused(values), []);
    assert.deepEqual(refused({ replicas: null, privileged: false, count: "50%", name: undefined }), []);
  });

  it("names place, value, what is allowed and what to write", () => {
    assert.deepEqual(refused({ replicas: "3" }), [
      { path: ["replicas"], given: "3", allowed: "an integer or null", suggestion: "write 3 without quotes" },
    ]);
  });

  it("finds each value of several, in maps and in lists", () => {
    const values = { rules: { "a.b/c": 15020, d: "x" }, volumes: [{ name: "a" }, { name: 1 }, "b"], name: true };
    assert.deepEqual(
      refused(values).map(({ path, given }) => [path, given]),
      [
        [["name"], true],
        [["rules", "a.b/c"], 15020],
        [["rules", "d"], "x"],
        [["volumes", 1, "name"], 1],
        [["volumes", 2], "b"],
      ],
    );
  });

  it("leaves alone what becomes known later", () => {
    const later = Promise.resolve(3);
    const values = { replicas: later, name: later, volumes: [later, { name: later }], policy: later };
    assert.deepEqual(refused({ ...values, ports: { a: { port: later, protocol: "TCP" } }, rules: later }), []);
    assert.deepEqual(
      refused({ ports: { a: later, b: [] }, volumes: [later, 1] }).map(({ path }) => path),
      [
        ["volumes", 1],
        ["ports", "b"],
      ],
    );
  });

  it("names a value once that is wrong in type and choice", () => {
    assert.deepEqual(allowed({ privileged: 3 }), ['true, false or "auto"']);
    assert.deepEqual(allowed({ policy: 3 }), ['"", "Always" or "Never"']);
  });

  it("names the members that a map lacks", () => {
    assert.deepEqual(refused({ ports: { a: { port: 1 } } }), [
      {
        ...{ path: ["ports", "a"], given: { port: 1 } },
        ...{ allowed: "a map with protocol", suggestion: "add protocol" },
      },
    ]);
    assert.deepEqual(suggestions({ ports: { a: {} } }), ["add port, protocol"]);
    assert.deepEqual(allowed({ ports: { a: null, b: [] } }), ["a map", "a map"]);
  });

  it("says how to write a value that only has or lacks quotes", () => {
    assert.deepEqual(suggestions({ replicas: " -3 " }), ["write -3 without quotes"]);
    assert.deepEqual(suggestions({ seconds: "1.5" }), ["write 1.5 without quotes"]);
    assert.deepEqual(suggestions({ enabled: "false" }), ["write false without quotes"]);
    assert.deepEqual(suggestions({ name: 8080 }), ['write "8080" in quotes']);
    assert.deepEqual(suggestions({ name: true }), ['write "true" in quotes']);
    assert.deepEqual(suggestions({ count: true }), ['write "true" in quotes']);
  });

  it("says what to write in place of others", () => {
    assert.deepEqual(suggestions({ replicas: "many" }), ["write an integer, or remove it"]);
    assert.deepEqual(suggestions({ replicas: 1.5 }), ["write an integer, or remove it"]);
    assert.deepEqual(suggestions({ seconds: "1s" }), ["write a number, or remove it"]);
    assert.deepEqual(suggestions({ enabled: "yes" }), ["write true or false, or remove it"]);
    assert.deepEqual(suggestions({ volumes: {} }), ["write a list, or remove it"]);
    assert.deepEqual(suggestions({ count: [] }), ["write an integer or a text, or remove it"]);
    assert.deepEqual(suggestions({ rules: null }), ["give it a value, or remove the line"]);
    assert.deepEqual(suggestions({ policy: null }), ["give it a value, or remove the line"]);
  });

  it("guesses the choice that was meant", () => {
    assert.deepEqual(suggestions({ policy: "always" }), ['did you mean "Always"?']);
    assert.deepEqual(suggestions({ privileged: "true" }), ["did you mean true?"]);
    assert.deepEqual(suggestions({ policy: "OnFailure" }), ["write one of these, or remove it"]);
  });
});

describe("the gateway chart's schema", () => {
  const words = ["type", "enum", "properties", "additionalProperties", "items", "required"];

  for (const { minor, charts } of chartKeysTables) {
    it(`is in the table of ${minor}, in words that the check knows`, () => {
      const { schema: own, closed } = charts["gateway"] ?? {};
      assert.deepEqual(Object.keys(own?.properties ?? {}).sort(), Object.keys(closed ?? {}).sort());
      assert.deepEqual(
        [...new Set(wordsOf(own ?? {}))].filter((word) => !words.includes(word)),
        [],
      );
    });
  }
});

describe("refusedGatewayValues", () => {
  it("asks the table of the minor, and says nothing where there is none", () => {
    const values = { networkGatewayPorts: { status: {} } };
    assert.equal(refusedGatewayValues("1.31.4", values).length, 1);
    assert.deepEqual(refusedGatewayValues("1.28.10", values), []);
    assert.deepEqual(refusedGatewayValues("1.27.0", values), []);
  });
});

function wordsOf(one: ValueSchema): readonly string[] {
  const below = [...Object.values(one.properties ?? {}), one.additionalProperties, one.items];
  return [...Object.keys(one), ...below.flatMap((schema) => (schema === undefined ? [] : wordsOf(schema)))];
}
