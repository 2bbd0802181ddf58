import assert from "node:assert/strict";
import {
  connectionConditions,
  corsMethod,
  corsOrigin,
  headerName,
  headerValue,
  httpMethod,
  isStatus,
  queryValue,
  retryCondition,
  seconds,
  share,
  writtenHeaderValue,
} from "../../../components/inputs/network/http";
import { accepts, refuses } from "../../support/forms";

describe("headerName", () => {
  it("takes tokens", () => accepts(headerName, "x-beta", "X_1", "a".repeat(256), "*"));
  it("refuses pseudo-headers, claims and spaces", () =>
    refuses(headerName, ":authority", "@request.auth.claims", "a b", "", "a".repeat(257), 1));
});

describe("headerValue and queryValue", () => {
  it("take printable characters", () => {
    accepts(headerValue, "yes", "a b", "a\tb", "x", "a".repeat(4096));
    accepts(queryValue, "2", "a%20b", "a".repeat(1024));
  });
  it("refuse what no request has", () => {
    refuses(headerValue, "", " a", "a ", "é", "a\nb", "a".repeat(4097), 2);
    refuses(queryValue, "", "a b", "a".repeat(1025), 2);
  });
});

describe("writtenHeaderValue", () => {
  it("takes Envoy's commands, and percent signs that are doubled", () =>
    accepts(writtenHeaderValue, "100%%", "%REQ(x-request-id)%", "%REQ(a):10%", "at %START_TIME%", "plain"));
  it("has a single percent sign doubled", () => {
    assert.equal(writtenHeaderValue.check("100%"), 'write "100%%"');
    refuses(writtenHeaderValue, "%start%", "%REQ(x", "", " a");
  });
});

describe("httpMethod and corsMethod", () => {
  it("take methods in capitals, and every one for CORS", () => {
    accepts(httpMethod, "GET", "OPTIONS");
    accepts(corsMethod, "GET", "*");
    refuses(httpMethod, "*", "FETCH", "get");
    assert.equal(httpMethod.check("get"), 'did you mean "GET"?');
  });
});

describe("retryCondition", () => {
  it("takes status codes in quotes and Envoy's conditions", () =>
    accepts(retryCondition, "503", "429", "5xx", ...connectionConditions));
  it("refuses others", () => refuses(retryCondition, "200", "600", "5xxx", "retriable-headers", 503));
  it("knows status codes", () => assert.deepEqual(["503", "5xx", "200"].map(isStatus), [true, false, false]));
});

describe("corsOrigin", () => {
  it("takes origins, with a wildcard before the host", () =>
    accepts(corsOrigin, "*", "https://a.example.com", "http://localhost:3000", "https://*.example.com", "http://*"));
  it("fixes what is nearly one", () => {
    assert.equal(corsOrigin.check("https://a.example.com/x?y"), 'write "https://a.example.com"');
    assert.equal(corsOrigin.check("a.example.com"), 'write "https://a.example.com"');
  });
  it("refuses others", () => refuses(corsOrigin, "https://a.*.com", "ftp://a", "", `https://${"a".repeat(250)}`, 1));
});

describe("seconds", () => {
  it("takes milliseconds to a day", () => accepts(seconds, 0.001, 0.25, 1.005, 30, 86_400));
  it("refuses others", () => refuses(seconds, 0, -1, 0.0005, 1.0001, 86_401, Number.NaN, true, "ten"));
  it("fixes texts", () => {
    assert.equal(seconds.check("10s"), "write 10 without quotes");
    assert.equal(seconds.check("0.5"), "write 0.5 without quotes");
    assert.equal(seconds.check(null), "give it a value, or remove the line");
  });
});

describe("share", () => {
  it("takes what Envoy can tell from nothing", () => accepts(share, 0.0001, 1, 100));
  it("refuses nothing and more than everything", () => refuses(share, 0, 100.1, "0%", undefined));
  it("fixes texts", () => assert.equal(share.check("5 %"), "write 5 without quotes"));
});
