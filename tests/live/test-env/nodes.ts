import type { KubernetesClient } from "./kubernetes-client";
import type { Machine } from "./network";

/** Registers the machines as nodes of the cluster, as a kubelet would; KWOK then says that they are ready. */
export async function registerNodes(client: KubernetesClient, machines: readonly Machine[]): Promise<void> {
  await Promise.all(machines.map((machine) => registerNode(client, machine)));
}

async function registerNode(client: KubernetesClient, machine: Machine): Promise<void> {
  const { address, instanceId, podCidr, zone } = machine;
  const name = `ip-${address.replaceAll(".", "-")}.${zone.slice(0, -1)}.compute.internal`;
  const labels = {
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": "amd64",
    "node.kubernetes.io/instance-type": "m5.large",
    "topology.kubernetes.io/region": zone.slice(0, -1),
    "topology.kubernetes.io/zone": zone,
  };
  await client.post("/api/v1/nodes", {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels },
    spec: { providerID: `aws:///${zone}/${instanceId}`, podCIDR: podCidr, podCIDRs: [podCidr] },
  });
  await client.patch(`/api/v1/nodes/${name}/status`, { status: statusOf(name, address) });
}

function statusOf(name: string, address: string): object {
  const resources = { cpu: "16", memory: "64Gi", pods: "60", "ephemeral-storage": "100Gi" };
  return {
    capacity: resources,
    allocatable: resources,
    addresses: [
      { type: "InternalIP", address },
      { type: "Hostname", address: name },
    ],
    nodeInfo: {
      machineID: "",
      systemUUID: "",
      bootID: "",
      kernelVersion: "6.12.0",
      osImage: "Amazon Linux 2023",
      containerRuntimeVersion: "containerd://2.1.0",
      kubeletVersion: "v1.36.3",
      kubeProxyVersion: "v1.36.3",
      operatingSystem: "linux",
      architecture: "amd64",
    },
  };
}
