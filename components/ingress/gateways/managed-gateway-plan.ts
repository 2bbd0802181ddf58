import type { Tree } from "../../plan/input-value";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import { parametersRef } from "./parameters-plan";

type Texts = Readonly<Record<string, string>>;

/** A Gateway of the Gateway API for which istiod creates the pods. */
export interface ManagedGateway {
  readonly logicalName: string;
  readonly name: string;
  readonly namespace: string;
  readonly className: string;
  /** Revision of the control plane that runs it; empty: the unrevisioned one. */
  readonly revision: string;
  /** Labels of the Gateway itself. */
  readonly labels?: Texts;
  readonly annotations?: Texts;
  /** Labels and annotations of what istiod creates. */
  readonly infrastructure?: { readonly labels: Texts; readonly annotations: Texts };
  /** The ConfigMap that shapes its pods. */
  readonly parameters: KubernetesObjectPlan;
  readonly listeners: readonly Tree[];
  readonly after: readonly string[];
}

/** Plans the Gateway, after its parameters. Pulumi waits for it: what is led to a gateway without pods is led nowhere. */
export function planManagedGateway(gateway: ManagedGateway): KubernetesObjectPlan {
  const { name, namespace, className, revision, annotations = {}, parameters, listeners, after } = gateway;
  const { infrastructure = { labels: {}, annotations: {} } } = gateway;
  return {
    name: gateway.logicalName,
    after: [...after, parameters.name],
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: {
      name,
      namespace,
      ...ifAny("labels", { ...gateway.labels, ...(revision === "" ? {} : { "istio.io/rev": revision }) }),
      annotations: { ...annotations, "pulumi.com/waitFor": "condition=Programmed" },
    },
    body: {
      spec: {
        gatewayClassName: className,
        infrastructure: {
          ...ifAny("labels", infrastructure.labels),
          ...ifAny("annotations", infrastructure.annotations),
          parametersRef: parametersRef(parameters),
        },
        listeners,
      },
    },
  };
}

function ifAny(key: string, texts: Texts): Readonly<Record<string, Texts>> {
  return Object.keys(texts).length === 0 ? {} : { [key]: texts };
}
