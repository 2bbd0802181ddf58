import assert from "node:assert/strict";
import { type Case, made, namesOf } from "../support/cases";
import { memberAt } from "../support/recorded";

describe("Cases: AWS credentials", () => {
  const entries = (found: Case) =>
    Object.fromEntries(
      namesOf(found, /^mesh-(aws-credentials|serviceentry)-/).map((name) => {
        const [address, host] = [found.input(name, "spec.addresses[0]"), found.input(name, "spec.hosts[0]")];
        return [name.replace(/^mesh-/, ""), address === undefined ? host : address];
      }),
    );
  const local = {
    "aws-credentials-pod-identity-agent": "169.254.170.23",
    "aws-credentials-pod-identity-agent-ipv6": "fd00:ec2::23",
    "aws-credentials-instance-metadata": "169.254.169.254",
    "aws-credentials-instance-metadata-ipv6": "fd00:ec2::254",
  };
  const kubeconfig = ({ sent }: Case) => String(memberAt(sent("mesh-kubernetes")["kubeconfig"], "value"));
  const cleanup = ({ sent }: Case) => JSON.stringify(sent("mesh-cleanup"));

  it("10: registry-only leaves the agent and the metadata service reachable, and names STS once", async () => {
    const found = await made("10-registry-only-pod-identity");
    assert.deepEqual(entries(found), {
      ...local,
      "serviceentry-s3.eu-west-1.amazonaws.com": "s3.eu-west-1.amazonaws.com",
      "serviceentry-sts.eu-west-1.amazonaws.com": "sts.eu-west-1.amazonaws.com",
    });
  });

  it("10b, 10c: it knows the STS host of other partitions", async () => {
    const gov = entries(await made("10b-registry-only-irsa-govcloud"));
    const china = entries(await made("10c-registry-only-china"));
    assert.equal(gov["aws-credentials-sts"], "sts.us-gov-west-1.amazonaws.com");
    assert.equal(china["aws-credentials-sts"], "sts.cn-north-1.amazonaws.com.cn");
  });

  it("10d: it knows the STS host of its own region beside one of another", async () => {
    assert.deepEqual(entries(await made("10d-registry-only-sts-of-another-region")), {
      ...local,
      "aws-credentials-sts": "sts.eu-west-1.amazonaws.com",
      "serviceentry-sts.us-east-1.amazonaws.com": "sts.us-east-1.amazonaws.com",
    });
  });

  it("12: the role that Pulumi assumes gets the token for Kubernetes, at destroy too", async () => {
    const found = await made("12-assume-role");
    const role = "arn:aws:iam::123456789012:role/deployer";
    assert.ok(kubeconfig(found).includes(`"--role-arn","${role}"`));
    assert.ok(cleanup(found).includes(role));
  });

  it("12b: of two roles the last is assumed, with warnings", async () => {
    const found = await made("12b-chained-roles");
    assert.match(kubeconfig(found), /"--role-arn","arn:aws:iam::123456789012:role\/deployer"/);
    assert.match(found.warnings.join("\n"), /assumes only the last of the 2 roles/);
    assert.match(found.warnings.join("\n"), /cannot send the external ID/);
  });

  it("43: the cleanup asks AWS for network interfaces with the stack's profile", async () => {
    const { input } = await made("43-wait-for-interfaces-profile");
    const environment = ["REGION", "PROFILE"].map((key) => input("mesh-cleanup", `environment.${key}`));
    assert.deepEqual(environment, ["eu-central-1", "work"]);
  });

  it("44: a kubeconfig that is given or taken away replaces nothing", async () => {
    const found = await made("44-kubeconfig-given");
    assert.equal(kubeconfig(found), "apiVersion: v1");
    assert.equal(
      found.input("mesh-kubernetes", "clusterIdentifier"),
      "arn:aws:eks:eu-central-1:123456789012:cluster/my-cluster",
    );
  });
});
