import semver from "semver";
import { istioMinors, minorOf } from "../../../components/control-plane/charts/versions";
import { installs, revisionsOf } from "../../../components/control-plane/control-planes";
import { ipv4OnlyIngresses } from "../../../components/ingress/lookups-plan";
import { IpFamily } from "../../../components/plan/enums";
import type { MeshSettings } from "../../../components/plan/settings";
import { findingsOf, type Finding, type Subject } from "../finding";
import { clusterPlace, type Situation, whenKnown } from "../situation";

export const cluster = {
  name: "cluster",
  title: "The cluster",
  how: "kubectl version; aws eks describe-cluster",
  kinds: {
    missing: {
      level: "problem",
      what: "There is no such EKS cluster in this account and region.",
      suggestion: "Check cluster.name and aws:region of the stack file, and whose credentials these are.",
    },
    "not-active": {
      level: "problem",
      what: "EKS reports {status}.",
      suggestion: "Wait until it is ACTIVE, then install.",
    },
    "ipv4-only": {
      level: "problem",
      what: "Its pods and Services have IPv6 addresses, for which the load balancer controller builds no load balancer with IPv4 addresses only: {ingresses}. pulumi up stops at that.",
      suggestion: 'Write cluster.ipFamily: "ipv6".',
    },
    "not-ipv6": {
      level: "problem",
      what: "Its pods and Services have IPv4 addresses, and cluster.ipFamily is ipv6. pulumi up stops at that.",
      suggestion: "Remove cluster.ipFamily: EKS fixes the family when it makes the cluster.",
    },
    "not-ipv4": {
      level: "warning",
      what: "Its pods and Services have IPv6 addresses, and defaults are chosen for IPv4.",
      suggestion: 'Write cluster.ipFamily: "ipv6".',
    },
    "too-old": {
      level: "problem",
      what: "Kubernetes {given} is older than Istio {istio} is made for ({from} to {to}).",
      suggestion: "Upgrade the cluster to {from} or newer, or choose an older istio.version.",
    },
    "too-new": {
      level: "warning",
      what: "Kubernetes {given} is newer than Istio {istio} is tested with ({from} to {to}).",
      suggestion: "Choose a newer istio.version if there is one.",
    },
    fits: { level: "ok", what: "Kubernetes {given} suits Istio {istio}." },
    active: { level: "ok", what: "EKS reports {status}." },
  },
} as const satisfies Subject;

const finding = findingsOf(cluster);

/** Is the cluster there, and in the range of every Istio that is to run in it? */
export function checkCluster(situation: Situation): readonly Finding[] {
  const where = clusterPlace(situation.settings);
  return [
    ...whenKnown({ finding, where }, { eks: situation.facts.aws.cluster }, ({ eks }) => {
      if (eks === undefined) return [finding("missing", where)];
      const usable = eks.status === "ACTIVE" || eks.status === "UPDATING";
      const state = finding(usable ? "active" : "not-active", where, { status: eks.status });
      return [state, ...checkIpFamily(eks.ipFamily, situation.settings, where)];
    }),
    ...checkVersion(situation, where),
  ];
}

/** As pulumi up compares it (components/lookups/ip-family.ts). */
function checkIpFamily(found: string, settings: MeshSettings, where: string): readonly Finding[] {
  if (found === "" || found === settings.cluster.ipFamily) return [];
  if (found === IpFamily.Ipv4) return [finding("not-ipv6", where)];
  const ingresses = ipv4OnlyIngresses(settings);
  return [
    ingresses.length > 0
      ? finding("ipv4-only", where, { ingresses: ingresses.join(", ") })
      : finding("not-ipv4", where),
  ];
}

function checkVersion({ settings, facts }: Situation, where: string): readonly Finding[] {
  if (!installs(settings)) return [];
  return whenKnown({ finding, where }, { given: facts.kubernetes.version }, ({ given }) =>
    revisionsOf(settings).flatMap(({ version: istio }) =>
      istioMinors
        .filter((row) => row === minorOf(istio))
        .map(({ kubernetes: { from, to } }) => {
          const details = { given, istio, from, to };
          if (semver.lt(full(given), full(from))) return finding("too-old", where, details);
          return finding(semver.gt(full(given), full(to)) ? "too-new" : "fits", where, details);
        }),
    ),
  );
}

const full = (minor: string) => `${minor}.0`;
