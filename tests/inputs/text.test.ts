import assert from "node:assert/strict";
import fc from "fast-check";
import {
  anyText,
  bucketName,
  exactPath,
  ingressGroupName,
  ingressName,
  kubernetesName,
  labelKey,
  labelValue,
  loadBalancerName,
  quantity,
  revision,
  subdomainName,
  urlPath,
  portName,
} from "../../components/inputs/text";
import { accepts, refuses, suggestion } from "../support/forms";

const near = (signs: string, maxLength = 50) => fc.string({ unit: fc.constantFrom(...signs), maxLength });

describe("anyText", () => {
  it("takes any text but an empty one, which in a chart's values means something else than nothing", () => {
    accepts(anyText, "x", " x ");
    assert.equal(anyText.check("  "), "write something, or remove the line");
  });
});

describe("exactPath", () => {
  it("takes whole paths, and answers a path without its slash with one", () => {
    accepts(exactPath, "/", "/cart", "/cart/", "/a%20b");
    refuses(exactPath, "/a//b", "/a?b", "/a b");
    assert.equal(exactPath.check("cart"), 'begin it with a slash: "/cart"');
  });
});

describe("kubernetesName", () => {
  it("takes RFC 1123 labels of up to 63 characters", () => {
    accepts(kubernetesName, "a", "istio-ingress", "1-a", "a".repeat(63));
    refuses(kubernetesName, "a".repeat(64), "", "Istio", "a.b", "a_b", "-a", "a-");
  });
});

describe("ingressName", () => {
  it("takes what a Service and a Helm release may both be called", () => {
    accepts(ingressName, "a", "istio-ingress", "a1", "a".repeat(53));
    refuses(ingressName, "a".repeat(54), "", "Inner", "a.b", "a_b", "-a", "a-", "1-a", "9");
  });

  it("suggests the nearest name that they may", () => {
    assert.equal(ingressName.check("1-a"), 'write "ingress-1-a"');
    assert.equal(ingressName.check("a".repeat(60)), `write "${"a".repeat(53)}"`);
    assert.equal(ingressName.check("a_b"), "write a name such as internal");
    assert.equal(ingressName.check("9".repeat(53)), "write a name such as internal");
  });
});

describe("labelValue", () => {
  it("takes up to 63 letters, digits, dots, hyphens and underscores, and nothing at all", () => {
    accepts(labelValue, "", "Gateway", "a.b_c-d", "1", "a".repeat(63));
    refuses(labelValue, "a".repeat(64), "-a", "a-", "a b", "a/b");
  });
});

describe("portName", () => {
  it("takes names of ports of Services, other than those of the gateway's own", () => {
    accepts(portName, "a", "tls-kafka", "fifteen-letter1");
    refuses(portName, "Kafka", "9094", "a--b", "-a", "a-", "a_b", "a.b", "sixteen-letters-");
    refuses(portName, "http", "http2", "https", "status-port");
  });
});

describe("labelKey", () => {
  it("takes a name with or without a DNS prefix", () => {
    accepts(labelKey, "app", "app.kubernetes.io/name", "istio.io/rev", "a".repeat(63), `x.y/${"a".repeat(63)}`);
    refuses(labelKey, "", "/app", "a/b/c", "a".repeat(64), "App.Io/x", "istio.io/", "-app");
  });

  it("takes only prefixes that are names of DNS, of up to 253 characters", () => {
    accepts(labelKey, `${"a".repeat(253)}/x`, "a-b.c/x");
    refuses(labelKey, `${"a".repeat(254)}/x`, "a..b/x", "a.-b/x", "a-.b/x", ".a/x", "a./x");
  });
});

describe("subdomainName", () => {
  it("takes names with dots, as Secrets have them, of up to 253 characters", () => {
    accepts(subdomainName, "shop-tls", "shop.example.com", "1.a", "a".repeat(253));
    refuses(subdomainName, "a".repeat(254), "", "a..b", ".a", "a.", "a.-b", "Shop", "a_b", "a/b");
  });
});

describe("revision", () => {
  it("takes what can be part of the name of a Service and of a webhook", () => {
    accepts(revision, "1-31-1", "canary", "a", "a".repeat(40));
    refuses(revision, "a".repeat(41), "", "-a", "a-", "a b");
  });

  it("writes a version with hyphens: Istio's charts refuse dots in a revision", () => {
    assert.equal(revision.check("1.31.1"), 'write "1-31-1"');
    assert.equal(revision.check("Canary_2"), 'write "canary-2"');
  });

  it("tells an example where it cannot guess", () => {
    assert.equal(revision.check("neue Version"), "write a name such as 1-31-1");
  });

  it("suggests only what it would accept itself", () => {
    fc.assert(
      fc.property(near("aB1._- "), (given) => {
        const suggested = suggestion(revision.check(given));
        if (suggested !== undefined) accepts(revision, suggested);
      }),
      { numRuns: 500, examples: [["1.31.1."], ["A".repeat(41)]] },
    );
  });
});

describe("quantity", () => {
  it("takes Kubernetes' decimal and binary units", () => {
    accepts(quantity, "1", "0.5", "100m", "128Mi", "1Gi", "1G", "2k", "1Ki", "5n", "5u");
    refuses(quantity, "128mb", "1 Gi", "1gi", "Mi", "", ".", "1.2.3", "1K", "1mi");
  });

  it("takes the other spellings of a number: a sign, a dot at either end, an exponent", () => {
    accepts(quantity, "+1", ".5", "5.", "1e3", "1E3", "1e-3", "1.5e+3", "1E");
    refuses(quantity, "-1", "++1", "1e", "1e3Mi", "e3", "1e1.5");
  });

  it("takes whatever Kubernetes' grammar makes, and nothing negative", () => {
    const digits = fc.stringMatching(/^\d{1,6}$/);
    const number = fc.oneof(
      digits,
      fc.tuple(digits, digits).map((parts) => parts.join(".")),
      digits.map((given) => `${given}.`),
      digits.map((given) => `.${given}`),
    );
    const exponent = fc
      .tuple(fc.constantFrom("e", "E"), fc.constantFrom("", "+", "-"), digits)
      .map((parts) => parts.join(""));
    const units = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    const suffix = fc.oneof(fc.constantFrom(...units), exponent);
    fc.assert(
      fc.property(fc.constantFrom("", "+"), number, suffix, (...parts) => {
        accepts(quantity, parts.join(""));
        refuses(quantity, `-${parts.slice(1).join("")}`);
      }),
    );
  });
});

describe("loadBalancerName", () => {
  it("takes 32 letters, digits and hyphens, as Elastic Load Balancing does", () => {
    accepts(loadBalancerName, "prod-svc-ingress", "A", "1", "a".repeat(32));
    refuses(loadBalancerName, "a_b", "a.b", "-a", "a-", "", "a".repeat(33));
  });

  it("refuses names that begin with internal-, which AWS keeps for the DNS names of internal load balancers", () => {
    refuses(loadBalancerName, "internal-api");
    accepts(loadBalancerName, "internal", "internals-api", "my-internal-api");
  });

  it("suggests the first 32 characters of a longer name, without a hyphen at the end", () => {
    assert.equal(loadBalancerName.check(`${"a".repeat(31)}-ingress`), `shorten it to "${"a".repeat(31)}"`);
  });

  it("suggests only what it would accept itself", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          near("aB1-_"),
          near("a-").map((rest) => `internal-${rest}`),
        ),
        (given) => {
          const suggested = suggestion(loadBalancerName.check(given));
          if (suggested !== undefined) accepts(loadBalancerName, suggested);
        },
      ),
      { numRuns: 500, examples: [["a_".repeat(20)], [`internal-${"a".repeat(30)}`]] },
    );
  });
});

describe("ingressGroupName", () => {
  it("takes up to 63 lower-case letters, digits, hyphens and dots, as the controller does", () => {
    accepts(ingressGroupName, "shop", "shop.eu-1", "a".repeat(63));
    refuses(ingressGroupName, "Shop", "shop_eu", ".shop", "shop-", "a".repeat(64), "");
  });
});

describe("bucketName", () => {
  it("takes 3 to 63 characters, as S3 does", () => {
    accepts(bucketName, "abc", "alb-logs.example", "a".repeat(63));
    refuses(bucketName, "ab", "a".repeat(64), "Logs", "logs_a", "-logs", "logs-", "s3://logs");
  });
});

describe("urlPath", () => {
  it("takes beginnings of paths as the Gateway API does", () => {
    accepts(urlPath, "/", "/cart", "/api/v1", "/a.b/c~d", "/%20", "/cart/.well-known", "/...");
  });

  it("refuses what it would refuse: no slash at the front, two of them, dots as parts, a query, spaces", () => {
    refuses(urlPath, "", "cart", "/a//b", "/a/../b", "/a/.", "/..", "/a?b=c", "/a#b", "/a b", "/a%2Fb", "/%zz", 5);
    refuses(urlPath, `/${"a".repeat(1024)}`);
    accepts(urlPath, `/${"a".repeat(1023)}`);
  });

  it("refuses a slash at the end, which means nothing, and reports what to write", () => {
    assert.equal(urlPath.check("/cart/"), 'write "/cart", which takes what is below it too');
    assert.equal(urlPath.check("//"), 'write "/", which takes what is below it too');
    assert.equal(urlPath.check("cart/"), 'begin it with a slash: "/cart"');
  });
});
