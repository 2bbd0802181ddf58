import { answered } from "../../../cli/check/facts";
import { istio, checkIstio } from "../../../cli/check/checks/istio";
import { istioMinors } from "../../../components/control-plane/charts/versions";
import { describeCheck, no, object } from "../../support/situation";

const ofHelm = (release: string, namespace: string) => ({
  annotations: { "meta.helm.sh/release-name": release, "meta.helm.sh/release-namespace": namespace },
  labels: { "app.kubernetes.io/managed-by": "Helm" },
});
const crd = (name: string, rest: object) => object("CustomResourceDefinition", { name: `${name}.istio.io`, ...rest });
const definitions = (...all: ReturnType<typeof object>[]) => ({ definitions: answered(all) });
const istiod = (namespace: string, rest: object) => ({
  istiods: answered([object("Deployment", { name: "istiod", namespace, ...rest })]),
});
const namespace = (name: string, manager: string) => ({
  namespaces: answered([object("Namespace", { name, managedFields: [{ manager }] })]),
});
const newest = { istio: { version: String(istioMinors.find(({ minor }) => minor === "1.31")?.newestPatch) } };
const empty = { istio: { profile: "empty" } };

describeCheck({ subject: istio, check: checkIstio }, [
  { title: "is content with a cluster without Istio", finds: ["clear"] },
  {
    title: "is content with what the mesh itself left or has",
    kubernetes: {
      ...definitions(crd("sidecars.networking", ofHelm("istio-base", "istio-system"))),
      ...istiod("istio-system", ofHelm("istiod", "istio-system")),
    },
    finds: ["clear"],
  },
  {
    title: "sees definitions that Helm does not know",
    kubernetes: definitions(
      crd("sidecars.networking", { managedFields: [{ manager: "istioctl" }] }),
      crd("x.networking", { managedFields: [{ manager: "istioctl" }] }),
    ),
    finds: ["definitions-of-others"],
    says: [
      /2 of Istio's definitions, such as sidecars\.networking\.istio\.io, are kept by istioctl: .*release-namespace=istio-system/,
    ],
  },
  {
    title: "sees definitions of another release",
    kubernetes: definitions(crd("a.networking", ofHelm("istio-base", "mesh"))),
    finds: ["definitions-of-others"],
    says: [/Helm release istio-base in mesh/],
  },
  {
    title: "sees definitions that lost Helm's label",
    kubernetes: definitions(crd("a.networking", { ...ofHelm("istio-base", "istio-system"), labels: {} })),
    finds: ["definitions-of-others"],
  },
  {
    title: "lets definitions be that the chart does not have, such as those of the operator that Istio had",
    kubernetes: definitions(crd("istiooperators.install", {}), crd("rbacconfigs.rbac", {})),
    finds: ["clear"],
  },
  {
    title: "lets definitions be that the values leave to others",
    args: { istio: { values: { base: { base: { excludedCRDs: ["sidecars.networking.istio.io"] } } } } },
    kubernetes: definitions(crd("sidecars.networking", { managedFields: [{ manager: "istioctl" }] })),
    finds: ["clear"],
  },
  {
    title: "sees another istiod",
    kubernetes: istiod("mesh", ofHelm("istiod", "mesh")),
    finds: ["other-control-plane"],
    says: [/^Deployment istiod in mesh: .*Helm release istiod in mesh/],
  },
  {
    title: "sees a namespace that is taken",
    kubernetes: namespace("istio-system", "kubectl-create"),
    finds: ["namespace-taken"],
    says: [/^Namespace istio-system: .*kept by kubectl-create.*mesh-namespace-istio-system istio-system/],
  },
  {
    title: "lets a namespace be that Pulumi has made",
    kubernetes: namespace("istio-system", "pulumi-kubernetes-1a2b"),
    finds: ["clear"],
  },
  {
    title: "lets namespaces be where the mesh is installed",
    installed: true,
    args: newest,
    kubernetes: { ...namespace("istio-system", "kubectl-create"), addressObjects: answered({}) },
    finds: ["clear"],
  },
  {
    title: "lets namespaces be that the mesh does not make",
    kubernetes: namespace("other", "kubectl-create"),
    finds: ["clear"],
  },
  {
    title: "sees an old patch of the installed minor",
    installed: true,
    args: { istio: { version: "1.31.0" } },
    finds: ["old-patch"],
    says: [
      /^release istiod in istio-system: Istio 1\.31\.0 runs, and 1\.31\.\d+ is the newest patch.*istio\.version: "1\.31\.\d+"/,
    ],
  },
  {
    title: "knows no newest patch of a minor that is not in the table",
    installed: true,
    args: { istio: { version: "1.99.0" } },
    finds: ["clear"],
  },
  { title: "misses the Istio of someone else", args: empty, finds: ["no-control-plane"] },
  { title: "is content with the Istio of someone else", args: empty, kubernetes: istiod("mesh", {}), finds: ["clear"] },
  { title: "says that it could not look", kubernetes: { istiods: no("cluster", "late") }, finds: ["unknown"] },
]);
