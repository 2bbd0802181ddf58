import { answered, type ReleaseFacts, type ReleaseObject } from "../../../cli/check/facts";
import { checkReleases, releases } from "../../../cli/check/checks/releases";
import type { KubernetesObject } from "../../../cli/check/kubernetes-object";
import { defaultIstioVersion } from "../../../components/control-plane/charts/versions";
import { describeCheck, no, object, releasesThere, settingsOf } from "../../support/situation";

const all = releasesThere(settingsOf());
/** The mesh's releases, the gateway's otherwise. */
const withGateway = (rest: Partial<ReleaseFacts>) => ({
  releases: answered(all.map((release) => (release.name === "istio-ingress" ? { ...release, ...rest } : release))),
});
const fine = ["intact", "intact"];
const metadata = { name: "istio-ingress", namespace: "istio-ingress" };
const found = (wanted: KubernetesObject, is: KubernetesObject | undefined): ReleaseObject => ({
  wanted,
  found: answered(is),
});
const objects = (...some: ReleaseObject[]) => withGateway({ objects: some });
const pods = (kind: string, spec: object, status: object) =>
  found(object(kind, metadata), object(kind, metadata, { spec, status }));
const replicas = (wanted: number, ready: number) => pods("Deployment", { replicas: wanted }, { readyReplicas: ready });
const autoscaler = object("HorizontalPodAutoscaler", metadata, { spec: { scaleTargetRef: { name: "istio-ingress" } } });
const data = (...keys: string[]) =>
  object("ConfigMap", metadata, { data: Object.fromEntries(keys.map((key) => [key, "as Helm left it"])) });

describeCheck({ subject: releases, check: checkReleases }, [
  { title: "has nothing to compare before the install", finds: ["not-installed"] },
  {
    title: "is content with what is as Helm left it",
    installed: true,
    finds: [...fine, "intact"],
    says: [
      /./,
      /./,
      new RegExp(
        `^release istio-ingress in istio-ingress: Revision 1 of istio-ingress ${defaultIstioVersion}: 0 objects`,
      ),
    ],
  },
  {
    title: "misses a release beside others",
    kubernetes: { releases: answered(all.slice(0, 2)) },
    finds: [...fine, "missing"],
  },
  {
    title: "misses all of them where a load balancer's Service is there",
    kubernetes: {
      addressObjects: answered({ "istio-ingress": { object: object("Service", metadata), complaint: undefined } }),
    },
    finds: ["missing", "missing", "missing"],
  },
  {
    title: "sees a Helm that was killed",
    kubernetes: withGateway({ status: "pending-upgrade", revision: 3 }),
    finds: [...fine, "stuck"],
    says: [/./, /./, /revision 3 is pending-upgrade.*helm rollback istio-ingress -n istio-ingress/],
  },
  { title: "sees a release that failed", kubernetes: withGateway({ status: "failed" }), finds: [...fine, "failed"] },
  {
    title: "sees that the stack file is ahead",
    kubernetes: withGateway({ version: "1.30.4" }),
    finds: [...fine, "other-version"],
    says: [/./, /./, new RegExp(`is at 1.30.4, and the stack file sets ${defaultIstioVersion}`)],
  },
  {
    title: "misses an object that was deleted by hand",
    kubernetes: objects(found(object("Deployment", metadata), undefined)),
    finds: [...fine, "object-missing"],
    says: [
      /./,
      /./,
      /^Deployment istio-ingress in istio-ingress \(release istio-ingress\): It was deleted.*helm get manifest istio-ingress -n istio-ingress \| kubectl apply/,
    ],
  },
  {
    title: "reports what was changed by hand",
    kubernetes: objects(found(data("a"), object("ConfigMap", metadata, { data: { a: "mine" } }))),
    finds: [...fine, "object-changed"],
    says: [/./, /./, /data\.a is mine, not as Helm left it\. Helm/],
  },
  {
    title: "does not tell everything of what was changed a lot",
    kubernetes: objects(found(data("a", "b", "c", "d", "e"), object("ConfigMap", metadata))),
    finds: [...fine, "object-changed"],
    says: [/./, /./, /data is nothing/],
  },
  {
    title: "counts what it does not tell",
    kubernetes: objects(found(data("a", "b", "c", "d", "e"), object("ConfigMap", metadata, { data: { z: "" } }))),
    finds: [...fine, "object-changed"],
    says: [/./, /./, /data\.c is nothing, not as Helm left it; 2 more\./],
  },
  {
    title: "lets an autoscaler choose the number of pods",
    kubernetes: objects(
      found(autoscaler, autoscaler),
      found(
        object("Deployment", metadata, { spec: { replicas: 1 } }),
        object("Deployment", metadata, { spec: { replicas: 2 }, status: { readyReplicas: 2 } }),
      ),
    ),
    finds: [...fine, "intact"],
  },
  {
    title: "sees that no pod is ready",
    kubernetes: objects(replicas(2, 0)),
    finds: [...fine, "pods-missing"],
    says: [/./, /./, /No pod of 2 is ready.*describe deployment istio-ingress/],
  },
  {
    title: "sees that not all pods are ready",
    kubernetes: objects(replicas(2, 1)),
    finds: [...fine, "pods-few"],
    says: [/./, /./, /1 of 2 pods/],
  },
  {
    title: "counts the pods of a DaemonSet by its nodes",
    kubernetes: objects(pods("DaemonSet", {}, { desiredNumberScheduled: 3, numberReady: 2 })),
    finds: [...fine, "pods-few"],
  },
  { title: "lets one have no pods on purpose", kubernetes: objects(replicas(0, 0)), finds: [...fine, "intact"] },
  {
    title: "describes pods where the manifest names no namespace",
    kubernetes: objects({ ...replicas(1, 0), wanted: object("StatefulSet", { name: "x" }) }),
    finds: [...fine, "pods-missing"],
    says: [/./, /./, /-n istio-ingress describe statefulset x/],
  },
  {
    title: "does not take what it could not see for fine",
    kubernetes: objects({ wanted: data("a"), found: no("cluster", "forbidden", "not you") }),
    finds: [...fine, "object-unclear"],
  },
  { title: "says that it could not look", kubernetes: { releases: no("cluster", "late") }, finds: ["unknown"] },
  {
    title: "says that it could not look at the load balancers",
    kubernetes: { addressObjects: no("cluster", "late") },
    finds: ["unknown"],
  },
]);
