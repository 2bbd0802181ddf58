import assert from "node:assert/strict";
import { resolveMatch, resolvePolicy } from "../../../components/ingress/routes/route-settings-args";
import { anyRequest, plainPolicy } from "../../support/settings";

const host = "a.example.com";

describe("resolveMatch", () => {
  it("takes every request below a path unless told otherwise", () =>
    assert.deepEqual(resolveMatch({ host }), anyRequest));

  it("has one form for what means the same", () => {
    const [one, other] = [
      resolveMatch({
        host,
        methods: ["POST", "GET"],
        headers: { "X-B": "1", "x-a": "2" },
        queryParams: { b: "1", a: "2" },
      }),
      resolveMatch({
        host,
        methods: ["GET", "POST"],
        headers: { "x-a": "2", "x-b": "1" },
        queryParams: { a: "2", b: "1" },
      }),
    ];
    assert.equal(JSON.stringify(one), JSON.stringify(other));
    assert.equal(resolveMatch({ host, pathType: "regex" }).pathType, "regex");
  });
});

describe("resolvePolicy", () => {
  it("does nothing unless told otherwise", () => assert.deepEqual(resolvePolicy({ host }, true), plainPolicy));

  it("fills in the defaults of each block", () => {
    const policy = resolvePolicy(
      {
        ...{ host, timeoutSeconds: 5, rewritePath: "/x", retries: { attempts: 2 } },
        mirror: { service: "lab", namespace: "lab", port: 80 },
        ...{ fault: { abortStatus: 503 }, requestHeaders: {}, responseHeaders: { remove: ["server"] } },
        ...{ redirect: { path: "/x" }, cors: { origins: ["*"] } },
      },
      false,
    );
    assert.deepEqual(policy, {
      ...{ timeoutSeconds: 5, rewritePath: "/x" },
      retries: {
        attempts: 2,
        on: ["connect-failure", "refused-stream", "unavailable", "cancelled"],
        perTryTimeoutSeconds: undefined,
      },
      mirror: { service: "lab", namespace: "lab", port: 80, percent: 100 },
      fault: { delaySeconds: undefined, abortStatus: 503, percent: 100 },
      requestHeaders: { set: {}, add: {}, remove: [] },
      responseHeaders: { set: {}, add: {}, remove: ["server"] },
      redirect: { host: undefined, path: "/x", status: 301, scheme: undefined },
      cors: { origins: ["*"], methods: [], headers: [], maxAgeSeconds: 5, credentials: false },
    });
  });

  it("keeps what is written", () => {
    const cors = { origins: ["*"], methods: ["GET"], headers: ["x-a"], maxAgeSeconds: 60, credentials: true };
    const retries = { attempts: 2, on: ["503"], perTryTimeoutSeconds: 1 };
    const mirror = { service: "lab", namespace: "lab", port: 80, percent: 5 };
    const fault = { delaySeconds: 1, abortStatus: undefined, percent: 5 };
    const headers = { set: { a: "1" }, add: { b: "2" }, remove: ["c"] };
    const policy = resolvePolicy(
      { host, cors, retries, mirror, fault: { delaySeconds: 1, percent: 5 }, requestHeaders: headers },
      false,
    );
    assert.deepEqual([policy.cors, policy.retries, policy.mirror], [cors, retries, mirror]);
    assert.deepEqual([policy.fault, policy.requestHeaders], [fault, headers]);
  });

  it("redirects to HTTPS where clients come by TLS: the gateway cannot see it", () => {
    assert.equal(resolvePolicy({ host, redirect: { path: "/x", status: 308 } }, true).redirect?.scheme, "https");
  });
});
