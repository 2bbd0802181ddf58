import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { clusterRoleText } from "../../cli/formats/rbac";
import type { Run, Stack } from "./engine/stack";
import { type Combination, meshOf } from "./meshes";
import { expectedPlan } from "./expected/expected-plan";
import { type Trial, describeTrial, noChange, succeeded } from "./trial";

interface Kubeconfig {
  readonly users: readonly { readonly name: string; readonly user: object }[];
}

/** The administrator's kubeconfig, whose holder acts as somebody with other rights. */
function kubeconfigOf({ testEnv }: Trial, somebody: string): string {
  const kubeconfig = parse(readFileSync(testEnv.cluster.kubeconfig, "utf8")) as Kubeconfig;
  const users = kubeconfig.users.map(({ name, user }) => ({ name, user: { ...user, as: somebody } }));
  return stringify({ ...kubeconfig, users });
}

/** Gives somebody the rights that `istio-eks plan --format rbac` tells, and no others. */
async function giveRights(trial: Trial, stack: Stack, somebody: string): Promise<void> {
  const file = join(trial.testEnv.folder, "cluster-role.yaml");
  const resources = (await expectedPlan(trial.testEnv, stack)) as Parameters<typeof clusterRoleText>[0];
  writeFileSync(file, clusterRoleText(resources));
  await trial.kubectl(["apply", `--filename=${file}`]);
  await trial.kubectl(["create", "clusterrolebinding", "istio-eks", "--clusterrole=istio-eks", `--user=${somebody}`]);
}

/** What the API server would not let one do: the provider goes on without some of it, and only warns. */
function refusals({ output }: Run): readonly string[] {
  return output.split("\n").filter((line) => /forbidden/i.test(line));
}

const combinations: readonly Combination[] = [
  { mode: "ambient", strategy: "nlb" },
  { mode: "sidecar", strategy: "alb" },
];

for (const { mode, strategy } of combinations) {
  describeTrial(`the rights that a plan tells for ${mode} and ${strategy}`, (trial) => {
    const somebody = "deployer";
    let stack: Stack;

    it("are enough for a mesh to come, to stay and to be read again", async () => {
      const mesh = meshOf(trial.testEnv, { mode, strategy });
      const kubeconfig = kubeconfigOf(trial, somebody);
      const cluster = { ...(mesh["cluster"] as object), kubeconfig };
      stack = await trial.stack("rights", { ...mesh, cluster });
      await giveRights(trial, stack, somebody);
      await trial.takeAsGiven();
      for (const run of [await stack.preview(), await stack.up(), await stack.refresh(), await stack.up(noChange)]) {
        assert.deepEqual(refusals(succeeded(run)), []);
      }
      await trial.isAsPlanned(stack);
    });

    it("are enough for it to go", async () => {
      assert.deepEqual(refusals(succeeded(await stack.destroy())), []);
      assert.deepEqual(await trial.left(), []);
    });

    it("are not those of an administrator", async () => {
      const may = (verb: string, what: string) =>
        trial
          .kubectl(["auth", "can-i", verb, what, `--as=${somebody}`, "--all-namespaces"])
          .then((answer) => answer.trim())
          .catch((error: unknown) => (error as { readonly stdout: string }).stdout.trim());
      assert.equal(await may("create", "services"), "yes");
      assert.deepEqual([await may("create", "pods"), await may("delete", "namespaces/kube-system")], ["no", "no"]);
    });
  });
}
