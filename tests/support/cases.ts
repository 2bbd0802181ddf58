import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Facts } from "../../cli/plan/example-facts";
import { type RanProgram, runProgram } from "./program";
import assert from "node:assert/strict";

export const casesFolder = join(__dirname, "..", "cases");

/** A case that was run, with short ways to what cases are about. */
export interface Case extends RanProgram {
  /** The text of the error; empty: nothing was refused. */
  readonly refusal: string;
  /** Annotations of an object. */
  readonly annotations: (name: string) => Readonly<Record<string, string>>;
  /** Security group rules whose logical names begin so: `from ports into group: description`. */
  readonly rules: (prefix: string) => readonly string[];
}

/** Runs the program with the stack file of a case, as `pulumi up` does. */
export async function runCase(name: string, facts: Partial<Facts> = {}): Promise<Case> {
  const { config } = parse(readFileSync(join(casesFolder, `${name}.yaml`), "utf8")) as { readonly config: Config };
  const ran = await runProgram(config, { facts: { region: String(config["aws:region"]), ...facts } });
  return {
    ...ran,
    refusal: ran.error === undefined ? "" : (ran.error as Error).message,
    annotations: (object) => ran.input(object, "metadata.annotations") as Readonly<Record<string, string>>,
    rules: (prefix) =>
      ran.resources
        .filter(({ type, name: rule }) => /:SecurityGroup(In|E)gressRule$/.test(type) && rule.startsWith(prefix))
        .map(({ inputs }) => ruleText(inputs as Rule))
        .sort(),
  };
}

type Config = Readonly<Record<string, unknown>>;
type Rule = Readonly<Record<string, unknown>>;

function ruleText({ fromPort, cidrIpv4, cidrIpv6, referencedSecurityGroupId, prefixListId, ...rule }: Rule): string {
  const [peer] = [cidrIpv4, cidrIpv6, referencedSecurityGroupId, prefixListId].filter((one) => one !== undefined);
  return `${String(fromPort)} of ${String(rule["securityGroupId"])}: ${String(peer)}`;
}

/** Prefixes of annotations. */
export const [nlb, alb] = ["service.beta.kubernetes.io/aws-load-balancer-", "alb.ingress.kubernetes.io/"];
/** Resources of the main ingress. */
export const [service, ingress, gateway] = [
  "mesh-service-istio-ingress",
  "mesh-ingress-istio-ingress",
  "mesh-gateway-istio-ingress",
];

/** What the error says to do, by the place that it is said of; a place twice has both. */
function suggestions({ refusal }: Case): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, path = "", suggestion = ""] of refusal.matchAll(
    /^ {2}(\S.*)\n {4}given .*\n {4}allowed .*\n {4}to do +(.*)$/gm,
  ))
    found[path] = found[path] === undefined ? suggestion : `${found[path]}; ${suggestion}`;
  return found;
}

/** That a case is refused, with these suggestions and no others, and that nothing is made. */
export async function refuses(name: string, expected: Readonly<Record<string, string>>): Promise<Case> {
  const refused = await runCase(name);
  assert.deepEqual(suggestions(refused), expected);
  assert.deepEqual(refused.resources, []);
  return refused;
}

/** A case that is made. */
export async function made(...given: Parameters<typeof runCase>): Promise<Case> {
  const found = await runCase(...given);
  assert.equal(found.refusal, "");
  return found;
}

/** Where an annotation of the main ingress stands. */
export const annotation = (key: string) => `ingress.annotations["${key}"]`;
/** Names of resources. */
export const namesOf = ({ resources }: Case, pattern: RegExp) =>
  resources.map(({ name }) => name).filter((name) => pattern.test(name));
/** The overlay of a Deployment or another object that istiod makes for a Gateway. */
export const overlay = ({ input }: Case, kind: string) =>
  JSON.parse(String(input("mesh-parameters-istio-ingress", `data.${kind}`))) as unknown;
/** The proxy's configuration in an annotation of pods. */
export const proxyConfig = (text: unknown) => JSON.parse(String(text)) as Readonly<Record<string, unknown>>;
/** The same of the pods that the gateway chart makes. */
export const chartProxyConfig = ({ input }: Case) =>
  proxyConfig((input(gateway, "values.podAnnotations") as Readonly<Record<string, unknown>>)["proxy.istio.io/config"]);
