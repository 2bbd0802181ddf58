import assert from "node:assert/strict";
import semver from "semver";
import { defaultIstioVersion, istioMinors, minorOf } from "../../../components/control-plane/charts/versions";

describe("istioMinors", () => {
  it("stands oldest first, with a patch of its own minor in each row", () => {
    const patches = istioMinors.map(({ newestPatch }) => newestPatch);
    assert.deepEqual(patches, [...patches].sort(semver.compare));
    for (const { minor, newestPatch } of istioMinors) assert.ok(newestPatch.startsWith(`${minor}.`), minor);
  });

  it("has days of end of life that are days, and in the order of the minors", () => {
    const days = istioMinors.map(({ endOfLife }) => endOfLife);
    for (const day of days) assert.equal(new Date(day).toISOString().slice(0, 10), day);
    assert.deepEqual(days, [...days].sort());
  });

  it("says from which minor on Istio still fixes: what follows a supported one is supported too", () => {
    const supported = istioMinors.map((row) => row.supported);
    assert.deepEqual(supported, [...supported].sort());
    assert.ok(supported.includes(true));
  });

  it("pairs each istiod with the Gateway API release that it reads", () => {
    const releases = istioMinors.map(({ minor, gatewayApi }) => `${minor} ${gatewayApi}`);
    assert.deepEqual(releases, ["1.28 v1.4.1", "1.29 v1.4.1", "1.30 v1.5.1", "1.31 v1.6.0", "1.32 v1.6.0"]);
  });

  it("knows on which Kubernetes each is tested", () => {
    const minors = istioMinors.map(({ minor, kubernetes }) => `${minor} ${kubernetes.from}–${kubernetes.to}`);
    assert.deepEqual(minors, [
      "1.28 1.30–1.34",
      "1.29 1.31–1.35",
      "1.30 1.32–1.36",
      "1.31 1.32–1.36",
      "1.32 1.32–1.36",
    ]);
  });
});

describe("defaultIstioVersion", () => {
  it("is of the newest minor whose charts were rendered", () => {
    assert.equal(minorOf(defaultIstioVersion), istioMinors.filter(({ rendered }) => rendered).at(-1));
  });
});

describe("minorOf", () => {
  it("knows any patch of a minor, whether it is out yet or not", () => {
    assert.equal(minorOf("1.30.99")?.minor, "1.30");
    assert.equal(minorOf("1.28.0")?.gatewayApi, "v1.4.1");
  });

  it("takes a newer minor for the newest that it knows", () => {
    const newest = istioMinors.at(-1);
    for (const version of ["1.33.0", "1.40.2", "1.310.0"]) assert.equal(minorOf(version), newest, version);
  });

  it("does not take 1.3 for 1.30, nor another major for anything", () => {
    for (const version of ["1.3.0", "1.27.9", "9.9.9", "2.0.0", "0.9.0", "latest", "1.33"]) {
      assert.equal(minorOf(version), undefined, version);
    }
  });
});
