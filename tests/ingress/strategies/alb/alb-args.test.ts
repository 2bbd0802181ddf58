import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  type AlbArgs,
  albShape,
  type AlbContext,
  resolveAlb,
} from "../../../../components/ingress/strategies/alb/alb-args";
import { checkShape } from "../../../../components/inputs/shape";
import { clusterSettings, noTls, onlyProblem, placesOf, tlsAtBalancer, tlsInGateway } from "../../../support/settings";

const around: AlbContext = {
  path: "ingress",
  ingress: "istio-ingress",
  cluster: clusterSettings(),
  tls: noTls,
  subnets: 0,
  annotations: {},
  trustedProxies: 0,
};
const resolve = (args: AlbArgs, changes: Partial<AlbContext> = {}) => resolveAlb(args, { ...around, ...changes });
const named = (name: pulumi.Input<string>) => clusterSettings({ source: { kind: "named", name } });

describe("resolveAlb", () => {
  it("names the ALB after cluster and ingress, and talks plain HTTP to the gateway", () => {
    const { settings, problems, warnings } = resolve({});
    assert.deepEqual(settings, {
      kind: "alb",
      name: { afterCluster: "istio-ingress" },
      webAclArn: undefined,
      rateLimitPer5Minutes: undefined,
      groupName: undefined,
      idleTimeoutSeconds: undefined,
      accessLogsBucket: undefined,
      backendProtocol: "HTTP",
    });
    assert.deepEqual([problems, warnings], [[], []]);
  });

  it("keeps what is given", () => {
    const args: AlbArgs = {
      webAclArn: "arn:waf",
      name: "shop",
      groupName: "shops",
      idleTimeoutSeconds: 120,
      accessLogsBucket: "logs",
      backendProtocol: "HTTPS",
    };
    const { name, ...rest } = args;
    const { settings } = resolve(args);
    assert.deepEqual(settings, { kind: "alb", ...rest, rateLimitPer5Minutes: undefined, name: { exactly: name } });
    assert.equal(resolve({ rateLimitPer5Minutes: 10 }).settings.rateLimitPer5Minutes, 10);
  });

  it("names the ALB of a group after the group, since two names in one group are an error", () => {
    assert.deepEqual(resolve({ groupName: "shops" }).settings.name, { afterCluster: "shops" });
    assert.deepEqual(resolve({ groupName: "shops", name: "a" }).settings.name, { exactly: "a" });
  });

  describe("its name", () => {
    it("is checked with the cluster's: 32 characters are all that AWS takes", () => {
      const { path, given, suggestion } = onlyProblem(resolve({}, { cluster: named("production-eu-central-1") }));
      assert.equal(path, "ingress.alb.name");
      assert.equal(given, '"production-eu-central-1-istio-ingress"');
      assert.match(suggestion, /^set alb\.name: .*shorten it to "production-eu-central-1-istio-in"/);
      assert.deepEqual(placesOf(resolve({}, { cluster: named("a".repeat(18)) })), []);
      assert.deepEqual(placesOf(resolve({}, { cluster: named("a".repeat(19)) })), ["ingress.alb.name"]);
    });

    it("may not have the underscore that a cluster's may", () => {
      assert.deepEqual(placesOf(resolve({}, { cluster: named("prod_eu") })), ["ingress.alb.name"]);
    });

    it("cannot be checked before the cluster's is known", () => {
      assert.deepEqual(placesOf(resolve({}, { cluster: named(pulumi.output("a".repeat(99))) })), []);
      const source = { kind: "pulumi-eks", cluster: {} } as unknown as AlbContext["cluster"]["source"];
      assert.deepEqual(placesOf(resolve({}, { cluster: clusterSettings({ source }) })), []);
    });

    it("is not checked where no cluster is named, which is a problem of the cluster", () => {
      assert.deepEqual(placesOf(resolve({}, { cluster: named("") })), []);
    });

    it("stands for itself where it is given", () => {
      assert.deepEqual(placesOf(resolve({ name: "shop" }, { cluster: named("a".repeat(99)) })), []);
    });
  });

  describe("TLS towards the gateway", () => {
    const both = { ...tlsAtBalancer, secretName: "shop-tls" };

    it("needs a certificate on either side", () => {
      assert.deepEqual(placesOf(resolve({ backendProtocol: "HTTPS" }, { tls: both })), []);
      assert.deepEqual(placesOf(resolve({ backendProtocol: "HTTPS" }, { tls: tlsAtBalancer })), [
        "ingress.alb.backendProtocol",
      ]);
      assert.equal(onlyProblem(resolve({ backendProtocol: "HTTPS" }, { tls: tlsInGateway })).path, "ingress.tls");
    });

    it("is not to be had by a Secret alone: an ALB cannot pass TLS through", () => {
      const { path, suggestion } = onlyProblem(resolve({}, { tls: tlsInGateway }));
      assert.equal(path, "ingress.tls.secretName");
      assert.match(suggestion, /backendProtocol: "HTTPS"/);
      assert.deepEqual(placesOf(resolve({}, { tls: tlsAtBalancer })), []);
    });
  });

  it("has one web ACL: the mesh's own, or the one that is given", () => {
    const webAclArn = "arn:waf";
    const path = "ingress.alb.rateLimitPer5Minutes";
    assert.deepEqual(placesOf(resolve({ rateLimitPer5Minutes: 10 })), []);
    assert.deepEqual(placesOf(resolve({ rateLimitPer5Minutes: 10, webAclArn })), [path]);
    assert.deepEqual(placesOf(resolve({ rateLimitPer5Minutes: 0, webAclArn })), [path]);
  });

  it("limits no proxies, whose address all of their clients have", () => {
    const path = "ingress.alb.rateLimitPer5Minutes";
    assert.deepEqual(placesOf(resolve({ rateLimitPer5Minutes: 10 }, { trustedProxies: 1 })), [path]);
    assert.deepEqual(placesOf(resolve({ rateLimitPer5Minutes: 0 }, { trustedProxies: 1 })), []);
  });

  it("wants subnets of two zones, or leaves the choice to the controller", () => {
    const places = (subnets: number) => placesOf(resolve({}, { subnets }));
    assert.deepEqual([places(0), places(1), places(2)], [[], ["ingress.subnetIds"], []]);
  });
});

describe("albShape", () => {
  const reported = (args: object) => checkShape(albShape, args).problems.map(({ path }) => path);

  it("has the limits of AWS WAF for a rate, and 0 to take one away", () => {
    for (const rateLimitPer5Minutes of [0, 10, 2_000_000_000]) assert.deepEqual(reported({ rateLimitPer5Minutes }), []);
    for (const rateLimitPer5Minutes of [9, 2_000_000_001, "10", 1.5])
      assert.deepEqual(reported({ rateLimitPer5Minutes }), ["rateLimitPer5Minutes"]);
  });

  it("has Elastic Load Balancing's limits for idle connections", () => {
    assert.deepEqual(reported({ idleTimeoutSeconds: 1 }), []);
    assert.deepEqual(reported({ idleTimeoutSeconds: 4000 }), []);
    assert.deepEqual(reported({ idleTimeoutSeconds: 0 }), ["idleTimeoutSeconds"]);
    assert.deepEqual(reported({ idleTimeoutSeconds: 4001 }), ["idleTimeoutSeconds"]);
  });

  it("wants a regional web ACL, and names that AWS takes", () => {
    assert.deepEqual(
      reported({
        webAclArn: "shop",
        name: "a_b",
        groupName: "Shops",
        accessLogsBucket: "s3://logs",
        backendProtocol: "GRPC",
      }),
      ["webAclArn", "name", "groupName", "accessLogsBucket", "backendProtocol"],
    );
    const webAclArn = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shop/0f1e2d3c";
    assert.deepEqual(
      reported({ webAclArn, name: "a-b", groupName: "shops", accessLogsBucket: "logs", backendProtocol: "HTTPS" }),
      [],
    );
  });
});

describe("resolveAlb, with the version of the targets' protocol in annotations", () => {
  const key = "alb.ingress.kubernetes.io/backend-protocol-version";
  const version = (given: string, tls = tlsAtBalancer) => resolve({}, { tls, annotations: { [key]: given } });

  it("takes HTTP/1 always, and HTTP/2 where every request comes by HTTPS", () => {
    assert.deepEqual(version("HTTP1", noTls).problems, []);
    assert.deepEqual(version("HTTP2").problems, []);
  });

  it("refuses HTTP/2 where an HTTP listener forwards, which AWS does not take", () => {
    for (const tls of [noTls, { ...tlsAtBalancer, redirectHttp: false }]) {
      assert.match(onlyProblem(version("HTTP2", tls)).suggestion, /certificate in tls/);
    }
  });

  it("refuses gRPC, whose health check the gateway cannot answer, and offers HTTP/2", () => {
    const { path, allowed, suggestion } = onlyProblem(version("GRPC"));
    assert.equal(path, `ingress.annotations["${key}"]`);
    assert.match(allowed, /health check does not speak gRPC/);
    assert.equal(suggestion, 'write "HTTP2"');
  });

  it("refuses any other, which the controller would", () => {
    assert.equal(onlyProblem(version("http2")).allowed, '"HTTP1" or "HTTP2"');
  });
});
