import assert from "node:assert/strict";
import { changesOf } from "../../../cli/check/drift/changes";
import { object } from "../../support/situation";

const metadata = { name: "one" };
const changes = (wanted: object, found: object, kind = "Deployment") => reported(wanted, found, { kind });
const reported = (wanted: object, found: object, { kind = "Deployment", autoscaled = false }) =>
  changesOf(object(kind, metadata, wanted), object(kind, metadata, found), autoscaled).map(
    ({ path, wanted: want, found: is }) => `${path}: ${want} -> ${is}`,
  );

describe("changesOf", () => {
  it("finds fields that the manifest sets, and that are otherwise", () => {
    assert.deepEqual(changes({ spec: { a: 1, b: { c: "x" } } }, { spec: { a: 2, b: { c: "y" } } }), [
      "spec.a: 1 -> 2",
      "spec.b.c: x -> y",
    ]);
  });

  it("finds fields and blocks that are gone", () => {
    assert.deepEqual(changes({ spec: { a: 1, b: { c: "x" } } }, { spec: {} }), [
      "spec.a: 1 -> nothing",
      'spec.b: {"c":"x"} -> nothing',
    ]);
    assert.deepEqual(changes({ spec: { a: { b: 1 } } }, { spec: { a: null } }), ['spec.a: {"b":1} -> null']);
  });

  it("lets be what the cluster has besides", () => {
    assert.deepEqual(changes({ spec: { a: 1 } }, { spec: { a: 1, b: 2 }, status: { c: 3 } }), []);
  });

  it("compares labels and annotations, and nothing else of the metadata", () => {
    const wanted = object("Secret", { ...metadata, namespace: "here", labels: { a: "1" }, annotations: { b: "2" } });
    const found = object("Secret", { ...metadata, labels: { a: "0" }, annotations: { b: "2", c: "3" } });
    assert.deepEqual(changesOf(wanted, found, false), [{ path: "metadata.labels.a", wanted: "1", found: "0" }]);
  });

  it("takes what is empty for what is left out, on either side", () => {
    const empty = { a: null, b: "", c: false, d: 0, e: {}, f: [], g: { h: { i: "" } } };
    assert.deepEqual(changes({ spec: empty }, { spec: {} }), []);
    assert.deepEqual(changes({ spec: empty }, {}), []);
  });

  it("finds what was switched on against the manifest", () => {
    assert.deepEqual(changes({ spec: { a: false } }, { spec: { a: true } }), ["spec.a: false -> true"]);
    assert.deepEqual(changes({ spec: { a: 0 } }, { spec: { a: 3 } }), ["spec.a: 0 -> 3"]);
    assert.deepEqual(changes({ spec: { a: null } }, { spec: { a: 3 } }), []);
  });

  it("knows one quantity in two spellings", () => {
    const wanted = { spec: { a: "1000m", b: "1024Mi", c: 80, d: "0.5" } };
    assert.deepEqual(changes(wanted, { spec: { a: "1", b: "1Gi", c: "80", d: "500m" } }), []);
    assert.deepEqual(changes({ spec: { a: "100m", b: "v1" } }, { spec: { a: "200m", b: "v2" } }), [
      "spec.a: 100m -> 200m",
      "spec.b: v1 -> v2",
    ]);
  });

  it("finds named elements wherever they stand, and lets others be between them", () => {
    const wanted = { spec: { containers: [{ name: "proxy", image: "a" }] } };
    const besides = { spec: { containers: [{ name: "other" }, { name: "proxy", image: "a" }] } };
    assert.deepEqual(changes(wanted, besides), []);
    assert.deepEqual(changes(wanted, { spec: { containers: [{ name: "proxy", image: "b" }] } }), [
      "spec.containers[proxy].image: a -> b",
    ]);
    assert.deepEqual(changes(wanted, { spec: { containers: [{ name: "other" }] } }), [
      'spec.containers[proxy]: {"name":"proxy","image":"a"} -> nothing',
    ]);
  });

  it("compares other lists element by element, and by their length", () => {
    assert.deepEqual(changes({ spec: { args: ["a", "b"] } }, { spec: { args: ["a", "c"] } }), ["spec.args[1]: b -> c"]);
    assert.deepEqual(changes({ spec: { args: ["a"] } }, { spec: { args: ["a", "b"] } }), [
      'spec.args: ["a"] -> ["a","b"]',
    ]);
    assert.deepEqual(changes({ spec: { args: ["a"] } }, { spec: {} }), ['spec.args: ["a"] -> nothing']);
    const twins = [{ name: "a" }, { name: "a" }];
    assert.deepEqual(changes({ spec: { ports: twins } }, { spec: { ports: [...twins, ...twins] } }).length, 1);
  });

  it("lets Istio set its own webhooks, and nobody else them", () => {
    const hooks = (failurePolicy: string, caBundle: string, path: string) => ({
      webhooks: [{ name: "one", failurePolicy, clientConfig: { caBundle, service: { path } } }],
    });
    const [wanted, found] = [hooks("Ignore", "x", "/validate"), hooks("Fail", "abc", "/validate")];
    assert.deepEqual(changes(wanted, found, "ValidatingWebhookConfiguration"), []);
    assert.deepEqual(changes(wanted, found, "MutatingWebhookConfiguration"), [
      "webhooks[one].failurePolicy: Ignore -> Fail",
    ]);
    assert.deepEqual(changes(wanted, hooks("Fail", "abc", "/else"), "ValidatingWebhookConfiguration"), [
      "webhooks[one].clientConfig.service.path: /validate -> /else",
    ]);
  });

  it("prints no value of a Secret, only where it differs", () => {
    const [wanted, found] = [{ data: { password: "b2xk", other: "b2xk" } }, { data: { password: "bmV3" } }];
    assert.deepEqual(changes(wanted, found, "Secret"), [
      "data.password: [secret] -> [another value]",
      "data.other: [secret] -> nothing",
    ]);
  });

  it("prints no annotation of a Secret: kubectl keeps all of its data in one", () => {
    const annotated = (text: string) =>
      object("Secret", { ...metadata, annotations: { "kubectl.kubernetes.io/last-applied-configuration": text } });
    const [change] = changesOf(annotated("b2xk"), annotated("bmV3"), false);
    assert.deepEqual([change?.wanted, change?.found], ["[secret]", "[another value]"]);
  });

  it("prints no password, token or address with credentials, whatever holds it", () => {
    const holders: readonly (readonly [object, object])[] = [
      [{ spec: { env: [{ name: "GF_ADMIN_PASSWORD", value: "hush" }] } }, { spec: { env: [] } }],
      [
        { spec: { env: [{ name: "API_KEY", value: "hush" }] } },
        { spec: { env: [{ name: "API_KEY", value: "hush too" }] } },
      ],
      [{ data: { "grafana.ini": `${"x".repeat(80)} admin_password = hush` } }, { data: { "grafana.ini": "" } }],
      [{ spec: { url: "https://user:hush@prometheus" } }, { spec: { url: "https://prometheus" } }],
      [{ spec: { url: "https://prometheus" } }, { spec: { url: "https://user:hush@prometheus" } }],
      [{ spec: { args: ["--auth-token=hush"] } }, { spec: { args: ["--auth-token=hush", "x"] } }],
    ];
    for (const [wanted, found] of holders) {
      const all = changes(wanted, found, "ConfigMap");
      assert.equal(all.length, 1);
      assert.doesNotMatch(String(all), /hush/);
      assert.match(String(all), /\[secret\]/);
    }
  });

  it("lets an autoscaler choose a number of pods, and only that", () => {
    const [wanted, found] = [{ spec: { replicas: 1, a: 1 } }, { spec: { replicas: 3, a: 2 } }];
    assert.deepEqual(reported(wanted, found, { autoscaled: true }), ["spec.a: 1 -> 2"]);
    assert.equal(changes(wanted, found).length, 2);
  });

  it("tells long values short, in one line", () => {
    const [change = ""] = changes({ data: { a: "line\n".repeat(50) } }, { data: { a: "x" } });
    assert.match(change, /^data\.a: (line )+.*… -> x$/);
    assert.ok(change.length < 90);
  });
});
