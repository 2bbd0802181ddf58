import assert from "node:assert/strict";
import type { PodRolePlan } from "../../components/plan/pod-role";
import { makePodRoles } from "../../components/resources/pod-roles";
import { recordMaking } from "../support/resource-registry";

const plan: PodRolePlan = {
  name: "pod-role-x",
  after: [],
  description: "Lets x write",
  trust: { concat: ['{"trust":"', Promise.resolve("prod"), '"}'] },
  permissions: { name: "permissions-x", document: { concat: ['{"permissions":"', "*", '"}'] } },
  association: { name: "pod-identity-x", clusterName: "prod", namespace: "istio-system", serviceAccount: "x" },
  tags: { team: "shop" },
  permissionsBoundary: undefined,
};

describe("makePodRoles", () => {
  it("gives prefixes of its own where IAM would refuse the mesh's name", async () => {
    const mesh = `a mesh ${"n".repeat(40)}`;
    const { find } = await recordMaking((created) => makePodRoles(created, [plan]), {}, mesh);
    const prefix = (name: string) => (find(`${mesh}-${name}`).inputs as { readonly namePrefix?: string }).namePrefix;
    assert.match(String(prefix("pod-role-x")), /^mesh-a-mesh-n+-[0-9a-f]{7}-$/);
    assert.equal(prefix("pod-role-x")?.length, 38);
    assert.match(String(prefix("permissions-x")), /^mesh-a-mesh-n{40}-permissions-x-[0-9a-f]{7}-$/);
  });

  it("makes a role, says what it may do, and gives it to the pods", async () => {
    const { find } = await recordMaking((created) => makePodRoles(created, [plan]));
    assert.deepEqual(find("mesh-pod-role-x").inputs, {
      assumeRolePolicy: '{"trust":"prod"}',
      description: "Lets x write",
      tags: { team: "shop" },
    });
    assert.deepEqual(find("mesh-permissions-x").inputs, {
      policy: '{"permissions":"*"}',
      role: "<mesh-pod-role-x.name>",
    });
    assert.deepEqual(find("mesh-pod-identity-x").inputs, {
      clusterName: "prod",
      namespace: "istio-system",
      serviceAccount: "x",
      roleArn: "<mesh-pod-role-x.arn>",
      tags: { team: "shop" },
    });
  });

  it("creates the role within its permissions boundary", async () => {
    const permissionsBoundary = "arn:aws:iam::123456789012:policy/boundary";
    const { find } = await recordMaking((created) => makePodRoles(created, [{ ...plan, permissionsBoundary }]));
    const role = find("mesh-pod-role-x").inputs as { readonly permissionsBoundary?: string };
    assert.equal(role.permissionsBoundary, permissionsBoundary);
  });

  it("is found by what comes after any of the three", async () => {
    const { result } = await recordMaking((created) => {
      makePodRoles(created, [plan]);
      return created.names();
    });
    assert.deepEqual(result, ["pod-role-x", "permissions-x", "pod-identity-x"]);
  });

  it("leaves the pods of EKS' own add-ons to EKS, and tells the ARN for it", async () => {
    const { result, resources } = await recordMaking((created) =>
      makePodRoles(created, [{ ...plan, association: undefined }]),
    );
    assert.deepEqual(Object.keys(result), ["pod-role-x"]);
    assert.ok(!resources.some(({ name }) => name === "mesh-pod-identity-x"));
  });
});
