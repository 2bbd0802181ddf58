import { answered } from "../../../cli/check/facts";
import { cluster, checkCluster } from "../../../cli/check/checks/cluster";
import { defaultIstioVersion } from "../../../components/control-plane/charts/versions";
import { describeCheck, eks, no } from "../../support/situation";

const version = (given: string) => ({ version: answered(given) });

describeCheck({ subject: cluster, check: checkCluster }, [
  {
    title: "is content with a cluster in the range",
    finds: ["active", "fits"],
    says: [/ACTIVE/, /Kubernetes 1\.34 suits Istio 1\.31/],
  },
  {
    title: "lets a cluster be that EKS updates",
    aws: { cluster: answered({ ...eks, status: "UPDATING" }) },
    finds: ["active", "fits"],
  },
  {
    title: "waits for one that is being made",
    aws: { cluster: answered({ ...eks, status: "CREATING" }) },
    finds: ["not-active", "fits"],
  },
  { title: "misses one that is not there", aws: { cluster: answered(undefined) }, finds: ["missing", "fits"] },
  {
    title: "refuses a Kubernetes that is too old for this Istio, and names the range",
    kubernetes: version("1.31"),
    finds: ["active", "too-old"],
    says: [/./, new RegExp(`1.31 is older than Istio ${defaultIstioVersion} is made for \\(1.32 to 1.36\\)`)],
  },
  { title: "takes the borders of the range", kubernetes: version("1.36"), finds: ["active", "fits"] },
  { title: "warns of one that is newer than tested", kubernetes: version("1.37"), finds: ["active", "too-new"] },
  {
    title: "compares numbers, not letters",
    args: { istio: { version: "1.28.10" } },
    kubernetes: version("1.4"),
    finds: ["active", "too-old"],
  },
  {
    title: "checks the canary as well",
    args: {
      istio: { version: "1.30.4", revision: "stable", canary: { version: defaultIstioVersion, revision: "next" } },
      ingress: undefined,
    },
    finds: ["active", "fits", "fits"],
  },
  {
    title: "leaves the version alone where someone else runs Istio",
    args: { istio: { profile: "empty" } },
    kubernetes: version("1.2"),
    finds: ["active"],
  },
  {
    title: "says what it could not see",
    aws: { cluster: no("aws", "late") },
    kubernetes: { version: no("cluster", "failed", "teapot") },
    finds: ["unknown", "unknown"],
    says: [/Not checked: AWS did not answer in time\./, /Not checked: the cluster answered: teapot\./],
  },
]);
