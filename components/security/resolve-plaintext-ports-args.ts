import { pathText } from "../inputs/path";
import type { PlaintextPortsArgs } from "../inputs/kubernetes/plaintext-ports-args";
import { problem, problemIf } from "../inputs/problem";
import type { Problem } from "../plan/problem";
import type { PlaintextPortsSettings } from "../plan/security-settings";

type ByName = Readonly<Record<string, PlaintextPortsArgs>>;

/** What is missing in an entry is a problem already. */
export function resolvePlaintextPorts(args: ByName): readonly PlaintextPortsSettings[] {
  return Object.entries(args).map(([name, { selector, ports }]: [string, Partial<PlaintextPortsArgs>]) => ({
    name,
    selector: selector ?? {},
    ports: ports ?? [],
  }));
}

export function checkPlaintextPorts(namespace: string, args: ByName): readonly Problem[] {
  const entries = resolvePlaintextPorts(args);
  return entries.flatMap(({ name, selector, ports }, index) => {
    const here = pathText(["namespaces", namespace, "plaintextPorts", name]);
    const earlier = entries.slice(0, index).find((other) => overlap(selector, other.selector));
    return [
      ...checkSelector(selector, `${here}.selector`),
      ...problemIf(ports.length === 0, `${here}.ports`, {
        given: ports,
        allowed: "at least one port",
        suggestion: "name the ports, or remove the entry",
      }),
      ...(earlier === undefined
        ? []
        : [
            problem(`${here}.selector`, {
              given: selector,
              allowed: `pods that "${earlier.name}" does not choose: for each pod Istio heeds only one choice`,
              suggestion: "write the ports of both into one entry",
            }),
          ]),
    ];
  });
}

function checkSelector(selector: Readonly<Record<string, string>>, path: string): readonly Problem[] {
  return [
    ...problemIf(Object.keys(selector).length === 0, path, {
      given: selector,
      allowed: "at least one label: Istio takes ports only together with pods",
      suggestion: "name a label that these pods have, such as { app: shop }",
    }),
  ];
}

/** Whether one of two selectors chooses among the pods of the other. That they choose the same by chance nobody can know. */
function overlap(one: PlaintextPortsSettings["selector"], other: PlaintextPortsSettings["selector"]): boolean {
  const within = (narrow: typeof one, wide: typeof one) =>
    Object.entries(wide).every(([label, value]) => narrow[label] === value);
  return within(one, other) || within(other, one);
}
