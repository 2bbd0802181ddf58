import assert from "node:assert/strict";
import { changeNotes } from "../../../cli/adopt/takeover/change-notes";
import { isSecret, withoutSecrets } from "../../../cli/adopt/without-secrets";
import { difference, without } from "../../../cli/adopt/trees";
import { madeUp } from "../../support/plans";

const entry = { type: "t", name: "x", id: "x", parent: "mesh" };
const node = (type: string, inputs: object) => ({ ...madeUp("mesh-x", { type, inputs }), wave: 0 }) as never;
const releaseOf = (chart: string, values: object = {}) =>
  node("kubernetes:helm.sh/v3:Release", { chart, version: "1.30.4", name: chart, namespace: "n", values });
const note = (planned: never, found: object) => changeNotes([{ planned, entry, found: { ...found } }], [], [])[0];

describe("What the first up changes", () => {
  it("is nothing where a release has the planned values", () => {
    assert.equal(note(releaseOf("istiod", { a: 1 }), { version: "1.30.4", values: { a: 1 } })?.kind, "same");
  });

  it("says of each kind whether a request notices", () => {
    const suggestions = ["gateway", "ztunnel", "cni", "istiod"].map(
      (chart) => note(releaseOf(chart), { version: "1.29.0", values: {} })?.suggestion,
    );
    assert.match(String(suggestions[0]), /exchanged without one missing/);
    assert.match(String(suggestions[1]), /node by node/);
    assert.equal(suggestions[1], suggestions[2]);
    assert.match(String(suggestions[3]), /No request notices: proxies/);
    const service = note(node("kubernetes:core/v1:Service", { metadata: { name: "x" }, spec: { a: 1 } }), {
      spec: { a: 2 },
    });
    assert.match(String(service?.suggestion), /changed in place/);
    const namespace = note(node("kubernetes:core/v1:Namespace", { metadata: { name: "x", labels: { a: "1" } } }), {
      metadata: { name: "x" },
    });
    assert.equal(namespace?.suggestion, "No request notices.");
  });

  it("does not call new what could not be read", () => {
    const service = node("kubernetes:core/v1:Service", { kind: "Service", metadata: { name: "x" } });
    const texts = [[], ["Service"]].map((unread) => changeNotes([], [service], unread)[0]?.text);
    assert.deepEqual(texts, [
      "The first up creates it.",
      "The first up creates it, or changes the one that is there: objects of this kind could not be read.",
    ]);
  });

  it("names values that go, but no secrets, which are set in the stack", () => {
    const values = { service: { type: "LoadBalancer" }, env: { API_TOKEN: "x" } };
    const { text } = note(releaseOf("gateway"), { version: "1.30.4", values }) ?? { text: "" };
    assert.equal(text, "values.service.type is removed");
  });
});

describe("Values that are secrets", () => {
  it("are known by their name, or by what they are", () => {
    for (const [key, value] of [
      ["password", "x"],
      ["note", "-----BEGIN RSA PRIVATE KEY-----"],
      ["url", "https://me:pw@example.com"],
      ["list", ["https://me:pw@example.com"]],
      ["env", [{ name: "DB_PASSWORD", value: "x" }]],
      ["providers", [{ clientSecret: "x" }]],
      ["providers", [{ name: "otel", opentelemetry: { http: { headers: [{ name: "api-token", value: "x" }] } } }]],
      ["smtpPass", "x"],
      ["DB_PWD", "x"],
      ["sentryDsn", "x"],
      ["connectionString", "x"],
      ["env", [{ name: "SMTP_PASS", value: "x" }]],
      ["env", [{ name: "SIGNING_KEY", value: "x" }]],
    ] as const) {
      assert.ok(isSecret([key], value), key);
    }
    for (const [key, value] of [
      ["secretName", "x"],
      ["imagePullSecrets", ["registry"]],
      ["tokenAudience", "x"],
      ["password", ""],
      ["apiKey", 1],
      ["env", [{ name: "LEVEL", value: "debug" }]],
      ["env", [{ name: "SMTP_PASS", value: "" }]],
      ["env", [{ name: "SMTP_PASS", valueFrom: { secretKeyRef: { name: "smtp", key: "password" } } }]],
      ["topologyKey", "kubernetes.io/hostname"],
    ] as const) {
      assert.ok(!isSecret([key], value), key);
    }
    assert.deepEqual(withoutSecrets({ a: { password: "x", b: 1 } }), {
      tree: { a: { b: 1 } },
      secrets: [["a", "password"]],
    });
  });
});

describe("Trees", () => {
  it("differ where a block stands against a value", () => {
    assert.deepEqual(difference({ a: { b: 1 }, c: 2 }, { a: 3 }), { a: { b: 1 }, c: 2 });
    assert.deepEqual(without({ a: 1 }, ["a", "b"]), {});
  });
});
