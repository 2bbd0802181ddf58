import type * as pulumi from "@pulumi/pulumi";
import type { VpcPlan } from "../plan/multi-cluster";
import type { MeshSettings } from "../plan/settings";

/** What another component of the same program needs of a mesh, and no other program can have. */
export interface MeshAccess {
  readonly settings: MeshSettings;
  /** None: no other cluster can be on its network by IPv4. */
  readonly vpc: VpcPlan | undefined;
  readonly kubernetes: pulumi.ProviderResource;
  readonly peerAccess: pulumi.Output<string | undefined>;
}

const accesses = new WeakMap<object, MeshAccess>();

/** Keeps the access beside the mesh, and not in it: it is no output. */
export function keepAccess(mesh: object, access: MeshAccess): void {
  accesses.set(mesh, access);
}

/** Undefined: no mesh that this copy of the package made in this process. */
export function accessOf(mesh: object): MeshAccess | undefined {
  return accesses.get(mesh);
}
