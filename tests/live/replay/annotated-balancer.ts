import type { ExpectedResource } from "../expected/expected-plan";

type Members = Readonly<Record<string, unknown>>;

/** Attributes, tags: `a=b,c=d` in an annotation. */
export type Pairs = Readonly<Record<string, string>>;

/** The load balancer that a Service or an Ingress asks for by its annotations. */
export interface AnnotatedBalancer {
  readonly controller: "load-balancer-controller" | "auto-mode";
  readonly type: "network" | "application";
  /** Without one, the controller makes a name of its own. */
  readonly name: string | undefined;
  /** Ingresses of one group share a load balancer. */
  readonly group: string;
  readonly scheme: "internal" | "internet-facing";
  readonly tags: Pairs;
  readonly securityGroups: readonly string[];
  readonly attributes: Pairs;
  readonly targetType: "instance" | "ip";
  readonly targetGroupAttributes: Pairs;
}

interface Metadata {
  readonly name?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Reads the annotations as the controllers do; undefined for an object that asks for no load balancer. */
export function annotatedBalancer(
  resource: ExpectedResource,
  plan: readonly ExpectedResource[],
): AnnotatedBalancer | undefined {
  const metadata = (resource.inputs["metadata"] ?? {}) as Metadata;
  if (resource.type === "kubernetes:core/v1:Service") return serviceBalancer(resource, metadata);
  if (resource.type === "kubernetes:networking.k8s.io/v1:Ingress") return ingressBalancer(resource, metadata, plan);
  return undefined;
}

function serviceBalancer(
  { name, inputs }: ExpectedResource,
  { annotations = {} }: Metadata,
): AnnotatedBalancer | undefined {
  const loadBalancerClass = (inputs["spec"] as Members)["loadBalancerClass"];
  if (loadBalancerClass === undefined) return undefined;
  const of = (suffix: string) => annotations[`service.beta.kubernetes.io/aws-load-balancer-${suffix}`];
  return {
    controller: loadBalancerClass === "eks.amazonaws.com/nlb" ? "auto-mode" : "load-balancer-controller",
    type: "network",
    name: of("name"),
    group: name,
    scheme: schemeOf(of("scheme")),
    tags: pairs(of("additional-resource-tags")),
    securityGroups: items(of("security-groups")),
    attributes: pairs(of("attributes")),
    targetType: of("nlb-target-type") === "ip" ? "ip" : "instance",
    targetGroupAttributes: pairs(of("target-group-attributes")),
  };
}

function ingressBalancer(
  { name, inputs }: ExpectedResource,
  { annotations = {} }: Metadata,
  plan: readonly ExpectedResource[],
): AnnotatedBalancer {
  const of = (suffix: string) => annotations[`alb.ingress.kubernetes.io/${suffix}`];
  const ingressClass = String((inputs["spec"] as Members)["ingressClassName"]);
  const { controller, params } = classOf(ingressClass, plan);
  const listed = (params["tags"] ?? []) as readonly { readonly key: string; readonly value: string }[];
  const groupOfClass = (params["group"] as { readonly name?: string } | undefined)?.name;
  return {
    controller,
    type: "application",
    name: of("load-balancer-name"),
    group: of("group.name") ?? groupOfClass ?? name,
    scheme: schemeOf(of("scheme")),
    tags: { ...pairs(of("tags")), ...Object.fromEntries(listed.map(({ key, value }) => [key, value])) },
    securityGroups: items(of("security-groups")),
    attributes: pairs(of("load-balancer-attributes")),
    targetType: of("target-type") === "ip" ? "ip" : "instance",
    targetGroupAttributes: pairs(of("target-group-attributes")),
  };
}

/** The controller behind an IngressClass of the plan, and the class' parameters; every other class is the controller's. */
function classOf(name: string, plan: readonly ExpectedResource[]) {
  const named = (kind: string) =>
    plan.filter(({ inputs }) => inputs["kind"] === kind && (inputs["metadata"] as Metadata).name === name);
  const [found] = named("IngressClass");
  const isAutoMode = String((found?.inputs["spec"] as Members | undefined)?.["controller"]).startsWith("eks.amazonaws");
  const params = named("IngressClassParams").map(({ inputs }) => inputs["spec"] as Members);
  return {
    controller: isAutoMode ? ("auto-mode" as const) : ("load-balancer-controller" as const),
    params: params[0] ?? {},
  };
}

function schemeOf(text: string | undefined): "internal" | "internet-facing" {
  return text === "internet-facing" ? text : "internal";
}

function items(text: string | undefined): readonly string[] {
  return (text ?? "").split(",").flatMap((one) => (one.trim() === "" ? [] : [one.trim()]));
}

function pairs(text: string | undefined): Pairs {
  return Object.fromEntries(
    items(text).map((item) => {
      const at = item.indexOf("=");
      return [item.slice(0, at), item.slice(at + 1)] as const;
    }),
  );
}
