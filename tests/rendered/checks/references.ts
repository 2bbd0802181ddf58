import { Profile } from "../../../components/plan/enums";
import { type Finding, findingIf } from "../finding";
import { type KubernetesObject, nameOf, namespaceOf, ofKind, titleOf } from "../mesh/kubernetes-object";
import type { RenderedMesh } from "../mesh/rendered-mesh";
import { type Block, at, blockAt, listAt, textAt } from "../tree";

const check = "reference";

/** Finds names in our objects that lead to nothing, and objects that two releases would own. */
export function findWrongReferences(mesh: RenderedMesh): readonly Finding[] {
  const created = mesh.releases.flatMap(({ objects }) => objects);
  return [
    ...twoOwners([...created, ...mesh.own]),
    ...namespaces(mesh, created),
    ...routes(mesh),
    ...leave(mesh),
    ...virtualServices(mesh),
    ...parameters(mesh),
    ...backends(mesh),
    ...classes(mesh),
  ];
}

/** Helm refuses to install an object that another release has; Pulumi and Helm would take turns to change it. */
function twoOwners(objects: readonly KubernetesObject[]): readonly Finding[] {
  const keys = objects.map(({ body }) =>
    ["apiVersion", "kind"]
      .map((member) => textAt(body, member))
      .concat(textAt(body, "metadata", "namespace"), textAt(body, "metadata", "name"))
      .join(" "),
  );
  return objects.flatMap((object, index) =>
    findingIf(keys.indexOf(keys[index] ?? "") !== index, check, {
      where: titleOf(object),
      message: `${objects[keys.indexOf(keys[index] ?? "")]?.origin ?? ""} makes it too`,
    }),
  );
}

/** Releases and objects go into namespaces that the mesh makes, or that it says belong to someone else. */
function namespaces({ own, releases, settings }: RenderedMesh, created: readonly KubernetesObject[]) {
  const theirs = settings.namespaces.filter(({ create }) => !create).map(({ name }) => name);
  const known = new Set([...ofKind(own, "Namespace").map(nameOf), ...theirs]);
  const others = [
    ...settings.gateways.filter(({ createdBy }) => createdBy === "someone-else").map(({ namespace }) => namespace),
    ...(settings.controlPlane.profile === Profile.Empty ? [settings.controlPlane.namespace] : []),
  ];
  const used = [...releases.map(({ namespace }) => namespace), ...[...own, ...created].map(namespaceOf)];
  return [...new Set(used)].flatMap((name) =>
    findingIf(name !== "" && !known.has(name) && !others.includes(name) && name !== "kube-system", check, {
      where: `namespace ${name}`,
      message: "something goes into it, and nothing makes it",
    }),
  );
}

/** A route's parent must be a listener of a Gateway that is there. */
function routes({ own }: RenderedMesh): readonly Finding[] {
  const gateways = ofKind(own, "Gateway", "gateway.networking.k8s.io");
  return ofKind(own, "HTTPRoute").flatMap((route) =>
    (listAt(route.body, "spec", "parentRefs") as readonly Block[]).flatMap((parent) => {
      const namespace = textAt(parent, "namespace") || namespaceOf(route);
      const gateway = gateways.find((one) => nameOf(one) === textAt(parent, "name") && namespaceOf(one) === namespace);
      const listeners = listAt(gateway?.body, "spec", "listeners").map((listener) => textAt(listener, "name"));
      const section = textAt(parent, "sectionName");
      return findingIf(gateway === undefined || (section !== "" && !listeners.includes(section)), check, {
        where: titleOf(route),
        message: `its parent ${textAt(parent, "name")}, listener ${section || "any"}, is not there`,
      });
    }),
  );
}

/** A route may lead into another namespace only with the leave of that one. */
function leave({ own }: RenderedMesh): readonly Finding[] {
  const grants = ofKind(own, "ReferenceGrant");
  return ofKind(own, "HTTPRoute").flatMap((route) => {
    const backends = listAt(route.body, "spec", "rules").flatMap((rule) => listAt(rule, "backendRefs"));
    return backends.flatMap((backend) => {
      const [service, namespace] = [textAt(backend, "name"), textAt(backend, "namespace")];
      const given = grants.some(
        (grant) =>
          namespaceOf(grant) === namespace &&
          listAt(grant.body, "spec", "from").some((from) => textAt(from, "namespace") === namespaceOf(route)) &&
          listAt(grant.body, "spec", "to").some((to) => textAt(to, "name") === service),
      );
      return findingIf(namespace !== "" && namespace !== namespaceOf(route) && !given, check, {
        where: titleOf(route),
        message: `leads to ${service} in ${namespace} without a ReferenceGrant there`,
      });
    });
  });
}

/** What a VirtualService is bound to must be there: the whole mesh, or an Istio Gateway. */
function virtualServices({ own }: RenderedMesh): readonly Finding[] {
  const gateways = ofKind(own, "Gateway", "networking.istio.io").map((one) => `${namespaceOf(one)}/${nameOf(one)}`);
  return ofKind(own, "VirtualService").flatMap((service) =>
    (listAt(service.body, "spec", "gateways") as readonly string[]).flatMap((bound) =>
      findingIf(bound !== "mesh" && !gateways.includes(bound), check, {
        where: titleOf(service),
        message: `its gateway ${bound} is not there`,
      }),
    ),
  );
}

function parameters({ own }: RenderedMesh): readonly Finding[] {
  return ofKind(own, "Gateway", "gateway.networking.k8s.io").flatMap((gateway) => {
    const wanted = blockAt(gateway.body, "spec", "infrastructure", "parametersRef");
    if (Object.keys(wanted).length === 0) return [];
    const found = ofKind(own, textAt(wanted, "kind")).some(
      (one) => nameOf(one) === textAt(wanted, "name") && namespaceOf(one) === namespaceOf(gateway),
    );
    return findingIf(!found, check, {
      where: titleOf(gateway),
      message: `its parameters, ${textAt(wanted, "kind")} ${textAt(wanted, "name")}, are not there`,
    });
  });
}

/** An Ingress leads to a port, by name, of a Service beside it. */
function backends({ own }: RenderedMesh): readonly Finding[] {
  return ofKind(own, "Ingress").flatMap((ingress) => {
    const paths = listAt(ingress.body, "spec", "rules").flatMap((rule) => listAt(rule, "http", "paths"));
    const all = [at(ingress.body, "spec", "defaultBackend"), ...paths.map((path) => at(path, "backend"))];
    return all
      .filter((backend) => backend !== undefined)
      .flatMap((backend) => {
        const [name, port] = [textAt(backend, "service", "name"), textAt(backend, "service", "port", "name")];
        const service = ofKind(own, "Service").find(
          (one) => nameOf(one) === name && namespaceOf(one) === namespaceOf(ingress),
        );
        const ports = listAt(service?.body, "spec", "ports").map((one) => textAt(one, "name"));
        return findingIf(!ports.includes(port), check, {
          where: titleOf(ingress),
          message: `leads to port ${port} of ${name}, which has ${ports.join(", ") || "none"}`,
        });
      });
  });
}

/** `alb` is the AWS Load Balancer Controller's own; another class must be one of ours. */
function classes({ own }: RenderedMesh): readonly Finding[] {
  const known = ["alb", ...ofKind(own, "IngressClass").map(nameOf)];
  return ofKind(own, "Ingress").flatMap((ingress) => {
    const wanted = textAt(ingress.body, "spec", "ingressClassName");
    return findingIf(!known.includes(wanted), check, {
      where: titleOf(ingress),
      message: `its class ${wanted} is not there`,
    });
  });
}
