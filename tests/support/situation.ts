import assert from "node:assert/strict";
import type { EksCluster, Subnet } from "../../cli/check/aws-facts";
import {
  answered,
  type QueryResult,
  type AwsFacts,
  type Facts,
  type KubernetesFacts,
  type Party,
  type Reason,
  refused,
  type Refused,
  type ReleaseFacts,
} from "../../cli/check/facts";
import { unknownKind, type Finding } from "../../cli/check/finding";
import type { Check } from "../../cli/check/checks/checks";
import type { KubernetesObject, ObjectMetadata } from "../../cli/check/kubernetes-object";
import { releasesOf } from "../../cli/check/mesh-parts";
import type { Situation } from "../../cli/check/situation";
import { settingsFrom } from "./settings";
import type { MeshSettings } from "../../components/plan/settings";

/** Settings of a mesh on the cluster `prod`. */
export function settingsOf(args: object = {}): MeshSettings {
  return settingsFrom({
    ...{ mode: "sidecar", cluster: { name: "prod" }, ingress: { strategy: "nlb" } },
    ...args,
  });
}

export const eks: EksCluster = {
  ...{ name: "prod", status: "ACTIVE", endpoint: "https://eks.example" },
  ...{ vpcId: "vpc-1", securityGroupId: "sg-cluster", autoMode: false, ipFamily: "ipv4" },
};

/** An object of any kind. */
export function object(kind: string, metadata: ObjectMetadata, rest: object = {}): KubernetesObject {
  return { kind, metadata, ...rest };
}

/** A Deployment of the load balancer controller. */
export function controllerOf(image: string, { args = [], ready = 2 }: { args?: string[]; ready?: number } = {}) {
  return object(
    "Deployment",
    { name: "aws-load-balancer-controller", namespace: "kube-system" },
    {
      spec: { template: { spec: { containers: [{ image, args: ["--cluster-name=prod", ...args] }] } } },
      status: { readyReplicas: ready },
    },
  );
}

export const subnetOf = (id: string, zone: string, tags: Readonly<Record<string, string>> = {}): Subnet => ({
  ...{ id, zone: `eu-central-1${zone}`, tags, freeAddresses: 100, hasIpv6: false },
});

const role = (name: string) => ({ [`kubernetes.io/role/${name}`]: "1" });

/** An account in which nothing is wrong. */
export const fineAws: AwsFacts = {
  cluster: answered(eks),
  subnets: answered([
    subnetOf("subnet-a", "a", role("internal-elb")),
    subnetOf("subnet-b", "b", role("internal-elb")),
    subnetOf("subnet-c", "a", role("elb")),
    subnetOf("subnet-d", "b", role("elb")),
  ]),
  clusterGroups: answered(["sg-cluster"]),
  instances: answered([{ id: "i-1", interfaces: [["sg-cluster"]] }]),
  certificates: answered([]),
  zones: answered([]),
  zonesInRoles: {},
  balancers: answered([]),
  targetGroups: answered([]),
};

/** A cluster in which nothing is wrong, and no mesh yet. */
export const fineKubernetes: KubernetesFacts = {
  server: answered("https://EKS.example/"),
  version: answered("1.34"),
  nodes: answered([object("Node", { name: "one" }, { spec: { providerID: "aws:///eu-central-1a/i-1" } })]),
  controllers: answered([controllerOf("public.ecr.aws/eks/aws-load-balancer-controller:v2.13.0")]),
  istiods: answered([]),
  definitions: answered([]),
  ingressClasses: answered([object("IngressClass", { name: "alb" }, { spec: { controller: "ingress.k8s.aws/alb" } })]),
  vpcCni: answered(object("DaemonSet", { name: "aws-node", namespace: "kube-system" })),
  namespaces: answered([]),
  releases: answered([]),
  addressObjects: answered({ "istio-ingress": { object: undefined, complaint: undefined } }),
  gateways: answered({}),
  authority: answered(undefined),
  peers: answered(undefined),
};

/** The releases of a mesh as they are right after `up`, without objects. */
export function releasesThere(settings: MeshSettings): readonly ReleaseFacts[] {
  return releasesOf(settings).map((release) => ({
    ...release,
    ...{ revision: 1, status: "deployed", chart: release.name, objects: [] },
  }));
}

export const no = (
  party: Party,
  reason: Reason,
  ...[message = "it said no", question = "a question"]: string[]
): Refused => refused({ party, reason, question, message });

export interface Case {
  readonly title: string;
  readonly args?: object;
  readonly aws?: Partial<AwsFacts>;
  readonly kubernetes?: Partial<KubernetesFacts>;
  /** A mesh is there: all of its releases, as they should be. */
  readonly installed?: boolean;
  /** Kinds of finding, without the subject's name. */
  readonly finds: readonly string[];
  /** What is told, in order; fewer than findings if the rest does not matter. */
  readonly says?: readonly RegExp[];
}

export function situationOf({ args, aws, kubernetes, installed = false }: Omit<Case, "title" | "finds">): Situation {
  const settings = settingsOf(args);
  const releases: QueryResult<readonly ReleaseFacts[]> = answered(installed ? releasesThere(settings) : []);
  const facts: Facts = { aws: { ...fineAws, ...aws }, kubernetes: { ...fineKubernetes, releases, ...kubernetes } };
  return { settings, facts, now: new Date("2026-11-21T12:00:00Z") };
}

const textOf = ({ where, what, suggestion }: Finding) => `${where}: ${what} -> ${suggestion ?? ""}`;

/** Tests of one check; together they must find everything that it can find. */
export function describeCheck({ subject, check }: Check, cases: readonly Case[], never: readonly string[] = []): void {
  describe(`The check of ${subject.name}`, () => {
    for (const one of cases) {
      it(one.title, () => {
        const found = check(situationOf(one));
        assert.deepEqual(
          found.map(({ id }) => id),
          one.finds.map((kind) => `${subject.name}/${kind}`),
          found.map(textOf).join("\n"),
        );
        (one.says ?? []).forEach((words, index) => {
          const finding = found[index];
          assert.match(finding === undefined ? "" : textOf(finding), words);
        });
        for (const finding of found) assert.ok(!/\{\w+\}|undefined/.test(textOf(finding)), textOf(finding));
      });
    }

    it("is tried with all that it can find", () => {
      const tried = new Set(cases.flatMap(({ finds }) => finds));
      const kinds = [...Object.keys(subject.kinds), "unknown"].filter((kind) => !never.includes(kind));
      assert.deepEqual([...tried].sort(), kinds.sort());
    });

    it("has a suggestion for whatever is not fine", () => {
      for (const [name, { level, suggestion }] of Object.entries(subject.kinds)) {
        assert.equal(suggestion === undefined, level === "ok", name);
      }
      assert.equal(unknownKind.level, "unknown");
    });
  });
}
