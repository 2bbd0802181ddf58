import { parse } from "yaml";
import { Dataplane } from "../../../components/plan/enums";
import { type Finding, findingIf } from "../finding";
import { type Istiod, application, injectorsOf, istiodsOf, namespaceLabels } from "../mesh/mesh-workloads";
import { type KubernetesObject, ofKind, podLabels, titleOf } from "../mesh/kubernetes-object";
import type { RenderedMesh } from "../mesh/rendered-mesh";
import { selects } from "../mesh/selector";
import { type Block, at, blockAt, listAt, textAt } from "../tree";

const check = "webhook";

/** Finds namespaces and gateways whose pods the wrong control plane injects, or none, or two; and dead webhooks. */
export function findWrongWebhooks(mesh: RenderedMesh): readonly Finding[] {
  if (mesh.releases.length === 0) return [];
  return [...applications(mesh), ...gateways(mesh), ...services(mesh), ...ambient(mesh)];
}

function applications(mesh: RenderedMesh): readonly Finding[] {
  return mesh.settings.namespaces.flatMap(({ name, dataplane, revision }) => {
    const wanted = dataplane === Dataplane.Sidecar ? [named(revision)] : [];
    return compare(mesh, application(name), wanted);
  });
}

/** Of the gateway chart the pods' image is filled in by injection: without it they never start. */
function gateways(mesh: RenderedMesh): readonly Finding[] {
  const charts = mesh.releases.filter(({ chart }) => chart === "gateway");
  return charts.flatMap(({ objects }) =>
    ofKind(objects, "Deployment").flatMap((workload) =>
      compare(mesh, workload, [named(mesh.settings.controlPlane.main.revision)]),
    ),
  );
}

function named(revision: string): string {
  return revision === "" ? "default" : revision;
}

function compare(mesh: RenderedMesh, pod: KubernetesObject, wanted: readonly string[]): readonly Finding[] {
  const found = injectorsOf(mesh, pod);
  const right = found.length === wanted.length && wanted.every((name) => found.some((one) => serves(one, name)));
  return findingIf(!right, check, {
    where: `pods of ${titleOf(pod)} in a namespace with ${JSON.stringify(namespaceLabels(mesh, namespace(pod)))}`,
    message: `injected by ${list(found.map(({ revision }) => revision))}; ${list(wanted)} is expected`,
  });
}

function namespace({ body }: KubernetesObject): string {
  return textAt(body, "metadata", "namespace");
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "nobody" : names.join(" and ");
}

/** A control plane serves its own name and its tags. */
function serves({ release, revision }: Istiod, name: string): boolean {
  return revision === name || listAt(release.values, "revisionTags").includes(name);
}

/** Every webhook must lead to a Service that is installed, and it to the port on which istiod answers. */
function services(mesh: RenderedMesh): readonly Finding[] {
  const created = mesh.releases.flatMap(({ objects }) => objects);
  const hooks = [
    ...ofKind(created, "MutatingWebhookConfiguration"),
    ...ofKind(created, "ValidatingWebhookConfiguration"),
  ];
  return hooks.flatMap((object) =>
    (listAt(object.body, "webhooks") as readonly Block[]).flatMap((webhook) => {
      const wanted = blockAt(webhook, "clientConfig", "service");
      if (Object.keys(wanted).length === 0) return [];
      const found = ofKind(created, "Service").find(
        ({ body }) =>
          textAt(body, "metadata", "name") === textAt(wanted, "name") &&
          textAt(body, "metadata", "namespace") === textAt(wanted, "namespace"),
      );
      return [
        ...findingIf(found === undefined, check, {
          where: `${titleOf(object)}, ${textAt(webhook, "name")}`,
          message: `leads to ${textAt(wanted, "namespace")}/${textAt(wanted, "name")}, which nothing makes`,
        }),
        ...wrongPort(mesh, object, { service: found, port: Number(at(wanted, "port") ?? 443) }),
      ];
    }),
  );
}

interface Called {
  readonly service: KubernetesObject | undefined;
  readonly port: number;
}

/** Where nodes have groups of their own, the rule for the cluster's control plane must be for this very port. */
function wrongPort(mesh: RenderedMesh, object: KubernetesObject, { service, port }: Called): readonly Finding[] {
  const found = listAt(service?.body, "spec", "ports").find((one) => at(one, "port") === port);
  if (service === undefined) return [];
  const target = textAt(found, "targetPort");
  const rules = mesh.plan.resources.filter(
    ({ type, inputs }) => /SecurityGroupIngressRule$/.test(type) && textAt(inputs, "description").includes("webhook"),
  );
  return [
    ...findingIf(target === "", check, {
      where: titleOf(object),
      message: `port ${port} of its Service leads nowhere`,
    }),
    ...rules.flatMap(({ name, inputs }) =>
      findingIf(textAt(inputs, "fromPort") !== target || textAt(inputs, "toPort") !== target, check, {
        where: name,
        message: `opens ${textAt(inputs, "fromPort")}; istiod's webhooks are on ${target}`,
      }),
    ),
  ];
}

/** The CNI agent enrols by selectors of its own: they must choose the ambient namespaces and no others. */
function ambient(mesh: RenderedMesh): readonly Finding[] {
  const agents = mesh.releases.filter(({ chart }) => chart === "cni").flatMap(({ objects }) => objects);
  const config = ofKind(agents, "ConfigMap").find(({ body }) => "AMBIENT_ENABLED" in blockAt(body, "data"));
  const enabled = textAt(config?.body, "data", "AMBIENT_ENABLED") === "true";
  const selectors = enabled ? enablement(textAt(config?.body, "data", "AMBIENT_ENABLEMENT_SELECTOR")) : [];
  return mesh.settings.namespaces.flatMap(({ name, dataplane }) => {
    const chosen = selectors.some(
      (selector) =>
        selects(blockAt(selector, "namespaceSelector"), namespaceLabels(mesh, name)) &&
        selects(blockAt(selector, "podSelector"), podLabels(application(name))),
    );
    return findingIf(chosen !== (dataplane === Dataplane.Ambient), check, {
      where: `namespace ${name}`,
      message: `its pods are ${chosen ? "" : "not "}enrolled in ambient, and its dataplane is ${dataplane}`,
    });
  });
}

function enablement(text: string): readonly unknown[] {
  const parsed: unknown = parse(text);
  return Array.isArray(parsed) ? parsed : [];
}

/** Revisions of the control planes that are installed. */
export function installedRevisions(mesh: RenderedMesh): readonly string[] {
  return istiodsOf(mesh).map(({ revision }) => revision);
}
