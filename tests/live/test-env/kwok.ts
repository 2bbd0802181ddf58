import { stringify } from "yaml";
import { program } from "../build/cache";
import { agentPods } from "./pod-program";
import { freePort } from "./port";
import type { Site } from "./site";

export interface KwokOptions {
  readonly kubeconfig: string;
  /** How long a pod takes until it is ready: the time of pulling images and of starting. */
  readonly podDelaySeconds: number;
  /** Somebody else runs the pods: KWOK takes care of the nodes only. */
  readonly onlyNodes?: boolean;
}

/** Starts KWOK, which says of every pod on every node what a kubelet would say, and renews the nodes' leases. */
export async function startKwok(site: Site, options: KwokOptions): Promise<void> {
  const { kubeconfig, podDelaySeconds, onlyNodes = false } = options;
  const stages = [nodeReady, ...(onlyNodes ? [] : [podReady(podDelaySeconds), podCompleted, podDeleted])]
    .map((stage) => stringify(stage))
    .join("---\n");
  site.start("kwok", [
    program("kwok"),
    `--kubeconfig=${kubeconfig}`,
    "--manage-all-nodes=true",
    `--config=${site.write("kwok.yaml", stages)}`,
    "--node-lease-duration-seconds=40",
    `--server-address=127.0.0.1:${await freePort()}`,
  ]);
}

interface Expression {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values?: readonly string[];
}

const isDeleted: Expression = { key: ".metadata.deletionTimestamp", operator: "Exists" };
const isKept: Expression = { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" };
/** Pods with a real program behind them are left to the node agent. */
const isOurs: Expression = {
  key: `.metadata.labels["${agentPods.label}"]`,
  operator: "NotIn",
  values: agentPods.names,
};

function stage(name: string, matchExpressions: readonly Expression[], rest: object): object {
  return {
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name },
    spec: { resourceRef: { apiGroup: "v1", kind: "Pod" }, selector: { matchExpressions }, ...rest },
  };
}

function podReady(delaySeconds: number): object {
  const pending: Expression = { key: ".status.phase", operator: "In", values: ["Pending"] };
  const delay = delaySeconds === 0 ? {} : { delay: { durationMilliseconds: delaySeconds * 1000 } };
  return stage("pod-ready", [isKept, isOurs, pending], { ...delay, next: { statusTemplate: readyStatus } });
}

const podCompleted = stage(
  "pod-completed",
  [
    isKept,
    { key: ".status.phase", operator: "In", values: ["Running"] },
    { key: ".metadata.ownerReferences.[].kind", operator: "In", values: ["Job"] },
  ],
  { next: { statusTemplate: "phase: Succeeded" } },
);

/** Without a stage of theirs KWOK takes no care of nodes, and their leases run out. */
const nodeReady = {
  apiVersion: "kwok.x-k8s.io/v1alpha1",
  kind: "Stage",
  metadata: { name: "node-ready" },
  spec: {
    resourceRef: { apiGroup: "v1", kind: "Node" },
    selector: {
      matchExpressions: [
        { key: '.status.conditions.[] | select( .type == "Ready" ) | .status', operator: "NotIn", values: ["True"] },
      ],
    },
    next: {
      statusTemplate: `{{ $now := Now }}
conditions:
{{ range NodeConditions }}
- type: {{ .type | Quote }}
  status: {{ .status | Quote }}
  reason: {{ .reason | Quote }}
  message: {{ .message | Quote }}
  lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
`,
    },
  },
};

const podDeleted = stage("pod-deleted", [isDeleted, isOurs], { next: { delete: true } });

/** Status of a pod whose containers all run; its address comes from its node's range. */
const readyStatus = `{{ $now := Now }}
phase: Running
startTime: {{ $now | Quote }}
conditions:
{{ range $type := list "Initialized" "ContainersReady" "Ready" }}
- { type: {{ $type }}, status: "True", lastTransitionTime: {{ $now | Quote }} }
{{ end }}
{{ range .spec.readinessGates }}
- { type: {{ .conditionType | Quote }}, status: "True", lastTransitionTime: {{ $now | Quote }} }
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  restartCount: 0
  state: { running: { startedAt: {{ $now | Quote }} } }
{{ end }}
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
{{ end }}
{{ with PodIPsWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}
podIP: {{ index . 0 | Quote }}
podIPs: [{ ip: {{ index . 0 | Quote }} }]
{{ end }}
`;
