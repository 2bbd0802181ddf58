import * as pulumi from "@pulumi/pulumi";
import { problemsIn } from "./inputs/problem";
import type { IstioMesh } from "./istio-mesh";
import { checkPeering, planPeering } from "./multi-cluster/peering-plan";
import type { InputValue } from "./plan/input-value";
import { accessOf } from "./resources/mesh-accesses";
import { makeRemoteGateway } from "./resources/remote-gateways";
import { makeRemoteSecret } from "./resources/remote-secrets";

/** The meshes of one program that know each other. */
export interface MeshPeeringArgs {
  /**
   * Two or more meshes with `multiCluster`, by a name of your choice: it becomes part of the names of resources.
   *
   * @throws If two meshes cannot be one: equal cluster names, other mesh ids, trust domains or roots, different networks without
   * `eastWest` in both, one network over VPCs whose ranges overlap.
   * @example `{ east: meshA, west: meshB }`
   */
  meshes: { [name: string]: IstioMesh };
}

/**
 * Has meshes of one program know each other, so that a Service is one in all their clusters. For meshes of different stacks use
 * `multiCluster.peers`.
 *
 * On destroy its Secrets are deleted first: no cluster sends requests to another one that is being removed.
 *
 * ```ts
 * new MeshPeering("peering", { meshes: { east, west } });
 * ```
 */
export class MeshPeering extends pulumi.ComponentResource {
  /** @throws pulumi.RunError before anything is registered, with everything that prevents the meshes from being one. */
  public constructor(name: string, args: MeshPeeringArgs, opts?: pulumi.ComponentResourceOptions) {
    const meshes = Object.entries(args.meshes).map(([key, mesh]) => ({ name: key, mesh, access: accessOf(mesh) }));
    const peered = meshes.map(({ name: key, access }) => ({ name: key, settings: access?.settings, vpc: access?.vpc }));
    const problems = checkPeering(peered);
    if (problems.length > 0) {
      throw new pulumi.RunError(problemsIn(`the arguments of the peering "${name}"; nothing was created`, problems));
    }
    super("istio-eks:index:MeshPeering", name, {}, opts);
    const kubeconfigs = meshes.map(({ name: key, access }) => [key, access?.peerAccess as pulumi.Output<string>]);
    for (const { reader, plan, gateway } of planPeering(
      peered,
      Object.fromEntries(kubeconfigs) as Record<string, InputValue>,
    )) {
      const provider = meshes.find(({ name: key }) => key === reader)?.access?.kubernetes;
      // The Secrets go before anything of either mesh.
      const dependsOn = meshes.map(({ mesh }) => mesh);
      const options = { parent: this, ...(provider === undefined ? {} : { provider }) };
      const before =
        gateway === undefined ? [] : [makeRemoteGateway(`${name}-${gateway.name}`, gateway, { ...options, dependsOn })];
      makeRemoteSecret(`${name}-${plan.name}`, plan, { ...options, dependsOn: [...dependsOn, ...before] });
    }
    this.registerOutputs({});
  }
}
