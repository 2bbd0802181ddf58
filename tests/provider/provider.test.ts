import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { settled } from "../../cli/plan/recording";
import { defaultIstioVersion } from "../../components/control-plane/charts/versions";
import { provider } from "../../provider/provider";
import { recordProgram } from "../support/recorded";

const args = { mode: "ambient", cluster: { name: "a" }, ingress: { strategy: "nlb" } };

describe("provider", () => {
  it("makes the mesh that a program in another language asks for, and tells its outputs", async () => {
    const results: Promise<pulumi.provider.ConstructResult>[] = [];
    const { resources } = await recordProgram(() => {
      const result = provider.construct?.("front", "istio-eks:index:IstioMesh", args, {});
      if (result !== undefined) results.push(result);
    });
    const [result] = await Promise.all(results);
    assert.ok(resources.some(({ name }) => name === "front-istiod"));
    assert.match(String(await settled(result?.urn)), /::istio-eks:index:IstioMesh::front$/);
    const { url, version, revision } = result?.state as Record<string, unknown>;
    assert.deepEqual(await settled({ version, revision }), { version: defaultIstioVersion, revision: "" });
    assert.match(String(await settled(url)), /^http:\/\//);
  });

  it("refuses another type", async () => {
    await assert.rejects(
      async () => provider.construct?.("a", "istio-eks:index:Mesh", args, {}),
      /istio-eks has no istio-eks:index:Mesh; it has istio-eks:index:IstioMesh/,
    );
  });
});
