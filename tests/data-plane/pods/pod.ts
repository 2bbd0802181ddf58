import type { KubernetesObject } from "../../live/test-env/kubernetes-client";

/** A pod, as far as the tier runs it. */
export interface Pod extends KubernetesObject {
  readonly spec: {
    readonly nodeName?: string;
    readonly serviceAccountName?: string;
    readonly terminationGracePeriodSeconds?: number;
    readonly securityContext?: SecurityContext & { readonly sysctls?: readonly Named[] };
    readonly readinessGates?: readonly { readonly conditionType: string }[];
    readonly volumes?: readonly Volume[];
    readonly initContainers?: readonly Container[];
    readonly containers: readonly Container[];
  };
  readonly status?: { readonly phase?: string; readonly conditions?: readonly Condition[] };
}

interface Named {
  readonly name: string;
  readonly value: string;
}

interface SecurityContext {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly Variable[];
  readonly envFrom?: readonly { readonly configMapRef?: NameReference; readonly secretRef?: NameReference }[];
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly resources?: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
  readonly securityContext?: SecurityContext;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly subPath?: string }[];
  /** Of an init container: it is one that goes on. */
  readonly restartPolicy?: string;
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly lifecycle?: { readonly preStop?: Handler; readonly postStart?: Handler };
}

export interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly fieldRef?: { readonly fieldPath: string };
    readonly resourceFieldRef?: { readonly resource: string };
    readonly configMapKeyRef?: KeyReference;
    readonly secretKeyRef?: KeyReference;
  };
}

interface NameReference {
  readonly name: string;
  readonly optional?: boolean;
}

interface KeyReference extends NameReference {
  readonly key: string;
}

export interface Handler {
  readonly exec?: { readonly command: readonly string[] };
  readonly sleep?: { readonly seconds: number };
  readonly httpGet?: HttpGet;
  readonly tcpSocket?: { readonly port: number | string };
}

interface HttpGet {
  readonly path?: string;
  readonly port: number | string;
  readonly scheme?: string;
}

export interface Probe extends Handler {
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
}

export interface Volume {
  readonly name: string;
  readonly projected?: { readonly sources: readonly Source[] };
  readonly configMap?: { readonly name: string; readonly optional?: boolean };
  readonly secret?: { readonly secretName: string; readonly optional?: boolean };
  readonly downwardAPI?: DownwardApi;
  readonly emptyDir?: object;
  readonly hostPath?: { readonly path: string };
}

/** One of what a projected volume is put together from. */
export interface Source {
  readonly serviceAccountToken?: {
    readonly path: string;
    readonly audience?: string;
    readonly expirationSeconds?: number;
  };
  readonly configMap?: { readonly name: string; readonly items?: readonly Item[]; readonly optional?: boolean };
  readonly downwardAPI?: DownwardApi;
}

interface Item {
  readonly key: string;
  readonly path: string;
}

interface DownwardApi {
  readonly items?: readonly { readonly path: string; readonly fieldRef?: { readonly fieldPath: string } }[];
}

export function uidOf(pod: Pod): string {
  return pod.metadata.uid ?? pod.metadata.name;
}

export function pathOf({ metadata: { namespace = "", name } }: Pod): string {
  return `/api/v1/namespaces/${namespace}/pods/${name}`;
}

/** What a pod has on this machine. */
export interface Place {
  readonly address: string;
  readonly hostAddress: string;
}

/** The value of a field of a pod, for variables and for volumes. */
export function fieldOf(pod: Pod, path: string, { address, hostAddress }: Place): string | undefined {
  const { name, namespace = "", uid, labels = {}, annotations = {} } = pod.metadata;
  const fields: Readonly<Record<string, string | undefined>> = {
    "metadata.name": name,
    "metadata.namespace": namespace,
    "metadata.uid": uid,
    "metadata.labels": lines(labels),
    "metadata.annotations": lines(annotations),
    "spec.nodeName": pod.spec.nodeName,
    "spec.serviceAccountName": pod.spec.serviceAccountName ?? "default",
    "status.podIP": address,
    "status.podIPs": address,
    "status.hostIP": hostAddress,
  };
  const [, map, key] = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path) ?? [];
  if (key !== undefined) return (map === "labels" ? labels : annotations)[key] ?? "";
  return fields[path];
}

function lines(map: Readonly<Record<string, string>>): string {
  return Object.entries(map)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join("\n");
}
