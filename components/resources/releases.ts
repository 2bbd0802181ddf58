import { Release } from "@pulumi/kubernetes/helm/v3/release";
import type { ReleasePlan } from "../plan/release";
import { withDeferredValues } from "./deferred-values";
import type { ResourceRegistry } from "./resource-registry";

/** The only clock of a release: install, upgrade and uninstall alike, in seconds. */
const timeout = 600;

/** Installs charts as real Helm releases, whose webhooks istiod may patch without Pulumi seeing a difference. */
export function makeReleases(registry: ResourceRegistry, plans: readonly ReleasePlan[]): readonly Release[] {
  return plans.map((plan) => registry.add(plan.name, makeRelease(registry, plan)));
}

function makeRelease(registry: ResourceRegistry, plan: ReleasePlan): Release {
  const { releaseName, version, namespace, nullValues, replaceOnChanges, unawaited: skipAwait = false } = plan;
  const values = withDeferredValues(plan.values, plan.deferredValues);
  return new Release(
    registry.nameOf(plan.name),
    {
      ...{ name: releaseName, ...chartOf(plan), version, namespace, values, timeout, skipAwait },
      ...(nullValues === undefined ? {} : { allowNullValues: nullValues }),
    },
    // The name is fixed, so that a replacement before the deletion would find it taken.
    {
      ...registry.optionsInCluster(plan),
      deleteBeforeReplace: true,
      ...(replaceOnChanges === undefined ? {} : { replaceOnChanges: [...replaceOnChanges] }),
    },
  );
}

/** Only a repository of the classic kind is named apart from the chart. */
function chartOf({ repository, chart }: ReleasePlan) {
  if (/^https?:\/\//.test(repository)) return { chart, repositoryOpts: { repo: repository } };
  return { chart: `${repository.replace(/\/$/, "")}/${chart}` };
}
