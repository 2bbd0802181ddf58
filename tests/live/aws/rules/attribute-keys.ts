import type { ServiceModel } from "../model/service-model";

/** Attributes that a kind of load balancer has. */
export type BalancerKind = "application" | "network";

interface Documented {
  readonly members?: { readonly Key?: { readonly documentation?: string } };
}

const kindNames: Readonly<Record<BalancerKind, string>> = { application: "Application", network: "Network" };

/**
 * Keys of attributes as the API reference lists them: the model says of a key only that it is a text, its documentation
 * names all of them under headings ("supported by only Application Load Balancers").
 */
export function attributeKeys(model: ServiceModel, shape: string, kind: BalancerKind): readonly string[] {
  const { members } = model.shapes[shape] as Documented;
  const documentation = members?.Key?.documentation ?? "";
  // Lists in lists are values of a key, not keys.
  const sections = documentation.split(/<p>(?=The following attributes? )/).slice(1);
  return sections
    .filter((section) => {
      const heading = section.slice(0, section.indexOf("</p>"));
      return heading.includes("all load balancers") || heading.includes(`${kindNames[kind]} Load Balancer`);
    })
    .flatMap((section) => [...section.matchAll(/<li> <p> <code>([a-z0-9_]+(?:\.[a-z0-9_]+)+)<\/code>/g)])
    .map(([, key]) => String(key));
}
