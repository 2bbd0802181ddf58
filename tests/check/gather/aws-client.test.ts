import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AwsFacts } from "../../../cli/check/facts";
import { gatherAws } from "../../../cli/check/gather/aws";
import type { AwsIdentity } from "../../../cli/check/gather/aws-client";
import { inFolder } from "../../support/plans";

/**
 * Assumes any role that is not called "forbidden": the id of its key is the name of the role. Each account has one zone, called
 * after the key with which it is asked. Every call is written down with its credentials.
 */
const tool = `#!/bin/sh
echo "key=$AWS_ACCESS_KEY_ID token=$AWS_SESSION_TOKEN old=$AWS_SECURITY_TOKEN$AWS_CREDENTIAL_EXPIRATION $*" >> "$(dirname "$0")/calls"
case "$*" in
  *role/forbidden*) echo "An error occurred (AccessDenied) when calling the AssumeRole operation: not authorized to perform: sts:AssumeRole" >&2; exit 254;;
  *role/odd*) echo "hush";;
  "sts assume-role"*) name=$(basename "$4")
    printf '{"Credentials":{"AccessKeyId":"%s","SecretAccessKey":"hush","SessionToken":"token-%s"}}' "$name" "$name";;
  "route53 list-hosted-zones"*) printf '{"HostedZones":[{"Id":"/hostedzone/Z1","Name":"%s."}]}' "$AWS_ACCESS_KEY_ID";;
  *) echo "{}";;
esac
`;

const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const nobody: AwsIdentity = { region: "eu-central-1", profile: "ops", roles: [], unusable: [] };

interface Asked {
  readonly identity?: Partial<AwsIdentity>;
  readonly dnsRoles?: readonly string[];
  readonly ownZones?: boolean;
}

async function ask({ identity, dnsRoles = [], ownZones = true }: Asked) {
  return await inFolder(async (folder) => {
    writeFileSync(join(folder, "aws"), tool, { mode: 0o755 });
    writeFileSync(join(folder, "calls"), "");
    const before = { AWS_ACCESS_KEY_ID: "own", AWS_SECURITY_TOKEN: "stale", AWS_CREDENTIAL_EXPIRATION: "stale" };
    const environment = { ...process.env, ...before };
    const tools = { kubectl: "kubectl", aws: join(folder, "aws"), environment, timeoutSeconds: 20 };
    const questions = { ...nobody, ...identity, cluster: "prod", dnsRoles, ownZones, hostnames: Promise.resolve([]) };
    const facts = await gatherAws(questions, tools);
    return {
      facts,
      calls: readFileSync(join(folder, "calls"), "utf8")
        .split("\n")
        .filter((line) => line !== ""),
    };
  });
}

const isAssuming = (call: string) => call.includes(" sts assume-role ");
const zoneIn = (zones: AwsFacts["zones"] | undefined) =>
  zones?.known === true ? zones.answer[0]?.name : zones?.refusal;

describe("the roles with which the check command asks AWS", () => {
  it("are none where the stack file names none", async () => {
    const { facts, calls } = await ask({});
    assert.deepEqual(calls.filter(isAssuming), []);
    assert.equal(zoneIn(facts.zones), "own");
    for (const call of calls) assert.match(call, /^key=own .*--profile ops/);
  });

  it("are those of aws:assumeRoles, one after another and each once; then no profile is named", async () => {
    const roles = [{ roleArn: arn("hub"), externalId: "x1" }, { roleArn: arn("spoke") }];
    const { facts, calls } = await ask({ identity: { roles } });
    const [first = "", second = "", ...more] = calls.filter(isAssuming);
    assert.equal(more.length, 0);
    assert.match(first, /^key=own .*--role-arn \S+role\/hub .*--external-id x1 .*--profile ops/);
    assert.match(second, /^key=hub token=token-hub old= .*--role-arn \S+role\/spoke /);
    assert.doesNotMatch(second, /--external-id|--profile/);
    const others = calls.filter((call) => !isAssuming(call));
    assert.ok(others.length > 3);
    for (const call of others) assert.match(call, /^key=spoke token=token-spoke old= (?!.*--profile)/);
    assert.equal(zoneIn(facts.zones), "spoke");
  });

  it("are for Route 53 those of dns.roleArn, assumed with the others", async () => {
    const dnsRoles = [arn("dns"), arn("zones")];
    const { facts, calls } = await ask({ identity: { roles: [{ roleArn: arn("hub") }] }, dnsRoles, ownZones: false });
    assert.equal(zoneIn(facts.zonesInRoles[arn("dns")]), "dns");
    assert.equal(zoneIn(facts.zonesInRoles[arn("zones")]), "zones");
    assert.deepEqual(facts.zones, { known: true, answer: [] });
    const assumed = calls.filter((call) => isAssuming(call) && !call.includes("role/hub"));
    assert.equal(assumed.length, 2);
    for (const call of assumed) assert.match(call, /^key=hub /);
    const other = calls.filter((call) => /^key=(dns|zones) /.test(call));
    assert.ok(
      other.every((call) => call.includes("route53 list-hosted-zones")),
      other.join("\n"),
    );
  });

  it("leave every question open where one of them may not be assumed, and say so", async () => {
    const { facts, calls } = await ask({
      identity: { roles: [{ roleArn: arn("forbidden") }] },
      dnsRoles: [arn("dns")],
    });
    assert.equal(calls.length, 1);
    const { zonesInRoles, ...rest } = facts;
    for (const result of [...Object.values(rest), zonesInRoles[arn("dns")]]) {
      assert.ok(result?.known === false);
      const { reason, question, message } = result.refusal;
      assert.equal(reason, "forbidden");
      assert.equal(question, `aws sts assume-role --role-arn ${arn("forbidden")}`);
      assert.match(message, /sts:AssumeRole/);
    }
  });

  it("leave only the zones open where that of dns.roleArn may not be assumed", async () => {
    const { facts } = await ask({ dnsRoles: [arn("forbidden")] });
    assert.equal(facts.zonesInRoles[arn("forbidden")]?.known, false);
    assert.ok(facts.zones.known && facts.subnets.known && facts.certificates.known);
  });

  it("ask nothing where the stack file has credentials that only Pulumi can use", async () => {
    const { facts, calls } = await ask({ identity: { unusable: ["aws:assumeRoles is encrypted in the stack file"] } });
    assert.deepEqual(calls, []);
    assert.ok(!facts.certificates.known && !facts.cluster.known);
    const { reason, message } = facts.certificates.refusal;
    assert.deepEqual([reason, message], ["not-asked", "aws:assumeRoles is encrypted in the stack file"]);
  });

  it("never show credentials, not even of an answer that cannot be read", async () => {
    const odd = await ask({ identity: { roles: [{ roleArn: arn("odd") }] } });
    assert.ok(!odd.facts.zones.known);
    assert.equal(odd.facts.zones.refusal.message, "text that is no JSON");
    const fine = await ask({ identity: { roles: [{ roleArn: arn("hub") }] }, dnsRoles: [arn("dns")] });
    for (const { facts, calls } of [odd, fine]) {
      assert.doesNotMatch(
        JSON.stringify(facts) + calls.map((call) => call.replace(/^.* old= /, "")).join(),
        /hush|token-/,
      );
    }
  });
});
