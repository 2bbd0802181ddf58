import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gather } from "../../../cli/check/gather/gather";
import { resolveIstioMesh } from "../../../components/mesh/resolve-mesh-args";
import { inFolder } from "../../support/plans";

/** A tool that answers nothing and writes down which profile it was given. */
const tool = `#!/bin/sh
echo "$(basename "$0") profile=$AWS_PROFILE $*" >> "$(dirname "$0")/calls"
exit 1
`;

/** The calls of both tools for a stack file. */
async function calls(profiles: { readonly cluster?: string; readonly aws?: string }): Promise<readonly string[]> {
  return await inFolder(async (folder) => {
    const kubectl = join(folder, "kubectl");
    for (const path of [kubectl, join(folder, "aws")]) writeFileSync(path, tool, { mode: 0o755 });
    const cluster = { name: "prod", ...(profiles.cluster === undefined ? {} : { profile: profiles.cluster }) };
    const { settings } = resolveIstioMesh({ mode: "sidecar", cluster, cleanup: { kubectl } }, "eu-central-1");
    assert.ok(settings);
    const path = process.env["PATH"];
    process.env["PATH"] = `${folder}:${path ?? ""}`;
    const choice = { kubeconfig: undefined, context: undefined };
    try {
      const identity = { region: "eu-central-1", profile: profiles.aws, roles: [], unusable: [] };
      await gather(settings, { ...choice, ...identity, timeoutSeconds: 20 });
    } finally {
      process.env["PATH"] = path;
    }
    return readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
  });
}

const ofTool = (all: readonly string[], name: string) => all.filter((call) => call.startsWith(`${name} `));

describe("the identity with which the check command asks", () => {
  it("asks the cluster with cluster.profile, and AWS with aws:profile", async () => {
    const all = await calls({ cluster: "cluster-admin", aws: "ops" });
    const [kubectl, aws] = [ofTool(all, "kubectl"), ofTool(all, "aws")];
    assert.ok(kubectl.length > 0 && aws.length > 0);
    for (const call of kubectl) assert.match(call, /^kubectl profile=cluster-admin /);
    for (const call of aws) assert.match(call, /^aws profile=ops .*--profile ops/);
  });

  it("asks the cluster with aws:profile where cluster.profile is not given", async () => {
    const all = await calls({ aws: "ops" });
    for (const call of ofTool(all, "kubectl")) assert.match(call, /^kubectl profile=ops /);
  });

  it("does not ask AWS with cluster.profile", async () => {
    const all = await calls({ cluster: "cluster-admin" });
    for (const call of ofTool(all, "aws")) assert.doesNotMatch(call, /cluster-admin/);
  });
});
