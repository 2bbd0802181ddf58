import assert from "node:assert/strict";
import fc from "fast-check";
import {
  covers,
  domainName,
  hostLabel,
  hostname,
  isInCertificate,
  liesIn,
  routeHost,
} from "../../../components/inputs/network/hostname";
import { accepts, refuses, suggestion } from "../../support/forms";

const longLabel = "a".repeat(63);
const name253 = [longLabel, longLabel, longLabel, "a".repeat(61)].join(".");

describe("hostname", () => {
  it("takes names of several labels, and a wildcard as the first", () => {
    accepts(hostname, "app.example.com", "*.example.com", "a-1.example.com", "xn--bcher-kva.example", "1.example.com");
  });

  it("refuses what neither Istio nor ACM takes: one label, a wildcard alone, in the middle or as part of a label", () => {
    refuses(hostname, "localhost", "*", "*.com.*", "app.*.example.com", "a*.example.com", "*.*.example.com");
  });

  it("refuses labels with a hyphen at an edge, with an underscore, without letters, and of 64 letters", () => {
    refuses(hostname, "-a.example.com", "a-.example.com", "a_b.example.com", "a..example.com", `a${longLabel}.com`);
    accepts(hostname, `${longLabel}.com`);
  });

  it("takes 253 characters, the most that DNS can carry", () => {
    accepts(hostname, name253);
    refuses(hostname, `${name253}a`);
  });

  it("refuses IP addresses, for which there is no certificate and no record", () => {
    refuses(hostname, "10.0.0.1", "203.0.113.7");
  });

  it("takes the hostname out of an address that was copied from a browser", () => {
    assert.equal(hostname.check("https://App.example.com:8443/login"), 'write "app.example.com"');
    assert.equal(hostname.check("app.example.com/"), 'write "app.example.com"');
  });

  it("takes the dot at the end away, and writes all in lower case", () => {
    assert.equal(hostname.check("app.example.com."), 'write "app.example.com"');
    assert.equal(hostname.check(" *.Example.com"), 'write "*.example.com"');
  });

  it("suggests only what it would accept itself", () => {
    const part = fc.constantFrom(
      "http://",
      "*.",
      "App",
      ".",
      "-",
      "example",
      "com",
      "10",
      "0",
      ":80",
      "/x",
      " ",
      name253,
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 9 }), (parts) => {
        const suggested = suggestion(hostname.check(parts.join("")));
        if (suggested !== undefined) accepts(hostname, suggested);
      }),
      { numRuns: 500, examples: [[["http://", "10", ".", "0", ".", "0", ".", "10"]], [["http://", "App.", name253]]] },
    );
  });
});

describe("domainName", () => {
  it("takes the name of a zone, which has no wildcard", () => {
    accepts(domainName, "example.com", "eu.example.com");
    refuses(domainName, "*.example.com", "com");
  });

  it("takes the dot at the end away that Route 53 shows", () => {
    assert.equal(domainName.check("example.com."), 'write "example.com"');
  });
});

describe("liesIn", () => {
  it("counts the zone's own name, names below it and wildcards below it", () => {
    for (const host of ["example.com", "app.example.com", "a.b.example.com", "*.example.com"]) {
      assert.ok(liesIn("example.com", host), host);
    }
  });

  it("does not count a name that only ends in the same letters", () => {
    assert.equal(liesIn("example.com", "myexample.com"), false);
    assert.equal(liesIn("app.example.com", "example.com"), false);
  });
});

describe("routeHost", () => {
  it("takes a hostname, a wildcard, and the star that stands for every host", () => {
    accepts(routeHost, "app.example.com", "*.example.com", "*");
  });

  it("refuses what is no hostname, with the hostname's own suggestion", () => {
    refuses(routeHost, "app", "**", 5);
    assert.equal(routeHost.check("https://App.example.com/"), 'write "app.example.com"');
  });
});

describe("covers", () => {
  it("says that a name covers itself, and a wildcard all names below it, of any depth", () => {
    assert.ok(covers("app.example.com", "app.example.com"));
    assert.ok(covers("*.example.com", "app.example.com") && covers("*.example.com", "a.b.example.com"));
    assert.ok(covers("*.example.com", "*.shop.example.com") && covers("*.example.com", "*.example.com"));
  });

  it("says that a wildcard does not cover the name itself, one that only ends alike, nor every host", () => {
    assert.ok(!covers("*.example.com", "example.com") && !covers("*.example.com", "myexample.com"));
    assert.ok(!covers("app.example.com", "*.example.com") && !covers("*.example.com", "*"));
  });
});

describe("isInCertificate", () => {
  it("says that a name covers itself, and a wildcard the names one label below it", () => {
    assert.ok(isInCertificate("app.example.com", "app.example.com"));
    assert.ok(isInCertificate("*.example.com", "app.example.com") && isInCertificate("*.example.com", "*.example.com"));
  });

  it("says that a wildcard covers neither the name itself, nor names further below, nor others", () => {
    for (const host of ["example.com", "a.b.example.com", "*.b.example.com", "app.example.org", "myexample.com"]) {
      assert.ok(!isInCertificate("*.example.com", host), host);
    }
  });
});

describe("hostLabel", () => {
  it("names what belongs to a host, and to a wildcard otherwise than to any host below it", () => {
    assert.equal(hostLabel("http", "app.example.com"), "http-app.example.com");
    assert.equal(hostLabel("http", "*.example.com"), "http.example.com");
  });
});
