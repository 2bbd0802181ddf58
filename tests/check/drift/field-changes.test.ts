import assert from "node:assert/strict";
import { changesOf, changeText } from "../../../cli/check/drift/field-changes";
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
    const duplicates = [{ name: "a" }, { name: "a" }];
    assert.deepEqual(
      changes({ spec: { ports: duplicates } }, { spec: { ports: [...duplicates, ...duplicates] } }).length,
      1,
    );
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
      "data.password: [hidden] -> [hidden]",
      "data.other: [hidden] -> nothing",
    ]);
  });

  it("prints no annotation of a Secret: kubectl keeps all of its data in one", () => {
    const annotated = (text: string) =>
      object("Secret", { ...metadata, annotations: { "kubectl.kubernetes.io/last-applied-configuration": text } });
    const [change] = changesOf(annotated("b2xk"), annotated("bmV3"), false);
    assert.deepEqual([change?.wanted, change?.found], ["[hidden]", "[hidden]"]);
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
      assert.match(String(all), /\[hidden\]/);
    }
  });

  it("prints no value of a variable whose name suggests a credential, wherever it stands", () => {
    const names = [
      "SMTP_PASS",
      "DB_PWD",
      "DSN",
      "SENTRY_DSN",
      "SMTP_AUTH",
      "REDIS_CONNECTION",
      "DB_CONN",
      "SIGNING_KEY",
    ];
    for (const name of [...names, "PGPASSWORD", "SVC_CRED", "GH_TOKEN", "clientSecret", "connectionString"]) {
      const variable = (value: string) => ({ spec: { env: [{ name, value }] } });
      const places: readonly (readonly [object, object])[] = [
        [variable("hush"), variable("hush too")],
        [variable("hush"), { spec: { env: [] } }],
        // Without names of their own, or of another length, lists are compared as a whole.
        [
          { spec: { env: [{ name, value: "hush" }, { name }] } },
          { spec: { env: [{ name, value: "hush 2" }, { name }, {}] } },
        ],
        [{ data: { [name]: "hush" } }, { data: { [name]: "hush too" } }],
        [{ data: { "app.ini": `[server]\n${name}=hush` } }, { data: { "app.ini": `[server]\n${name}=hush too` } }],
        [{ spec: { args: [`--${name}=hush`] } }, { spec: { args: [`--${name}=hush too`] } }],
      ];
      for (const [wanted, found] of places) {
        const all = changes(wanted, found);
        assert.equal(all.length, 1, name);
        assert.doesNotMatch(String(all), /hush/);
      }
    }
  });

  it("prints no value that its name stands beside", () => {
    const holders: readonly ((value: string) => object)[] = [
      (value) => ({ spec: { args: ["--smtp-pass", value] } }),
      (value) => ({ spec: { headers: [{ key: "x-auth", value }] } }),
      (value) => ({ spec: { header: { header: "x-auth", value } } }),
      (value) => ({
        spec: {
          env: [
            { name: "API_KEY", value },
            { name: "API_KEY", value: "x" },
          ],
        },
      }),
    ];
    for (const holder of holders) {
      const all = changes(holder("hush"), holder("hush too"));
      assert.equal(all.length, 1);
      assert.doesNotMatch(String(all), /hush/);
    }
    const [plain] = changes({ spec: { args: ["--level", "info"] } }, { spec: { args: ["--level", "debug"] } });
    assert.equal(plain, "spec.args[1]: info -> debug");
  });

  it("prints no value that looks like a credential, whatever it is called", () => {
    const values = [
      ...["postgres://app:hush@db/app", "postgres://app:hu/sh@db/app", "app:hush@tcp(db:3306)/app"],
      ...["-----BEGIN RSA PRIVATE KEY-----\nhush", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.hush", "Basic dXNlcjpodXNo"],
      ...["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
      ...["ghp_0123456789abcdefABCDEF", "xoxb-0123456789-abc", "https://hooks.example/T0/B0/aB3dE6gH9jK2mN5pQ8sT1vW4"],
      ...["Server=db;Uid=app;Pwd=hush", "0123456789abcdef0123456789abcdef"],
    ];
    const holder = (value: string) => ({ spec: { env: [{ name: "TARGET", value }] } });
    for (const value of values) {
      const expected = ["spec.env[TARGET].value: [hidden] -> [hidden]"];
      assert.deepEqual(changes(holder(value), holder("other")), expected, value);
      assert.deepEqual(changes(holder("other"), holder(value)), expected, value);
    }
  });

  it("prints what is no credential: images with digests, switches, modes", () => {
    const digest = "0123456789abcdef".repeat(4);
    const shown: readonly (readonly [string, string | boolean, string | boolean])[] = [
      ["image", `docker.io/istio/proxyv2:1.30.4@sha256:${digest}`, "docker.io/istio/proxyv2:1.30.4"],
      ["image", "123456789012.dkr.ecr.eu-central-1.amazonaws.com/istio/proxyv2:1.30.4", "proxyv2:1.30.4"],
      ["automountServiceAccountToken", false, true],
      ["mode", "PASSTHROUGH", "SIMPLE"],
      ["host", "istiod.istio-system.svc.cluster.local", "https://prometheus:9090/metrics"],
    ];
    for (const [name, wanted, found] of shown) {
      const [change = ""] = changes({ spec: { [name]: wanted } }, { spec: { [name]: found } });
      assert.ok(!change.includes("[hidden]"), change);
    }
  });

  it("says in words what differs, and only where, if it may be a credential", () => {
    const text = (wanted: object, found: object) =>
      changesOf(object("ConfigMap", metadata, wanted), object("ConfigMap", metadata, found), false).map(changeText);
    assert.deepEqual(text({ data: { a: "1", pass: "hush", pwd: "hush" } }, { data: { a: "2", pass: "x" } }), [
      "data.a is 2, not 1",
      "data.pass differs (values not shown: they may be credentials)",
      "data.pwd is missing",
    ]);
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
