import { addonCharts } from "../../../components/addons/addon-charts";
import { pathText } from "../../../components/inputs/path";
import { placeOf, textAt } from "../../check/kubernetes-object";
import type { Adoption } from "../adoption";
import { type Imported, keysIn, replacingFields } from "./import-file";
import type { Path } from "../trees";

/** One step, in the order in which they are taken. */
export interface Step {
  readonly title: string;
  readonly commands: readonly string[];
  /** How to take it back. */
  readonly back: string;
}

export interface StepContext {
  readonly stack: string;
  readonly imports: readonly Imported[];
}

/** Fields that Helm or kubectl wrote belong to them: a server-side apply must take them over, or it is a conflict. */
const force = "PULUMI_K8S_ENABLE_PATCH_FORCE=true ";

/** Everything that is to be typed, each step with its way back. */
export function stepsOf(adopted: Adoption, { stack, imports }: StepContext): readonly Step[] {
  return [
    ...fieldSteps(imports),
    ...keepSteps(adopted),
    ...ownershipSteps(adopted),
    {
      title: "Only where Terraform made them: let it forget what moves. Nothing in the cluster is touched.",
      commands: [
        "terraform state list | grep -E 'helm_release|kubernetes_(namespace|service|ingress)|aws_route53_record|null_resource'",
        "terraform state rm ADDRESS…",
      ],
      back: "terraform import ADDRESS ID",
    },
    {
      title: "Begin the stack with the provider alone",
      commands: [`pulumi stack init ${stack}`, `pulumi up --stack ${stack} --config-file adopt-start.yaml`],
      back: `pulumi destroy --stack ${stack}`,
    },
    ...secretSteps(adopted, stack),
    {
      title: "Take what is there into the state of the stack. Nothing in the cluster or in AWS is touched.",
      commands: [
        `pulumi import --stack ${stack} --file import.json --protect=false --generate-code=false`,
        `${force}pulumi preview --stack ${stack} --diff   # go on only if nothing is replaced or deleted`,
      ],
      back: `pulumi state delete URN, for each of import.json; or pulumi stack rm --force ${stack}: both touch the state alone`,
    },
    { title: "Let the mesh have it", commands: [`${force}pulumi up --stack ${stack}`], back: rollback(imports) },
    ...weightedSteps(adopted),
  ];
}

function rollback(imports: readonly Imported[]): string {
  const releases = imports
    .filter(({ planned }) => planned.type.endsWith(":Release"))
    .map(({ entry }) => entry.id.split("/"));
  const commands = releases.map(([namespace, name]) => `helm rollback ${String(name)} -n ${String(namespace)}`);
  return commands.length === 0 ? "pulumi stack history, and pulumi up with the former arguments" : commands.join("; ");
}

/** Fields whose change would replace an object are written on the live one first, in the values that it has by default. */
function fieldSteps(imports: readonly Imported[]): readonly Step[] {
  return imports.flatMap((one) => {
    const object = `${textAt(one.planned.inputs, "kind").toLowerCase()} ${textAt(one.planned.inputs, "metadata", "name")}`;
    const where = `kubectl -n ${textAt(one.planned.inputs, "metadata", "namespace")}`;
    return replacingFields(one).flatMap((path) => {
      const keys = keysIn(path);
      const value = textAt(one.planned.inputs, ...keys);
      const last = String(keys.at(-1));
      const annotation = keys[1] === "annotations";
      const patch = JSON.stringify({ spec: { [last]: value } });
      return [
        {
          title: `Write on ${object} what holds already, so that Pulumi does not replace it`,
          commands: [
            annotation
              ? `${where} annotate ${object} '${last}=${value}'`
              : `${where} patch ${object} --type merge -p '${patch}'`,
          ],
          back: annotation ? `${where} annotate ${object} '${last}-'` : `the same with null in place of "${value}"`,
        },
      ];
    });
  });
}

/** Helm looks at the live object before it deletes what a release no longer has. Source: helm.sh/helm/v3 pkg/kube/client.go */
function keepSteps({ found }: Adoption): readonly Step[] {
  const kept = found.ingresses
    .filter(({ same, entry }) => same && entry.object.metadata.annotations?.["meta.helm.sh/release-name"] !== undefined)
    .map(({ entry }) => entry.object);
  return kept.map((object) => {
    const { name, namespace = "" } = object.metadata;
    const target = `kubectl -n ${namespace} annotate ${String(object.kind).toLowerCase()} ${name} helm.sh/resource-policy`;
    return {
      title: `Have Helm keep ${placeOf(object)}, of which the load balancer is made`,
      commands: [`${target}=keep`],
      back: `${target}-`,
    };
  });
}

/** Objects that no release owns: Helm takes them into one only if they name it. */
function ownershipSteps({ found }: Adoption): readonly Step[] {
  const { main } = found.planes;
  if (main.release !== undefined) return [];
  const { namespace, revision } = main;
  const istiod = revision === "" ? "istiod" : `istiod-${revision}`;
  const kinds = "deployment,service,serviceaccount,configmap,hpa,pdb,role,rolebinding";
  const wide = "clusterrole,clusterrolebinding,mutatingwebhookconfiguration,validatingwebhookconfiguration";
  const marks = (release: string) => `meta.helm.sh/release-name=${release} meta.helm.sh/release-namespace=${namespace}`;
  const own = (what: string, release: string) => [
    `kubectl annotate --overwrite ${what} ${marks(release)}`,
    `kubectl label --overwrite ${what} app.kubernetes.io/managed-by=Helm`,
  ];
  return [
    {
      title:
        "Have Helm own what istioctl or a manifest made: mark the objects with the releases that the mesh installs",
      commands: [
        ...own(`-n ${namespace} ${kinds} -l app.kubernetes.io/part-of=istio`, istiod),
        ...own(`${wide} -l app.kubernetes.io/part-of=istio`, istiod),
        ...own("crd -l app.kubernetes.io/part-of=istio", "istio-base"),
      ],
      back: "the same with meta.helm.sh/release-name- and app.kubernetes.io/managed-by-",
    },
  ];
}

/** Secrets go from the release straight into the stack, encrypted, and never through a file or the list of processes. */
function secretSteps({ secrets, known }: Adoption, stack: string): readonly Step[] {
  const commands = secrets.map((path) => {
    const source = sourceOf(path, known);
    const target = `pulumi config set --stack ${stack} --secret --path ${quoted(pathText(["mesh", ...path]))}`;
    return source === undefined ? `${target}   # type the value` : `${source} | ${target}`;
  });
  if (commands.length === 0) return [];
  return [
    {
      title: "Set the secrets, which are in no file that adopt writes",
      commands,
      back: `pulumi config rm --stack ${stack} --path PATH`,
    },
  ];
}

/** The newest revision of the release that has the value. */
function sourceOf(path: Path, { releases }: Adoption["known"]): string | undefined {
  const { chart, keys } = placeOfValue(path);
  const release = releases.find((one) => one.chart === chart);
  if (release === undefined) return undefined;
  const { name, namespace, revision } = release;
  const secret = `kubectl -n ${namespace} get secret sh.helm.release.v1.${name}.v${revision} -o jsonpath='{.data.release}'`;
  const filter = [".config", ...keys.map((key) => `[${JSON.stringify(key)}]`)].join("");
  return `${secret} | base64 -d | base64 -d | gunzip | jq -r ${quoted(filter)}`;
}

/** `istio.values.<chart>.…`, the mesh configuration of istiod, or `addons.<name>.values.…`. */
function placeOfValue([block, member, third, ...rest]: Path): { readonly chart: string; readonly keys: Path } {
  if (block === "addons") {
    const charts: Readonly<Record<string, { readonly chart: string }>> = addonCharts;
    return { chart: String(charts[String(member)]?.chart), keys: rest };
  }
  if (member === "values") return { chart: String(third), keys: rest };
  return { chart: "istiod", keys: ["meshConfig", String(third), ...rest] };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Clients move to a second load balancer by weights, a part of them at a time. */
function weightedSteps({ found, known }: Adoption): readonly Step[] {
  return found.ingresses
    .filter(({ same }) => !same)
    .map(({ name, entry }) => {
      const records = known.records.filter(({ target }) => target === entry.balancer?.hostname);
      const hosts = [...new Set(records.map((record) => record.name))].join(", ");
      return {
        title:
          `Move the clients${hosts === "" ? "" : ` of ${hosts}`} to the load balancer of ${name}: replace the record by two weighted ` +
          "ones, 100 for the old and 0 for the new; then 90 and 10, and so on",
        commands: [`pulumi stack output ingresses --json | jq -r '.[${JSON.stringify(name)}].hostname'`],
        back: "weight 0 for the new one",
      };
    });
}
