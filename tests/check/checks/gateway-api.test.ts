import { answered } from "../../../cli/check/facts";
import { gatewayApi, checkGatewayApi } from "../../../cli/check/checks/gateway-api";
import { describeCheck, no, object } from "../../support/situation";

const there = (version: string | undefined, manager: string, annotations: Readonly<Record<string, string>> = {}) => {
  const bundle = version === undefined ? {} : { "gateway.networking.k8s.io/bundle-version": version };
  const metadata = {
    name: "gateways.gateway.networking.k8s.io",
    annotations: { ...bundle, ...annotations },
    managedFields: [{ manager }, { manager: "kube-apiserver", subresource: "status" }],
  };
  return {
    definitions: answered([
      object("CustomResourceDefinition", metadata),
      object("CustomResourceDefinition", { name: "other.io" }),
    ]),
  };
};
const ambient = { mode: "ambient" };
const external = { ...ambient, gatewayApi: { crds: "external" } };
const helm = { "meta.helm.sh/release-name": "gw", "meta.helm.sh/release-namespace": "infra" };

describeCheck({ subject: gatewayApi, check: checkGatewayApi }, [
  { title: "does not matter to a mesh without Gateway API", finds: [] },
  { title: "reports which the mesh brings", args: ambient, finds: ["coming"], says: [/brings v1\.6\.0/] },
  {
    title: "reads the release from the manifest's address",
    args: { ...ambient, gatewayApi: { manifest: "https://mirror/v1.5.9/x.yaml" } },
    finds: ["coming"],
    says: [/brings v1\.5\.9/],
  },
  {
    title: "goes by the minor where the address tells none",
    args: { ...ambient, gatewayApi: { manifest: "./x.yaml" } },
    finds: ["coming"],
    says: [/brings v1\.6\.0/],
  },
  {
    title: "matters where one only asks to install them",
    args: { gatewayApi: { crds: "install" } },
    finds: ["coming"],
  },
  {
    title: "is content with the right version, whoever keeps it",
    args: ambient,
    kubernetes: there("v1.6.0", "argocd"),
    finds: ["fits"],
    says: [/at v1\.6\.0, kept by argocd/],
  },
  {
    title: "is content with the mesh's own",
    args: ambient,
    kubernetes: there("v1.6.0", "istio-eks"),
    finds: ["fits"],
    says: [/kept by the mesh/],
  },
  {
    title: "brings its own to another version",
    args: ambient,
    kubernetes: there("v1.5.1", "istio-eks"),
    finds: ["coming"],
  },
  {
    title: "refuses to quarrel with another owner",
    args: ambient,
    kubernetes: there("v1.5.1", "argocd"),
    finds: ["other-owner"],
    says: [/argocd keeps them at v1\.5\.1, and the mesh would bring v1\.6\.0/],
  },
  {
    title: "knows Helm releases by their marks",
    args: ambient,
    kubernetes: there("v1.5.1", "helm", helm),
    finds: ["other-owner"],
    says: [/Helm release gw in infra keeps/],
  },
  {
    title: "misses them where they are someone else's",
    args: external,
    finds: ["missing"],
    says: [/Install v1\.6\.0/],
  },
  { title: "is content with someone else's", args: external, kubernetes: there("v1.6.0", "argocd"), finds: ["fits"] },
  { title: "warns of older ones", args: external, kubernetes: there("v1.5.1", "argocd"), finds: ["older"] },
  { title: "warns of newer ones", args: external, kubernetes: there("v1.10.0", "argocd"), finds: ["newer"] },
  {
    title: "warns of ones that tell no version",
    args: external,
    kubernetes: there(undefined, "argocd"),
    finds: ["older"],
    says: [/at an unknown version/],
  },
  {
    title: "goes by the canary, which comes to stay",
    args: {
      ...ambient,
      istio: { version: "1.30.4", revision: "a", canary: { version: "1.31.1", revision: "b" } },
      ingress: undefined,
    },
    finds: ["coming"],
    says: [/v1\.6\.0/],
  },
  {
    title: "says that it could not look",
    args: ambient,
    kubernetes: { definitions: no("cluster", "forbidden") },
    finds: ["unknown"],
  },
]);
