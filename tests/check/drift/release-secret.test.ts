import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { newestOf, readRelease, readValues } from "../../../cli/check/drift/release-secret";
import { object } from "../../support/situation";

const manifest = `---
# Source: gateway/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: one
---
# nothing but a comment
---
apiVersion: v1
kind: Service
metadata: { name: two }
`;

const secretOf = (release: object) => {
  const packed = gzipSync(JSON.stringify(release)).toString("base64");
  return object("Secret", { name: "s" }, { data: { release: Buffer.from(packed).toString("base64") } });
};
const release = (version: number, name = "istiod") => ({
  ...{ name, namespace: "istio-system", version, manifest },
  info: { status: "deployed" },
  chart: { metadata: { name: "istiod", version: "1.31.1" } },
});

describe("readRelease", () => {
  it("reads what Helm wrote, and the objects of its manifest", () => {
    const { objects, ...rest } = readRelease(secretOf(release(3)));
    assert.deepEqual(rest, {
      ...{ name: "istiod", namespace: "istio-system", revision: 3 },
      ...{ status: "deployed", chart: "istiod", version: "1.31.1" },
    });
    assert.deepEqual(objects, [
      { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "one" } },
      { apiVersion: "v1", kind: "Service", metadata: { name: "two" } },
    ]);
  });
});

describe("readValues", () => {
  it("reads what the user gave to the release, which may be nothing", () => {
    assert.deepEqual(readValues(secretOf({ ...release(1), config: { global: { hub: "x" } } })), {
      global: { hub: "x" },
    });
    assert.deepEqual(readValues(secretOf(release(1))), {});
  });
});

describe("newestOf", () => {
  it("keeps the last revision of each release", () => {
    const all = [release(2), release(10), release(9), release(1, "base")].map((one) => readRelease(secretOf(one)));
    assert.deepEqual(
      newestOf(all).map(({ name, revision }) => [name, revision]),
      [
        ["istiod", 10],
        ["base", 1],
      ],
    );
  });
});
