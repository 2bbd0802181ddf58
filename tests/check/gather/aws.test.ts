import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AwsFacts } from "../../../cli/check/facts";
import { gatherAws } from "../../../cli/check/gather/aws";
import { inFolder } from "../../support/plans";

/** What the AWS CLI answers, by service and action. */
type Answers = Readonly<Record<string, object>>;

async function ask(answers: Answers): Promise<AwsFacts> {
  return await inFolder(async (folder) => {
    for (const [call, answer] of Object.entries(answers)) writeFileSync(join(folder, call), JSON.stringify(answer));
    const tool = `#!/bin/sh\nfile="$(dirname "$0")/$1 $2"\nif [ -f "$file" ]; then cat "$file"; fi\n`;
    writeFileSync(join(folder, "aws"), tool, { mode: 0o755 });
    const tools = { kubectl: "kubectl", aws: join(folder, "aws"), environment: process.env, timeoutSeconds: 20 };
    const identity = { region: "eu-central-1", profile: undefined, roles: [], unusable: [] };
    const zones = { ownZones: false, dnsRoles: [] };
    return gatherAws({ ...identity, ...zones, cluster: "prod", hostnames: Promise.resolve([]) }, tools);
  });
}

const cluster = { name: "prod", resourcesVpcConfig: { vpcId: "vpc-1" } };

describe("what the check command reads in the answers of AWS", () => {
  it("is the family of the addresses of pods and Services", async () => {
    const kubernetesNetworkConfig = { ipFamily: "ipv6", serviceIpv6Cidr: "fd00::/108" };
    const { cluster: found } = await ask({
      "eks describe-cluster": { cluster: { ...cluster, kubernetesNetworkConfig } },
    });
    assert.ok(found.known);
    assert.equal(found.answer?.ipFamily, "ipv6");
    const { cluster: silent } = await ask({ "eks describe-cluster": { cluster } });
    assert.ok(silent.known);
    assert.equal(silent.answer?.ipFamily, "");
  });

  it("is which subnets have an IPv6 range that is associated", async () => {
    const range = (State: string) => [{ Ipv6CidrBlock: "2001:db8::/64", Ipv6CidrBlockState: { State } }];
    const Subnets = [
      { SubnetId: "subnet-a", Ipv6CidrBlockAssociationSet: range("associated") },
      { SubnetId: "subnet-b", Ipv6CidrBlockAssociationSet: range("disassociated") },
      { SubnetId: "subnet-c", Ipv6CidrBlockAssociationSet: [] },
    ];
    const { subnets } = await ask({ "eks describe-cluster": { cluster }, "ec2 describe-subnets": { Subnets } });
    assert.ok(subnets.known);
    assert.deepEqual(
      subnets.answer.map(({ hasIpv6 }) => hasIpv6),
      [true, false, false],
    );
  });

  it("is whether a certificate has more names than ACM lists", async () => {
    const CertificateSummaryList = [
      { CertificateArn: "one", HasAdditionalSubjectAlternativeNames: true },
      { CertificateArn: "other", HasAdditionalSubjectAlternativeNames: false },
    ];
    const { certificates } = await ask({ "acm list-certificates": { CertificateSummaryList } });
    assert.ok(certificates.known);
    assert.deepEqual(
      certificates.answer.map(({ hasMoreNames }) => hasMoreNames),
      [true, false],
    );
  });
});
