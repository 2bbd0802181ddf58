import { type Finding, findingIf } from "../finding";
import type { MeshWorkloads } from "../mesh/mesh-workloads";
import { type KubernetesObject, containersOf, titleOf } from "../mesh/kubernetes-object";
import { type Block, at, listAt, textAt } from "../tree";

/** Containers that may do what others may not, and why. */
const privileges: readonly { readonly container: string; readonly adds: readonly string[]; readonly why: string }[] = [
  {
    container: "install-cni",
    adds: ["NET_ADMIN", "NET_RAW", "SYS_PTRACE", "SYS_ADMIN", "DAC_OVERRIDE"],
    why: "enters pods' network namespaces to redirect their traffic, and writes the node's CNI configuration",
  },
  {
    container: "istio-proxy@ztunnel",
    adds: ["NET_ADMIN", "SYS_ADMIN", "NET_RAW"],
    why: "ztunnel opens its sockets inside the network namespaces of the node's pods",
  },
  {
    container: "istio-init",
    adds: ["NET_ADMIN", "NET_RAW"],
    why: "redirects its own pod's traffic, without a CNI agent",
  },
];

/** Finds containers that are privileged or have capabilities beyond the list above. */
export function findPrivileges({ charted, provisioned, applications }: MeshWorkloads): readonly Finding[] {
  return [...charted, ...provisioned, ...applications].flatMap((workload) =>
    containersOf(workload).flatMap((container) => {
      const allowed = privileges.find((row) =>
        [keyOf(workload, container), textAt(container, "name")].includes(row.container),
      );
      const adds = listAt(container, "securityContext", "capabilities", "add").map(String);
      const beyond = adds.filter((capability) => allowed?.adds.includes(capability) !== true);
      const where = `${titleOf(workload)}, container ${textAt(container, "name")}`;
      return [
        ...findingIf(beyond.length > 0, "privilege", { where, message: `adds ${beyond.join(", ")}` }),
        ...findingIf(at(container, "securityContext", "privileged") === true, "privilege", {
          where,
          message: "is privileged",
        }),
      ];
    }),
  );
}

/** A name that two workloads share is told apart by the workload. */
function keyOf({ body }: KubernetesObject, container: Block): string {
  return `${textAt(container, "name")}@${textAt(body, "metadata", "name")}`;
}

/** Finds containers of ours that ask for no CPU or memory: the scheduler would think them free. */
export function findMissingResources({ charted, provisioned, applications }: MeshWorkloads): readonly Finding[] {
  return [...charted, ...provisioned, ...applications].flatMap((workload) =>
    containersOf(workload)
      .filter((container) => !textAt(container, "image").startsWith("example.com/"))
      .flatMap((container) => {
        const missing = ["cpu", "memory"].filter((name) => textAt(container, "resources", "requests", name) === "");
        return findingIf(missing.length > 0, "resources", {
          where: `${titleOf(workload)}, container ${textAt(container, "name")}`,
          message: `requests no ${missing.join(" and no ")}`,
        });
      }),
  );
}
