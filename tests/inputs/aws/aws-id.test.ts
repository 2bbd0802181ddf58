import assert from "node:assert/strict";
import {
  certificateArn,
  clusterName,
  eipAllocationId,
  hostedZoneId,
  privateCaArn,
  regionOfArn,
  securityGroupId,
  subnetId,
  tlsPolicy,
  vpcId,
  policyArn,
  webAclArn,
} from "../../../components/inputs/aws/aws-id";
import { accepts, refuses } from "../../support/forms";

describe("subnetId, securityGroupId, vpcId, eipAllocationId", () => {
  it("knows the short ids of old accounts and the long ones of today", () => {
    accepts(subnetId, "subnet-0a1b2c3d", "subnet-0123456789abcdef0");
    accepts(securityGroupId, "sg-0a1b2c3d", "sg-0123456789abcdef0");
    accepts(vpcId, "vpc-0a1b2c3d", "vpc-0123456789abcdef0");
    accepts(eipAllocationId, "eipalloc-0a1b2c3d", "eipalloc-0123456789abcdef0");
  });

  it("refuses the id of another kind of resource, which AWS would refuse minutes later", () => {
    refuses(subnetId, "sg-0123456789abcdef0", "vpc-0123456789abcdef0");
    refuses(securityGroupId, "subnet-0123456789abcdef0");
    refuses(vpcId, "sg-0123456789abcdef0");
    refuses(eipAllocationId, "eipassoc-0123456789abcdef0", "203.0.113.7");
  });

  it("refuses an id that was cut off, and the Name tag of a resource", () => {
    refuses(subnetId, "subnet-0123456", "subnet-0123456789abcdef01", "public-a", "subnet-0123456789ABCDEF0");
  });
});

describe("hostedZoneId", () => {
  it("takes Route 53's ids, not the path that its API answers with", () => {
    accepts(hostedZoneId, "Z0123456789ABCDEFGHIJ", "Z1A2");
    refuses(hostedZoneId, "/hostedzone/Z0123456789ABCDEFGHIJ", "example.com", "z0123", "Z");
  });
});

describe("certificateArn", () => {
  it("takes certificates of ACM in any region and any of AWS's partitions", () => {
    accepts(
      certificateArn,
      "arn:aws:acm:eu-central-1:123456789012:certificate/0f1e2d3c-0000-4000-8000-000000000000",
      "arn:aws-cn:acm:cn-north-1:123456789012:certificate/abc",
      "arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/abc",
    );
  });

  it("refuses several in one text, and names the member for the others", () => {
    const arn = "arn:aws:acm:eu-central-1:123456789012:certificate/abc";
    assert.match(String(certificateArn.check(`${arn},${arn}`)), /tls\.certificateArns$/);
    assert.match(String(certificateArn.check(`${arn}, ${arn}`)), /tls\.certificateArns$/);
    assert.match(String(certificateArn.check(`${arn},x`)), /^write the ARN/);
  });

  it("refuses certificates of IAM, an account number that is too short, and the bare id", () => {
    refuses(
      certificateArn,
      "arn:aws:iam::123456789012:server-certificate/shop",
      "arn:aws:acm:eu-central-1:12345678901:certificate/abc",
      "0f1e2d3c-0000-4000-8000-000000000000",
    );
  });
});

describe("regionOfArn", () => {
  it("is the fourth part", () => {
    assert.equal(regionOfArn("arn:aws:acm:eu-central-1:123456789012:certificate/abc"), "eu-central-1");
  });
});

describe("privateCaArn", () => {
  const authority =
    "arn:aws-cn:acm-pca:cn-north-1:123456789012:certificate-authority/0a1b2c3d-0000-4000-8000-0123456789ab";

  it("takes the ARN of a certificate authority", () => accepts(privateCaArn, authority));

  it("refuses other ARNs, and names the authority of a certificate", () => {
    refuses(privateCaArn, "", "0a1b2c3d", "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b", `${authority}/`);
    assert.equal(
      privateCaArn.check(`${authority}/certificate/0a1b`),
      `this is a certificate of the authority; write "${authority}"`,
    );
  });
});

describe("policyArn", () => {
  it("takes managed policies of the account and of AWS, in any partition", () => {
    accepts(policyArn, "arn:aws:iam::123456789012:policy/team/boundary");
    accepts(policyArn, "arn:aws-us-gov:iam::aws:policy/PowerUserAccess");
  });

  it("says what to write in place of a name or a role", () => {
    assert.match(String(policyArn.check("boundary")), /policy\/<name>; its name alone is not enough/);
    assert.ok(policyArn.check("arn:aws:iam::123456789012:role/boundary"));
  });
});

describe("webAclArn", () => {
  const acl = (scope: string) => `arn:aws:wafv2:eu-central-1:123456789012:${scope}/webacl/shop/0f1e2d3c`;

  it("takes a regional web ACL, the only kind that an ALB can carry", () => accepts(webAclArn, acl("regional")));

  it("says of a global web ACL that it is for CloudFront", () => {
    assert.match(String(webAclArn.check(acl("global"))), /CloudFront.*REGIONAL/);
  });

  it("sends everybody else to the place where the ARN can be copied", () => {
    assert.match(String(webAclArn.check("shop")), /aws wafv2 list-web-acls --scope REGIONAL/);
  });
});

describe("clusterName", () => {
  it("takes up to 100 letters, digits, hyphens and underscores, as EKS does", () => {
    accepts(clusterName, "prod", "Prod_1-a", "1", "a".repeat(100));
  });

  it("refuses dots, a hyphen at the beginning, and 101 characters", () => {
    refuses(clusterName, "prod.eu", "-prod", "_prod", "a".repeat(101), "");
  });
});

describe("tlsPolicy", () => {
  it("takes the names of Elastic Load Balancing's policies, not those of CloudFront or a bare version", () => {
    accepts(tlsPolicy, "ELBSecurityPolicy-TLS13-1-2-2021-06", "ELBSecurityPolicy-2016-08");
    refuses(tlsPolicy, "TLSv1.2_2021", "TLS13-1-2-2021-06", "ELBSecurityPolicy-");
  });
});
