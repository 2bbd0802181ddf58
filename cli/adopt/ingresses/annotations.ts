import { compact, type Tree } from "../trees";

export type Annotations = Readonly<Record<string, string>>;

/** `a=1,b=2` */
export function pairsIn(text: string | undefined): Annotations {
  return Object.fromEntries(
    listIn(text).map((pair) => {
      const [key = "", ...value] = pair.split("=");
      return [key.trim(), value.join("=").trim()];
    }),
  );
}

/** `a,b` */
export function listIn(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

/** The same in the controller's way of writing; none if there are no pairs. */
export function pairsText(pairs: Annotations): string | undefined {
  const text = Object.entries(pairs).map(([key, value]) => `${key}=${value}`);
  return text.length === 0 ? undefined : text.join(",");
}

/** A number that stands in an annotation. */
export function numberIn(text: string | undefined): number | undefined {
  const number = Number(text);
  return text === undefined || Number.isNaN(number) ? undefined : number;
}

/** Some annotations of tools that write their own notes on objects. */
const toolNotes =
  /^(kubectl\.kubernetes\.io|meta\.helm\.sh|helm\.sh|pulumi\.com|argocd\.argoproj\.io|kubernetes\.io)\//;
const externalDns = /^external-dns\.(alpha\.)?kubernetes\.io\//;

export interface FurtherContext {
  readonly prefix: string;
  /** What other members of the arguments set, by the annotation's end. */
  readonly owned: Readonly<Record<string, string>>;
  /** Whether the mesh makes the records, so that ExternalDNS must not. */
  readonly dns: boolean;
}

/** Annotations that no other member of the arguments sets. */
export function furtherAnnotations(all: Annotations, { prefix, owned, dns }: FurtherContext): Annotations {
  return Object.fromEntries(
    Object.entries(all).filter(([key, value]) => {
      if (toolNotes.test(key)) return false;
      if (externalDns.test(key)) return !dns && value !== "istio-eks";
      return !(key.startsWith(prefix) && Object.hasOwn(owned, key.slice(prefix.length)));
    }),
  );
}

/** Health checks, where the annotations say something: names of the four annotations in the order of the members. */
export function healthCheckArgs(all: Annotations, [healthy, unhealthy, timeout, interval]: readonly string[]): Tree {
  const at = (key: string | undefined) => numberIn(all[String(key)]);
  return compact({
    healthyThreshold: at(healthy),
    unhealthyThreshold: at(unhealthy),
    timeoutSeconds: at(timeout),
    intervalSeconds: at(interval),
  });
}

/** Attributes without those that members set. */
export function rest(attributes: Readonly<Record<string, string>>, members: readonly string[]): string | undefined {
  return pairsText(Object.fromEntries(Object.entries(attributes).filter(([key]) => !members.includes(key))));
}

/** Ids of subnets; the controller also takes names, which the mesh does not. */
export function subnetsIn(text: string | undefined): readonly string[] | undefined {
  const ids = listIn(text).filter((id) => id.startsWith("subnet-"));
  return ids.length === 0 ? undefined : ids;
}

export function drainIn(group: Readonly<Record<string, string>>): number | undefined {
  const text = group["deregistration_delay.timeout_seconds"];
  return text === undefined ? undefined : Number(text);
}
