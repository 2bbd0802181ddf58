import { answered, type QueryResult, type ReleaseObject, whenAnswered } from "../facts";
import { at, type KubernetesObject, listAt, textAt } from "../kubernetes-object";
import type { Proxy } from "./proxy";

interface Kind {
  readonly plural: string;
  readonly namespaced: boolean;
}

type Kinds = Readonly<Record<string, Kind>>;

/** Looks for each object of a release in the cluster. */
export async function findObjects(
  proxy: Proxy,
  wanted: readonly KubernetesObject[],
  namespace: string,
): Promise<readonly ReleaseObject[]> {
  const versions = [...new Set(wanted.map(({ apiVersion }) => String(apiVersion)))];
  const kinds = new Map(
    await Promise.all(versions.map(async (version) => [version, await kindsOf(proxy, version)] as const)),
  );
  return Promise.all(
    wanted.map(async (object) => {
      const known = kinds.get(String(object.apiVersion));
      const found = known === undefined ? answered(undefined) : await findObject(proxy, object, { known, namespace });
      // As it will be shown: Helm puts what names no namespace into that of the release.
      return { wanted: object, found };
    }),
  );
}

/** What an API version calls its kinds in addresses. */
async function kindsOf(proxy: Proxy, version: string): Promise<QueryResult<Kinds>> {
  const message = await proxy.find<unknown>(apiPath(version));
  return whenAnswered(message, (answer) =>
    Object.fromEntries(
      listAt(answer, "resources")
        .filter((one) => !textAt(one, "name").includes("/"))
        .map((one) => [
          textAt(one, "kind"),
          { plural: textAt(one, "name"), namespaced: at(one, "namespaced") === true },
        ]),
    ),
  );
}

/** Where the API of a version is, such as `/api/v1` or `/apis/apps/v1`. */
export function apiPath(version: string): string {
  return version.includes("/") ? `/apis/${version}` : `/api/${version}`;
}

interface Place {
  readonly known: QueryResult<Kinds>;
  /** The release's. */
  readonly namespace: string;
}

async function findObject(
  proxy: Proxy,
  { apiVersion, kind, metadata }: KubernetesObject,
  { known, namespace }: Place,
): Promise<QueryResult<KubernetesObject | undefined>> {
  if (!known.known) return known;
  const row = known.answer[String(kind)];
  // A kind that is gone took its objects along.
  if (row === undefined) return answered(undefined);
  const where = row.namespaced ? `/namespaces/${metadata.namespace ?? namespace}` : "";
  return proxy.find<KubernetesObject>(`${apiPath(String(apiVersion))}${where}/${row.plural}/${metadata.name}`);
}
