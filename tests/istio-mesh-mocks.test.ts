import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Answer } from "../cli/plan/example-facts";
import { settled } from "../cli/plan/recording";
import { readStackFile } from "../cli/stack/stack-file";
import type { IstioMeshArgs } from "../components";
import { makeEksCluster } from "./support/eks-cluster";
import { scenarios } from "./support/golden";
import { type RecordedMesh, recordMesh } from "./support/recorded";

/**
 * The mocks of Pulumi's own guide to unit tests: a resource's state is its inputs, and a look-up answers with its
 * arguments. Nothing that AWS or Kubernetes fills in is there.
 */
const echoing: Answer = (_, inputs) => ({ ...inputs });
const noStates = new Proxy({}, { get: () => ({}) });
const mocks = { answer: echoing, states: noStates };

const argsOf = (stack: string) =>
  readStackFile(readFileSync(stack, "utf8"), stack, () => Promise.resolve("secret")).mesh;

/** A failed look-up keeps what depends on it from being registered, and Pulumi's mocks do not report it. */
async function assertWhole(mocked: RecordedMesh, expected: RecordedMesh): Promise<void> {
  const names = ({ resources }: RecordedMesh) => resources.map(({ name }) => name);
  const there = names(mocked);
  assert.deepEqual(
    names(expected).filter((name) => !there.includes(name) && !/-10\.0\.0\.0\/16$/.test(name)),
    [],
  );
  const { url, hostname, ingresses, ingressNamespace, namespace, enrolmentLabels } = mocked.mesh;
  await settled({ url, hostname, ingresses, ingressNamespace, namespace, enrolmentLabels });
}

describe("A mesh under the mocks of Pulumi's own guide", () => {
  for (const { name, stack } of scenarios()) {
    it(`registers everything of ${name}`, async () => {
      const args = argsOf(stack) as IstioMeshArgs;
      await assertWhole(await recordMesh(args, mocks), await recordMesh(args));
    });
  }

  it("registers everything of a cluster of the same program", async () => {
    const args = () => ({ mode: "ambient", cluster: { eksCluster: makeEksCluster() }, ingress }) as const;
    const ingress = { strategy: "alb", ipAddressType: "dualstack" } as const;
    const mocked = await recordMesh(args, mocks);
    await assertWhole(mocked, mocked);
    assert.ok(mocked.resources.some(({ name }) => name === "mesh-cleanup"));
  });

  it("has outputs that are undefined, not missing, where the load balancer has no hostname", async () => {
    const { mesh, warnings } = await recordMesh(
      { mode: "ambient", cluster: { name: "production" }, ingress: { strategy: "nlb" } },
      mocks,
    );
    const { url, hostname } = mesh;
    assert.deepEqual(await settled({ url, hostname }), { url: undefined, hostname: undefined });
    assert.ok(
      warnings.some((line) => line.includes('"service-istio-ingress" has no hostname')),
      warnings.join("\n"),
    );
  });
});
