import { parse } from "yaml";
import { pathText } from "../../../components/inputs/path";
import { InputError } from "../../input-error";
import { controlPlaneArgs } from "./control-plane-args";
import { minimal } from "../minimal";
import type { Found, Note } from "../report/note";
import { withValues } from "../residual";
import { withoutSecrets } from "../without-secrets";
import { compact, difference, isTree, inputValuesOf, type Path, type Tree, without } from "../trees";

/** The members of an IstioOperator's spec that have a counterpart in the arguments. */
const translated: readonly Path[] = [
  ...["profile", "hub", "tag", "revision", "namespace", "meshConfig", "values"].map((key) => [key]),
  ...["pilot", "cni", "ztunnel", "base"].map((component) => ["components", component, "enabled"]),
  ["components", "pilot", "k8s", "resources"],
  ["components", "pilot", "k8s", "nodeSelector"],
  ["components", "pilot", "k8s", "tolerations"],
  ["components", "pilot", "k8s", "hpaSpec", "minReplicas"],
  ["components", "pilot", "k8s", "hpaSpec", "maxReplicas"],
];

/** Profiles of istioctl that the component has by the same name. */
const sameProfiles = ["demo", "minimal", "preview", "remote"];

/** Translates an IstioOperator file; fields without a counterpart are named. */
export function operatorArgs(text: string, file: string): Found<Tree> {
  const { tree: spec, secrets } = withoutSecrets(specIn(text, file));
  const values = isTree(spec["values"]) ? spec["values"] : {};
  const mode =
    spec["profile"] === "ambient" || at(spec, ["components", "ztunnel", "enabled"]) === true ? "ambient" : "sidecar";
  const istiod = istiodValues(spec, values);
  const version = versionOf(spec["tag"], file);
  const members = controlPlaneArgs(
    {
      main: { version, revision: textOf(spec["revision"]), hub: textOf(spec["hub"]), tags: [], ...own(spec) },
      canary: undefined,
    },
    istiod,
  );
  const istio = { ...(members["istio"] as Tree), profile: profileOf(spec["profile"]), sidecarCni: cniOf(spec, mode) };
  const args = compact({ mode, cluster: { name: "cluster" }, ...members, istio });
  const settled = withValues(args, {
    istiod: flat(istiod),
    cni: below(values, "cni"),
    ztunnel: below(values, "ztunnel"),
  });
  return { args: minimal(settled.args), notes: [...unknownFields(spec), ...settled.notes, ...secrets.map(secretNote)] };
}

function specIn(text: string, file: string): Tree {
  const document: unknown = parse(text);
  const { kind, spec } = isTree(document) ? document : {};
  if (kind === "IstioOperator" && isTree(spec)) return spec;
  throw new InputError(
    `--operator ${file} is no IstioOperator.\n\n  allowed  a file with kind: IstioOperator and a spec, as for istioctl install -f`,
  );
}

function versionOf(tag: unknown, file: string): string {
  const [version] = /^\d+\.\d+\.\d+/.exec(textOf(tag)) ?? [];
  if (version !== undefined) return version;
  throw new InputError(
    `--operator ${file} names no version.\n\n  given    tag: ${textOf(tag) === "" ? "none" : textOf(tag)}\n` +
      "  to do    add spec.tag with the version that istioctl installed, such as 1.30.4",
  );
}

function own(spec: Tree) {
  return {
    namespace: textOf(spec["namespace"]) === "" ? "istio-system" : textOf(spec["namespace"]),
    release: undefined,
  };
}

/** What the file says of istiod, in the values of its chart; `k8s` is the other place for the same things. */
function istiodValues({ meshConfig, components }: Tree, values: Tree): Tree {
  const { resources, nodeSelector, tolerations, hpaSpec } = treeAt(components, ["pilot", "k8s"]);
  const { minReplicas, maxReplicas } = isTree(hpaSpec) ? hpaSpec : {};
  const rest = ["cni", "ztunnel", "gateways", "base"].reduce<Tree>((tree, key) => without(tree, [key]), values);
  return compact({
    ...rest,
    meshConfig: { ...treeAt(values, ["meshConfig"]), ...(isTree(meshConfig) ? meshConfig : {}) },
    pilot: {
      ...treeAt(values, ["pilot"]),
      ...compact({ resources, nodeSelector, tolerations, autoscaleMin: minReplicas, autoscaleMax: maxReplicas }),
    },
  });
}

function flat({ pilot, ...values }: Tree): Tree {
  return { ...values, ...(isTree(pilot) ? pilot : {}) };
}

function below(values: Tree, chart: string): Tree {
  return treeAt(values, [chart]);
}

function profileOf(profile: unknown): string | undefined {
  return sameProfiles.find((one) => one === profile);
}

function cniOf(spec: Tree, mode: string): true | undefined {
  return mode === "sidecar" && at(spec, ["components", "cni", "enabled"]) === true ? true : undefined;
}

function unknownFields(spec: Tree): readonly Note[] {
  const rest = translated.reduce<Tree>((tree, path) => without(tree, path), difference(spec, {}));
  const gateways = ["ingressGateways", "egressGateways"].filter((key) => at(rest, ["components", key]) !== undefined);
  const others = gateways.reduce<Tree>((tree, key) => without(tree, ["components", key]), rest);
  return [
    ...gateways.map((key): Note => {
      const text = "Gateways are ingresses or egress here, and carry a load balancer of their own.";
      return {
        kind: "left",
        subject: `spec.components.${key}`,
        text,
        suggestion: "Run adopt without --operator: it reads them from the cluster.",
      };
    }),
    ...inputValuesOf(others).map(({ path }): Note => ({
      kind: "left",
      subject: `spec.${pathText(path)}`,
      text: "It has no counterpart in the arguments.",
    })),
  ];
}

function secretNote(path: Path): Note {
  return {
    ...{ kind: "left", subject: `spec.${pathText(path)}`, text: "It may be a secret, and is not written." },
    suggestion: "Set it in the stack: pulumi config set --secret --path 'mesh.istio.values.<chart>.<value>'.",
  };
}

function at(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, key) => (isTree(found) ? found[key] : undefined), tree);
}

function treeAt(tree: unknown, path: Path): Tree {
  const found = at(tree, path);
  return isTree(found) ? found : {};
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
