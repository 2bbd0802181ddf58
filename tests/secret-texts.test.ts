import assert from "node:assert/strict";
import { z } from "zod";
import { choice } from "../components/inputs/choice";
import { field } from "../components/inputs/form";
import { mapOf, shape } from "../components/inputs/shape";
import { anyText, resourceName } from "../components/inputs/text";
import { istioMeshShape } from "../components/istio-mesh-args";
import { secretDetector, secretTexts } from "../components/secret-texts";

describe("secretTexts", () => {
  it("are all texts of the arguments but those that name a resource or choose which exist", () => {
    const args = {
      mode: "ambient",
      cluster: { name: "prod", kubeconfig: "k", nodeSecurityGroupIds: ["sg-1"] },
      ingress: {
        strategy: "nlb",
        hostnames: ["app.example.com"],
        allowedCidrs: ["10.0.0.0/8"],
        annotations: { "a.b/c": "annotation" },
        tls: { certificateArn: "arn" },
        gateway: { namespace: "edge", labels: { team: "gateway" } },
      },
      additionalIngresses: { shop: { strategy: "alb", alb: { webAclArn: "acl" } } },
      namespaces: {
        shop: { labels: { team: "shop" }, plaintextPorts: { x: { selector: { app: "web" }, ports: [90] } } },
      },
      istio: { version: "1.31.1", revision: "a", chartRepository: "https://u:p@charts", meshConfig: { a: ["mesh"] } },
      controlPlane: {
        nodeSelector: { pool: "system" },
        tolerations: [{ key: "k", value: "taint", effect: "NoExecute" }],
      },
      telemetry: { tracing: { customTags: { a: "tag" }, collector: { values: { env: { TOKEN: "token" } } } } },
      addons: {
        grafana: { values: { adminPassword: "hush", port: 3000, pin: 123456 } },
        prometheus: { url: "https://user:password@prometheus" },
      },
      tags: { Owner: "owner" },
    };
    assert.deepEqual(
      [...secretTexts(istioMeshShape, args)].sort(),
      [
        "123456",
        "acl",
        "annotation",
        "arn",
        "gateway",
        "https://u:p@charts",
        "https://user:password@prometheus",
        "hush",
        "k",
        "k",
        "mesh",
        "owner",
        "prod",
        "sg-1",
        "shop",
        "system",
        "tag",
        "taint",
        "token",
        "web",
      ].sort(),
    );
  });

  it("are those within a document of YAML or JSON too, which the mesh may write anew", () => {
    const annotation = (text: string) => secretTexts(mapOf(z.unknown()), { "proxy.istio.io/config": text });
    const yaml = "tracing: { customTags: { token: { literal: { value: hush } } } }\nproxyMetadata:\n  PIN: 1234567";
    assert.deepEqual(annotation(yaml), [yaml, "hush", "1234567"]);
    assert.deepEqual(annotation('["a", "b"]'), ['["a", "b"]', "a", "b"]);
    for (const text of ["user:password", "a: b: c", "{", "plain"]) assert.deepEqual(annotation(text), [text]);
  });

  it("are found wherever a schema can hold them", () => {
    const schema = shape({
      name: field(resourceName),
      kind: field(choice({ a: "a" })).optional(),
      list: z.array(field(anyText)).optional(),
      named: mapOf(shape({ text: field(anyText) })).optional(),
      unread: mapOf(z.unknown()).optional(),
    });
    const given = {
      name: "n",
      kind: "a",
      list: [" x "],
      named: { one: { text: "y" } },
      unread: { a: [{ b: "z" }, ""] },
    };
    assert.deepEqual(secretTexts(schema, given), ["x", "y", "z"]);
  });

  it("are all of what the schema does not know, and none of nothing", () => {
    assert.deepEqual(secretTexts(istioMeshShape, { unknown: { deep: ["x"] }, mode: { wrong: "y" } }), ["x", "y"]);
    assert.deepEqual(secretTexts(istioMeshShape, { tags: null, addons: undefined }), []);
  });
});

describe("secretDetector", () => {
  it("finds a text in every text that holds it, in JSON too", () => {
    const isSecret = secretDetector(['pass"word\n2', "[a](b)*"]);
    for (const value of ['pass"word\n2', 'x=pass"word\n2;', JSON.stringify({ a: 'pass"word\n2' })])
      assert.ok(isSecret(value), value);
    assert.ok(isSecret(JSON.stringify({ json: JSON.stringify({ a: 'pass"word\n2' }) })));
    assert.ok(isSecret("x[a](b)*x"));
    assert.ok(!isSecret("password2"));
  });

  it("finds a short text where it stands by itself, and not within other words", () => {
    const isSecret = secretDetector(["a"]);
    assert.ok(isSecret("Owner=a,Team=b") && isSecret("a"));
    assert.ok(!isSecret("Gateway"));
  });

  it("takes a text without letters and digits for a secret only as a whole: else a path / would hide every address", () => {
    const isSecret = secretDetector(["/"]);
    assert.ok(isSecret("/"));
    assert.ok(!isSecret("https://example.com/"));
  });

  it("finds numbers by their digits", () => {
    const isSecret = secretDetector(["123456"]);
    assert.ok(isSecret(123456) && isSecret("pin=123456"));
    assert.ok(!isSecret(15021));
  });

  it("finds nothing where nothing is secret", () => {
    assert.ok(!secretDetector([])("anything"));
  });
});
