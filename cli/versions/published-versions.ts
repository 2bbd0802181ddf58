import semver from "semver";

/** The releases in a chart repository, or why they are not known. */
export type Published = PublishedVersions | NotReached;

export interface PublishedVersions {
  readonly known: true;
  /** Releases without pre-releases, oldest first. */
  readonly versions: readonly string[];
}

export interface NotReached {
  readonly known: false;
  readonly reason: string;
}

/** Reads the index of a chart repository. It never fails: a repository that cannot be reached is reported as such. */
export async function publishedVersions(repository: string, timeoutSeconds: number): Promise<Published> {
  try {
    const url = `${repository.replace(/\/$/, "")}/index.yaml`;
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutSeconds * 1000) });
    if (!response.ok) return { known: false, reason: `${url} answered ${response.status}` };
    const versions = versionsIn(await response.text());
    return versions.length > 0 ? { known: true, versions } : { known: false, reason: `${url} lists no release` };
  } catch (error) {
    return { known: false, reason: reasonOf(error as Error) };
  }
}

/** `fetch failed` has its reason in its cause. */
function reasonOf({ message, cause }: Error): string {
  return cause instanceof Error && cause.message !== "" ? `${message}: ${cause.message}` : message;
}

/** Istio's charts have the version of Istio. The whole index is megabytes of YAML; its lines of this form are enough. */
function versionsIn(index: string): readonly string[] {
  const all = [...index.matchAll(/^\s+version: "?v?(\d+\.\d+\.\d+)"?\s*$/gm)].map((match) => String(match[1]));
  return [...new Set(all)].sort(semver.compare);
}
