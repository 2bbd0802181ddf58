import assert from "node:assert/strict";
import { checkIngressClass } from "../../cli/check/checks/ingress-class";
import { checkSubnets } from "../../cli/check/checks/subnets";
import { answered } from "../../cli/check/facts";
import type { IngressArgs } from "../../components";
import { strategies, strategyFor } from "../../components/ingress/strategies";
import { tagAnnotation } from "../../components/ingress/strategies/auto-mode-tags";
import * as loadBalancer from "../../components/ingress/load-balancer-plan";
import { planGatewayObjects } from "../../components/ingress/gateways/gateways-plan";
import { resolveIngresses } from "../../components/ingress/resolve-ingresses-args";
import type { IngressSettings } from "../../components/plan/ingress-settings";
import type { KubernetesObjectPlan } from "../../components/plan/kubernetes-object";
import type { LoadBalancerController } from "../../components/plan/enums";
import type { MeshSettings } from "../../components/plan/settings";
import { clusterFacts, clusterSettings, placesOf, settingsOf } from "./settings";
import { fineAws, fineKubernetes, subnetOf } from "./situation";

/** One ingress of the strategy under test. Its arguments have no problem. */
export interface ContractExample {
  readonly title: string;
  readonly args: IngressArgs;
}

const group = "sg-load-balancer";

type More = Readonly<Record<string, IngressArgs>>;

function resolve(ingress: IngressArgs, additionalIngresses: More = {}, rest: Rest = {}) {
  return resolveIngresses(
    { ingress, additionalIngresses },
    {
      ...{ cluster: clusterSettings(), controller: rest.controller ?? "aws-load-balancer-controller" },
      ...{ defaultRouting: "istio", profile: "default", topologies: [] },
    },
  );
}

interface Rest {
  readonly controller?: LoadBalancerController;
  readonly tags?: MeshSettings["tags"];
}

/** Settings of a mesh with these ingresses, past the schema of arguments, which knows published strategies only. */
function meshOf(ingress: IngressArgs, more: More = {}, rest: Rest = {}): MeshSettings {
  const { settings, problems } = resolve(ingress, more, rest);
  assert.deepEqual(problems, []);
  return { ...settingsOf(), ...settings, ...rest };
}

/** Plans all that belongs to the load balancers, in the order in which the component creates it. */
function planOf(settings: MeshSettings) {
  const groups = Object.fromEntries(settings.ingresses.map(({ name }) => [name, group]));
  const certificates = loadBalancer.givenCertificates(settings);
  const acls = loadBalancer.planWebAcls(settings);
  const webAcls = Object.fromEntries(acls.map(({ ingress }) => [ingress, `arn of ${ingress}`]));
  const firstRules = loadBalancer.planFirstRules(settings, clusterFacts, groups);
  const facts = { cluster: clusterFacts, groups, certificates, webAcls };
  const services = loadBalancer.planServices(settings, { ...facts, rules: firstRules });
  const needed = Object.entries(loadBalancer.neededNodePorts(settings));
  const nodePorts = Object.fromEntries(
    needed.map(([name, { service, ports }]) => [name, nodePortsOf(services, service, ports)]),
  );
  const nodePortRules = loadBalancer.planNodePortRules(settings, clusterFacts, { groups, nodePorts });
  const rules = [...firstRules, ...nodePortRules];
  const ingressObjects = loadBalancer.planIngressObjects(settings, { ...facts, rules });
  return { acls, firstRules, rules, nodePorts, objects: [...services, ...ingressObjects], services };
}

/** What Kubernetes would pick, in the order of the Service's ports; fails where the Service has no such port. */
function nodePortsOf(services: readonly KubernetesObjectPlan[], service: string, wanted: readonly string[]) {
  const [one, ...others] = services.filter(({ name }) => name === service);
  assert.deepEqual(others, []);
  const spec = one?.body["spec"] as { readonly ports: readonly { readonly name: string }[] } | undefined;
  const names = (spec?.ports ?? []).map(({ name }) => name);
  assert.ok(wanted.length > 0, service);
  for (const name of wanted) assert.ok(names.includes(name), `${service} has no port ${name}`);
  return Object.fromEntries(names.map((name, index) => [name, 30000 + index]));
}

function only<Value>(values: readonly Value[]): Value {
  assert.equal(values.length, 1, JSON.stringify(values));
  return values[0] as Value;
}

/** The planned object that carries the load balancer of an ingress. */
function carrierOf(ingress: IngressSettings, objects: readonly KubernetesObjectPlan[]): KubernetesObjectPlan {
  const { logicalName } = strategyFor(ingress).address;
  return only(objects.filter(({ name }) => name === logicalName));
}

/** The ports of the rules of the load balancer's own security group. */
function portsOf({ rules }: ReturnType<typeof planOf>, direction: "ingress" | "egress") {
  const own = rules.filter((rule) => rule.direction === direction && rule.securityGroupId === group);
  return [...new Set(own.map(({ port }) => port))];
}

const isPort = (port: number) => Number.isInteger(port) && port > 0 && port < 65536;

/** What all code outside of a strategy relies on. Runs over every strategy of the registry, and over one of the tests. */
export function describeStrategyContract({ title, args }: ContractExample): void {
  describe(`The contract of strategies: ${title}`, () => {
    let settings: MeshSettings;
    let ingress: IngressSettings;
    let plan: ReturnType<typeof planOf>;

    before(() => {
      settings = meshOf(args);
      ingress = only(settings.ingresses);
      plan = planOf(settings);
    });

    describePorts(() => ({ ingress, settings, plan }));
    describeAddress(() => ({ ingress, settings, plan }), args);
    describeAnnotations(args);
    describeSharing(args);
    describeArguments(args);
    describeCheck(() => ({ ingress, settings, plan }));
  });
}

type Planned = () => {
  readonly ingress: IngressSettings;
  readonly settings: MeshSettings;
  readonly plan: ReturnType<typeof planOf>;
};

function describePorts(planned: Planned): void {
  it("listens on ports with a name and a number of their own, and lets clients in on each", () => {
    const { ingress, plan } = planned();
    const { listeners } = strategyFor(ingress);
    assert.ok(listeners.length > 0 && listeners.every(({ port }) => isPort(port)), JSON.stringify(listeners));
    for (const key of ["name", "port"] as const) {
      assert.equal(new Set(listeners.map((listener) => listener[key])).size, listeners.length, key);
    }
    assert.deepEqual(
      portsOf(plan, "ingress"),
      listeners.map(({ port }) => port),
    );
  });

  it("has the gateway serve ports that the load balancer reaches", () => {
    const { ingress, settings } = planned();
    const { servers, targetPorts, decryptedPorts } = strategyFor(ingress);
    const ports = targetPorts.map(({ port }) => port);
    assert.ok(servers.length > 0 && ports.every(isPort), JSON.stringify({ servers, ports }));
    for (const port of [...servers.map((server) => server.port), ...decryptedPorts]) assert.ok(ports.includes(port));
    const served = planGatewayObjects(settings).filter(({ kind }) => kind === "Gateway");
    const { servers: written } = only(served).body["spec"] as { servers: { port: { number: number } }[] };
    assert.deepEqual(
      written.map(({ port }) => port.number),
      servers.map(({ port }) => port),
    );
  });

  it("has a way from the load balancer to each target port, the one of the health check among them", () => {
    const { ingress, plan } = planned();
    const { targetPorts, targetRoute } = strategyFor(ingress);
    assert.equal(new Set(targetPorts.map(({ name }) => name)).size, targetPorts.length);
    assert.ok(targetPorts.some(({ port }) => port === 15021));
    const picked = plan.nodePorts[ingress.service] ?? {};
    const reached = targetPorts.map(({ name, port }) => (targetRoute === "pods" ? port : picked[name]));
    assert.deepEqual([...portsOf(plan, "egress")].sort(), [...reached].sort());
  });
}

function describeAddress(planned: Planned, args: IngressArgs): void {
  it("plans the object in whose status the address will be, after all that it needs", () => {
    const { ingress, settings, plan } = planned();
    const { address } = strategyFor(ingress);
    const carrier = carrierOf(ingress, plan.objects);
    const { name, namespace } = carrier.metadata;
    const { apiVersion, kind } = carrier;
    assert.deepEqual([apiVersion, kind, name], [address.apiVersion, address.kind, address.name]);
    assert.equal(namespace, only(settings.gateways).namespace);
    // The API server derives the plural from the kind, in lower case.
    assert.match(address.plural, new RegExp(`^${kind.toLowerCase()}(s|es)$`));
    assert.deepEqual(loadBalancer.addressesOf(settings), { [ingress.name]: address.logicalName });
    for (const acl of plan.acls) assert.ok(carrier.after.includes(acl.name), acl.name);
    for (const rule of plan.firstRules) assert.ok(carrier.after.includes(rule.name), rule.name);
  });

  it("has the controller use the mesh's security group, and makes a new load balancer of another scheme", () => {
    const { ingress, plan } = planned();
    const carrier = carrierOf(ingress, plan.objects);
    assert.ok(Object.values(carrier.metadata.annotations ?? {}).includes(group));
    assert.ok((carrier.replaceOnChanges ?? []).some((path) => path.includes("scheme")));
  });

  it("leads to the gateway's pods", () => {
    const { settings, plan } = planned();
    const { selector } = only(plan.services).body["spec"] as { readonly selector: object };
    assert.deepEqual(selector, only(settings.gateways).selector);
  });

  it("tags the load balancer, but not with EKS Auto Mode, whose role may not", () => {
    const tags = { team: "platform" };
    const annotationsWith = (controller: LoadBalancerController) => {
      const tagged = meshOf(args, {}, { controller, tags });
      return carrierOf(only(tagged.ingresses), planOf(tagged).objects).metadata.annotations ?? {};
    };
    const { ingress } = planned();
    assert.ok(tagAnnotation(ingress) in annotationsWith("aws-load-balancer-controller"));
    assert.ok(!(tagAnnotation(ingress) in annotationsWith("eks-auto-mode")));
  });
}

function describeAnnotations(args: IngressArgs): void {
  const rules = () => strategies[args.strategy].annotations;
  const annotated = (key: string) => ({ ...args, annotations: { ...args.annotations, [key]: "a" } });

  it("writes the user's annotations on the object that carries the load balancer", () => {
    const { known, owned, impossible, prefix } = rules();
    const taken = (suffix: string) => suffix in owned || suffix in impossible;
    const free = known.find((suffix) => suffix.includes("node-labels") && !taken(suffix));
    const settings = meshOf(annotated(`${prefix}${String(free)}`));
    const { annotations = {} } = carrierOf(only(settings.ingresses), planOf(settings).objects).metadata;
    assert.equal(annotations[`${prefix}${String(free)}`], "a");
  });

  it("refuses annotations that another member decides, and those of other strategies", () => {
    const { owned, prefix } = rules();
    const foreign = Object.values(strategies).filter(({ annotations }) => annotations.prefix !== prefix);
    assert.ok(Object.keys(owned).length > 0 && foreign.length > 0);
    for (const key of [
      ...Object.keys(owned).map((suffix) => `${prefix}${suffix}`),
      ...foreign.map(({ annotations }) => `${annotations.prefix}tags`),
    ]) {
      assert.deepEqual(placesOf(resolve(annotated(key))), [`ingress.annotations[${JSON.stringify(key)}]`]);
    }
  });
}

function describeSharing(args: IngressArgs): void {
  it("shares a gateway with another ingress of its kind without a resource twice", () => {
    const both = meshOf({ ...args, hostnames: ["a.example.com"] }, { other: shared(args) });
    const { objects, rules, services } = planOf(both);
    const names = [...objects, ...rules].map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    assert.equal(services.length, strategies[args.strategy].sharesService ? 1 : 2);
    assert.equal(Object.keys(loadBalancer.addressesOf(both)).length, 2);
  });

  it("warns of hosts that are reached by both load balancers, unless each forwards its own only", () => {
    const { warnings } = resolve({ ...args, hostnames: ["a.example.com"] }, { other: shared(args) });
    const open = warnings.filter((warning) => /forwards every host/.test(warning));
    assert.equal(open.length, strategies[args.strategy].forwardsHostnamesOnly ? 0 : 2);
  });

  it("counts itself among the proxies that the gateway trusts if it appends to X-Forwarded-For", () => {
    const { trustedProxies = 0, ...rest } = args;
    const [gateway] = meshOf({ ...rest, trustedProxies }).gateways;
    assert.equal(gateway?.trustedProxies, trustedProxies + strategies[args.strategy].appendedAddresses);
  });
}

/** A second ingress before the gateway of the first. */
function shared(args: IngressArgs): IngressArgs {
  return { ...args, hostnames: ["b.example.com"], gateway: { shareWith: "istio-ingress" } };
}

function describeArguments(args: IngressArgs): void {
  it("has defaults for everything in its own block, and refuses the blocks of others", () => {
    assert.deepEqual(placesOf(resolve({ strategy: args.strategy })), []);
    for (const { kind } of Object.values(strategies).filter((other) => other.kind !== args.strategy)) {
      assert.deepEqual(placesOf(resolve({ ...args, [kind]: {} })), [`ingress.${kind}`]);
    }
  });

  it("takes the longest timeout of a health check that it states, and no longer one", () => {
    const longest = strategies[args.strategy].longestTimeoutSeconds(20);
    assert.ok(longest > 0 && longest <= 20);
    const timeout = (timeoutSeconds: number) =>
      placesOf(resolve({ ...args, healthCheck: { intervalSeconds: 20, timeoutSeconds } }));
    assert.deepEqual([timeout(longest), timeout(longest + 1)], [[], ["ingress.healthCheck.timeoutSeconds"]]);
  });

  it("warns on IPv6 clusters if its targets are nodes", () => {
    const { settings, warnings } = resolveIngresses(
      { ingress: args, additionalIngresses: {} },
      {
        ...{ cluster: clusterSettings({ ipFamily: "ipv6" }), controller: "aws-load-balancer-controller" },
        ...{ defaultRouting: "istio", profile: "default", topologies: [] },
      },
    );
    const ofNodes = strategyFor(only(settings.ingresses)).targetRoute === "node-ports";
    assert.equal(
      warnings.some((warning) => /PrimaryIpv6/.test(warning)),
      ofNodes,
    );
  });
}

function describeCheck(planned: Planned): void {
  it("is looked at by the check command: its IngressClass, and the zones of its subnets", () => {
    const { ingress, settings } = planned();
    const { ingressClass, requiredZones } = strategyFor(ingress).module;
    const oneZone = answered([subnetOf("subnet-1", "a", { "kubernetes.io/role/internal-elb": "1" })]);
    const situation = {
      settings,
      facts: {
        aws: { ...fineAws, subnets: oneZone },
        kubernetes: { ...fineKubernetes, ingressClasses: answered([]) },
      },
      now: new Date("2026-11-21T12:00:00Z"),
    };
    const classes = checkIngressClass(situation).map(({ id, where }) => `${where}: ${id}`);
    const wanted = ingressClass === undefined ? [] : [`IngressClass ${ingressClass.name}: ingress-class/missing`];
    assert.deepEqual(classes, wanted);
    const [zones] = checkSubnets(situation);
    assert.equal(zones?.level, requiredZones > 1 ? "problem" : "warning");
  });
}
