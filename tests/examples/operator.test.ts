import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { membersOf } from "../../cli/members";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { root } from "../support/readme";
import { memberAt } from "../support/recorded";

const read = (file: string) => readFileSync(join(root, "examples/operator", file), "utf8");
const objects = parseAllDocuments(read("stacks.yaml")).map((document) => {
  assert.deepEqual(document.errors, []);
  return document.toJS() as Readonly<Record<string, unknown>>;
});
const ofKind = (kind: string) => objects.filter((one) => one["kind"] === kind);

/**
 * Members of Stack's `spec` that the example uses, as the CustomResourceDefinition of the operator's version 2.9.0 has them
 * (operator/config/crd/bases/pulumi.com_stacks.yaml, v1). Kubernetes drops what it does not know without a word.
 */
const members: Readonly<Record<string, string>> = {
  serviceAccountName: "string",
  projectRepo: "string",
  branch: "string",
  repoDir: "string",
  stack: "string",
  backend: "string",
  secretsProvider: "string",
  refresh: "boolean",
  continueResyncOnCommitMatch: "boolean",
  resyncFrequencySeconds: "number",
  destroyOnFinalize: "boolean",
  prerequisites: "object",
  config: "object",
  workspaceTemplate: "object",
};

describe("examples/operator", () => {
  it("has Stacks with members that the operator knows, in the types that it takes", () => {
    const stacks = ofKind("Stack");
    assert.equal(stacks.length, 2);
    for (const { apiVersion, spec } of stacks) {
      assert.equal(apiVersion, "pulumi.com/v1");
      for (const [member, value] of Object.entries(membersOf(spec)))
        assert.equal(typeof value, members[member], member);
      assert.deepEqual(Object.keys(membersOf(memberAt(spec, "workspaceTemplate.spec"))), ["image", "podTemplate"]);
      assert.deepEqual(memberAt(spec, "workspaceTemplate.spec.podTemplate.spec.containers"), [{ name: "pulumi" }]);
    }
  });

  it("has meshes without problems, each of the cluster that its stack is called after", () => {
    for (const { metadata, spec } of ofKind("Stack")) {
      const config = membersOf(membersOf(spec)["config"]);
      const mesh = config["istio-mesh:mesh"];
      assert.deepEqual(resolveIstioMesh(mesh, String(config["aws:region"])).problems, []);
      const name = memberAt(metadata, "name");
      assert.equal(memberAt(mesh, "cluster.name"), name);
      assert.equal(String(memberAt(spec, "stack")).split("/").at(-1), name);
    }
  });

  it("gives a pod that must go longer than the cleanup may take, and 20 minutes for what is removed after it", () => {
    for (const { spec } of ofKind("Stack")) {
      const mesh = membersOf(membersOf(spec)["config"])["istio-mesh:mesh"];
      const grace = memberAt(spec, "workspaceTemplate.spec.podTemplate.spec.terminationGracePeriodSeconds");
      assert.ok(Number(grace) >= Number(memberAt(mesh, "cleanup.timeoutSeconds")) + 1200, String(grace));
    }
  });

  it("has an account that is there, may ask about tokens, and prerequisites that are Stacks", () => {
    const [account, binding] = [...ofKind("ServiceAccount"), ...ofKind("ClusterRoleBinding")];
    const name = memberAt(account, "metadata.name");
    assert.equal(memberAt(binding, "roleRef.name"), "system:auth-delegator");
    assert.deepEqual(memberAt(binding, "subjects"), [{ kind: "ServiceAccount", name, namespace: "mesh-fleet" }]);
    const stacks = ofKind("Stack");
    const names = stacks.map((one) => memberAt(one, "metadata.name"));
    for (const { spec } of stacks) {
      assert.equal(memberAt(spec, "serviceAccountName"), name);
      const { prerequisites = [] } = membersOf(spec) as {
        readonly prerequisites?: readonly { readonly name: string }[];
      };
      for (const before of prerequisites) assert.ok(names.includes(before.name));
    }
  });

  it("builds an image only if it holds what the component runs", () => {
    const [check = ""] = read("Dockerfile").match(/^RUN .*$/m) ?? [];
    for (const tool of ["node", "npm", "kubectl", "aws"]) assert.match(check, new RegExp(`\\b${tool} `));
  });
});
