import { Mode } from "../../../components/plan/enums";
import { type Finding, findingIf } from "../finding";
import { isHere, istiodsOf } from "../mesh/mesh-workloads";
import {
  type KubernetesObject,
  containersOf,
  nameOf,
  namespaceOf,
  ofKind,
  templateOf,
} from "../mesh/kubernetes-object";
import type { RenderedMesh, RenderedRelease } from "../mesh/rendered-mesh";
import { at, listAt, textAt } from "../tree";
import { installedRevisions } from "./webhooks";

const check = "data plane";

/** Finds parts of the data plane that are set up for another mode, or for another control plane, than the rest. */
export function findWrongDataplane(mesh: RenderedMesh): readonly Finding[] {
  if (mesh.releases.length === 0) return [];
  const ambient = mesh.settings.mode === Mode.Ambient;
  const sidecarCni = !ambient && mesh.settings.controlPlane.sidecarCni;
  const [agents, proxies] = [chartsOf(mesh, "cni"), chartsOf(mesh, "ztunnel")];
  return [
    ...expect("release cni", agents.length, ambient || sidecarCni ? 1 : 0),
    ...expect("release ztunnel", proxies.length, ambient ? 1 : 0),
    ...istiodsOf(mesh)
      .filter(isHere)
      .flatMap(({ release, facts }) => {
        const environment = environmentOf(release.objects);
        const values = JSON.parse(textAt(facts, "injector", "values") || "{}") as unknown;
        return [
          ...expect(`${release.name}: PILOT_ENABLE_AMBIENT`, environment["PILOT_ENABLE_AMBIENT"] === "true", ambient),
          ...findingIf(cniOf(values) ? agents.length === 0 : sidecarCni, check, {
            where: `${release.name}: cni.enabled`,
            message: `is ${String(cniOf(values))}, and ${agents.length} CNI agents are installed`,
          }),
        ];
      }),
    ...agents.flatMap((release) => {
      const config = ofKind(release.objects, "ConfigMap")[0];
      return expect(
        `${release.name}: AMBIENT_ENABLED`,
        textAt(config?.body, "data", "AMBIENT_ENABLED"),
        String(ambient),
      );
    }),
    ...proxies.flatMap((release) => wrongProxy(mesh, release)),
    ...defaultValidator(mesh),
  ];
}

function cniOf(values: unknown): boolean {
  return at(values, "pilot", "cni", "enabled") === true;
}

function chartsOf({ releases }: RenderedMesh, chart: string): readonly RenderedRelease[] {
  return releases.filter((release) => release.chart === chart);
}

function expect(where: string, found: unknown, wanted: unknown): readonly Finding[] {
  return findingIf(found !== wanted, check, { where, message: `is ${String(found)}, and must be ${String(wanted)}` });
}

/** Environment of a release's workloads, with the values that are plain text. */
function environmentOf(objects: readonly KubernetesObject[]): Readonly<Record<string, string>> {
  const workloads = [...ofKind(objects, "Deployment"), ...ofKind(objects, "DaemonSet")];
  const entries = workloads.flatMap(containersOf).flatMap((container) => listAt(container, "env"));
  return Object.fromEntries(entries.map((entry) => [textAt(entry, "name"), textAt(entry, "value")]));
}

/** ztunnel asks one istiod for everything, which must be installed and must trust ztunnel's account. */
function wrongProxy(mesh: RenderedMesh, release: RenderedRelease): readonly Finding[] {
  const environment = environmentOf(release.objects);
  const addresses = mesh.releases.flatMap(({ objects }) =>
    ofKind(objects, "Service").map((service) => `${nameOf(service)}.${namespaceOf(service)}.svc:15012`),
  );
  const [proxy] = ofKind(release.objects, "DaemonSet");
  const account = `${release.namespace}/${textAt(proxy === undefined ? {} : templateOf(proxy), "spec", "serviceAccountName")}`;
  const own = istiodsOf(mesh).find(({ revision }) => revision === (textAt(release.values, "revision") || "default"));
  const { CA_TRUSTED_NODE_ACCOUNTS: trusted = "", ENABLE_CA_SERVER: signs } = environmentOf(own?.release.objects ?? []);
  // Where istiod signs nothing, all proxies ask the authority that its values name.
  const authorities = signs === "false" ? [textAt(own?.release.values, "global", "caAddress")] : addresses;
  const wanted = Object.entries({ XDS_ADDRESS: addresses, CA_ADDRESS: authorities });
  return [
    ...wanted.flatMap(([name, known]) =>
      findingIf(!known.includes(environment[name] ?? ""), check, {
        where: `${release.name}: ${name}`,
        message: `${String(environment[name])} is none of ${known.join(", ")}`,
      }),
    ),
    ...findingIf(!trusted.split(",").includes(account), check, {
      where: `${release.name}: its account ${account}`,
      message: `istiod ${own?.revision ?? "of its revision"} trusts ${trusted || "nobody"}`,
    }),
    ...variants(mesh, release),
  ];
}

/** The profile makes all images of the data plane distroless; one that is not was told by someone else. */
function variants(mesh: RenderedMesh, ztunnel: RenderedRelease): readonly Finding[] {
  const suffix = (release: RenderedRelease | undefined) => {
    const [workload] = ofKind(release?.objects ?? [], "DaemonSet");
    const image = workload === undefined ? "" : textAt(containersOf(workload)[0], "image");
    return /-(distroless|debug)$/.exec(image)?.[1] ?? "default";
  };
  const [agent] = chartsOf(mesh, "cni");
  return expect(`${ztunnel.name}: image variant`, suffix(ztunnel), suffix(agent));
}

/** istiod fills in the default validator only where the label names its own revision; its Service must be there. */
function defaultValidator(mesh: RenderedMesh): readonly Finding[] {
  const created = chartsOf(mesh, "base").flatMap(({ objects }) => objects);
  return ofKind(created, "ValidatingWebhookConfiguration").flatMap((object) => {
    const revision = textAt(object.body, "metadata", "labels", "istio.io/rev");
    const installed = installedRevisions(mesh);
    return findingIf(!installed.includes(revision) && mesh.settings.controlPlane.profile !== "remote", check, {
      where: `${nameOf(object)}: revision`,
      message: `"${revision}" is not installed; ${installed.join(" and ")} is`,
    });
  });
}
