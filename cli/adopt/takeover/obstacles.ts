import { nlbClass } from "../../../components/ingress/strategies/load-balancer-controller";
import { listAt, placeOf, textAt } from "../../check/kubernetes-object";
import { backendsOf, classOf, type EntryPoint, gatewayNameLabel, selectorOf } from "../ingresses/entry-points";

/** Why the load balancer of an object cannot become the mesh's; none: it can, and stays the same in AWS. */
export function obstacles(entry: EntryPoint, controller: keyof typeof nlbClass): readonly string[] {
  const { balancer } = entry;
  const none = `AWS has no load balancer of the address in the status of ${placeOf(entry.object)}`;
  if (balancer === undefined) return [none];
  return entry.strategy === "nlb" ? nlbObstacles(entry, nlbClass[controller]) : albObstacles(entry);
}

/** Source: kubernetes ValidateServiceUpdate; aws-load-balancer-controller pkg/service/model_build_load_balancer.go */
function nlbObstacles({ object, balancer }: EntryPoint, wanted: string): readonly string[] {
  const given = textAt(object, "spec", "loadBalancerClass");
  const gateway = selectorOf(object)[gatewayNameLabel];
  return [
    ...(given === wanted
      ? []
      : [
          `its spec.loadBalancerClass is ${given === "" ? "not set" : given}, the mesh needs ${wanted}, and Kubernetes refuses ` +
            "to change it",
        ]),
    ...(gateway === undefined || gateway === object.metadata.name
      ? []
      : [`istiod makes it for the Gateway ${gateway}, and would change it back`]),
    ...(balancer?.securityGroupIds.length === 0
      ? ["the NLB was made without security groups, and AWS adds none to such a one"]
      : []),
  ];
}

function albObstacles({ object }: EntryPoint): readonly string[] {
  const backends = backendsOf(object);
  const paths = listAt(object, "spec", "rules")
    .flatMap((rule) => listAt(rule, "http", "paths"))
    .map((path) => textAt(path, "path"));
  const className = classOf(object);
  return [
    ...(className === "alb"
      ? []
      : [`its class is ${className}, and the mesh writes alb: another class is another load balancer`]),
    ...(backends.length > 1 ? [`it leads to several Services: ${backends.join(", ")}`] : []),
    ...(paths.every((path) => ["", "/", "/*"].includes(path))
      ? []
      : [`it has rules for paths: ${paths.join(", ")}; the mesh leads every path to the gateway`]),
  ];
}
