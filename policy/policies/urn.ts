/** The stack of a resource: `urn:pulumi:<stack>::<project>::<types>::<name>`. */
export function stackOf(urn: string): string {
  return urn.split("::").slice(0, 1).join("").replace("urn:pulumi:", "");
}

/** Whether a resource belongs to a mesh of this project's component. */
export function isOfMesh(urn: string): boolean {
  return urn.split("::").slice(2, 3).join("").includes("istio-eks:index:IstioMesh$");
}
