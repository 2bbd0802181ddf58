import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { IngressArgs } from "../../components";
import { checkRegions, warnOfRegion } from "../../components/mesh/region-check";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { smallest } from "../support/args";

const certificate = (region: string) => `arn:aws:acm:${region}:123456789012:certificate/0f`;
const acl = (region: string) => `arn:aws:wafv2:${region}:123456789012:regional/webacl/main/0f`;
const alb = (region: string): IngressArgs => ({
  strategy: "alb",
  tls: { certificateArn: certificate(region), certificateArns: [certificate(region), pulumi.output("later")] },
  alb: { webAclArn: acl(region) },
});

describe("checkRegions", () => {
  it("takes certificates and web ACLs of the stack's region", () => {
    const args = { ...smallest, ingress: alb("eu-west-1"), additionalIngresses: { shop: alb("eu-west-1") } };
    assert.deepEqual(checkRegions(args, "eu-west-1"), []);
    assert.deepEqual(checkRegions(smallest, "eu-west-1"), []);
  });

  it("refuses those of another region, which the load balancer could not use", () => {
    const args = { ...smallest, ingress: alb("us-east-1"), additionalIngresses: { shop: alb("us-east-1") } };
    const found = checkRegions(args, "eu-west-1");
    const below = (path: string) =>
      ["tls.certificateArn", "tls.certificateArns[0]", "alb.webAclArn"].map((member) => `${path}.${member}`);
    assert.deepEqual(
      found.map(({ path }) => path),
      [...below("ingress"), ...below("additionalIngresses.shop")],
    );
    assert.deepEqual(found[0], {
      path: "ingress.tls.certificateArn",
      given: `"${certificate("us-east-1")}"`,
      allowed: "a certificate in eu-west-1, the region of the stack (aws:region), where the load balancer is",
      suggestion:
        "request or import the certificate in eu-west-1, or set aws:region to us-east-1 if the cluster is there",
    });
    assert.match(
      String(found[2]?.suggestion),
      /^make the web ACL in eu-west-1, with scope REGIONAL, or set aws:region/,
    );
  });

  it("refuses an AWS Private CA of another region, which issues nothing here", () => {
    const arn = (region: string) => `arn:aws:acm-pca:${region}:123456789012:certificate-authority/0f`;
    const of = (privateCaArn: string) => ({ ...smallest, security: { certificateAuthority: { privateCaArn } } });
    assert.deepEqual(checkRegions(of(arn("eu-west-1")), "eu-west-1"), []);
    assert.deepEqual(checkRegions(of(arn("us-east-1")), "eu-west-1"), [
      {
        path: "security.certificateAuthority.privateCaArn",
        given: `"${arn("us-east-1")}"`,
        allowed:
          "a certificate authority in eu-west-1, the region of the stack (aws:region), where istiod's certificate is issued",
        suggestion: "create the authority in eu-west-1, or set aws:region to us-east-1 if the cluster is there",
      },
    ]);
  });

  it("asks nothing where the region is known only during up", () => {
    assert.deepEqual(checkRegions({ ...smallest, ingress: alb("us-east-1") }, undefined), []);
  });

  it("refuses what is no region, alone", () => {
    const found = checkRegions({ ...smallest, ingress: alb("us-east-1") }, "EU-Central-1");
    assert.deepEqual(found, [
      {
        path: "aws:region",
        given: '"EU-Central-1"',
        allowed: "an AWS region, such as eu-central-1",
        suggestion: 'did you mean "eu-central-1"?',
      },
    ]);
    assert.equal(checkRegions(smallest, "Frankfurt")[0]?.suggestion, "write the region of the cluster");
  });

  it("is part of what the arguments resolve to", () => {
    const { problems } = resolveIstioMesh({ ...smallest, ingress: alb("eu-west-1") }, "us-east-1");
    assert.ok(problems.some(({ path }) => path === "ingress.alb.webAclArn"));
    assert.equal(
      resolveIstioMesh(smallest, "eu-centrall-1").warnings.length,
      1 + resolveIstioMesh(smallest).warnings.length,
    );
  });
});

describe("warnOfRegion", () => {
  it("is quiet about known regions of every partition", () => {
    for (const region of ["eu-central-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1", "us-isob-east-1", undefined])
      assert.deepEqual(warnOfRegion(region), []);
  });

  it("reports one that does not exist, or that AWS has added since", () => {
    assert.deepEqual(warnOfRegion("eu-centrall-1"), [
      "aws:region: eu-centrall-1 is no region that istio-eks knows. Did you mean eu-central-1? It is used as written.",
    ]);
    assert.match(String(warnOfRegion("xy-somewhereelse-12")), /is no region that istio-eks knows\. It is used/);
  });

  it("leaves to the problem what is no region at all", () => assert.deepEqual(warnOfRegion("Frankfurt"), []));
});
