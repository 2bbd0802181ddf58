import assert from "node:assert/strict";
import fc from "fast-check";
import type { IstioMeshArgs } from "../../components";
import * as door from "../../components/mesh/front-door-plan";
import {
  afterNamespace,
  gatewayName,
  ownNamespaces,
  planControlPlane,
  planCrds,
  planEnrolment,
  planGatewayObjects,
  planGatewayReleases,
  planLookups,
  planNamespaces,
  planWebhookRules,
} from "../../components/mesh/mesh-plan";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import type { Planned } from "../../components/plan/planned";
import { nearlySoundArgs } from "../support/arbitrary-args";
import { arn, clusterFacts, gateway, settingsOf } from "../support/settings";

type Args = Partial<IstioMeshArgs>;
const nlb = { strategy: "nlb" } as const;
const canary = { version: "1.31.1", revision: "1-31-1", revisionTags: ["next"] };
const ambient: Args = { mode: "ambient" };

const controlPlane = (args: Args, webhookRules: readonly string[] = []) =>
  planControlPlane(settingsOf(args), webhookRules);
/** What each release comes after, by its logical name. */
const order = (args: Args, webhookRules: readonly string[] = []) =>
  Object.fromEntries(controlPlane(args, webhookRules).map(({ name, after }) => [name, after]));

describe("planLookups", () => {
  it("asks for nothing where nothing needs an answer", () => {
    assert.deepEqual(planLookups(settingsOf()), { vpc: false, zones: {}, certificates: {}, loadBalancerTypes: [] });
    assert.equal(planLookups(settingsOf({ ingress: { ...nlb, scheme: "internet-facing" } })).vpc, false);
  });

  it("asks for the VPC's range where only the VPC may come in", () => {
    assert.equal(planLookups(settingsOf({ ingress: nlb })).vpc, true);
  });

  it("asks for zones and certificates by name, and for none whose id or ARN is given", () => {
    const hostnames = ["app.example.com"];
    const { zones, certificates } = planLookups(
      settingsOf({
        ingress: {
          ...nlb,
          hostnames,
          dns: { zoneName: "example.com", privateZone: true },
          tls: { certificateDomain: "*.example.com" },
        },
        additionalIngresses: {
          shop: { ...nlb, hostnames: ["b.example.com"], dns: { zoneId: "Z1" }, tls: { certificateArn: arn } },
        },
      }),
    );
    assert.deepEqual(zones, { "istio-ingress": { kind: "look-up", name: "example.com", privateZone: true } });
    assert.deepEqual(certificates, { "istio-ingress": "*.example.com" });
  });

  it("asks for AWS's own zone once per kind of load balancer that records point at", () => {
    const types = (dns: object) => {
      const hostnames = ["a.example.com"];
      const one = (name: string) => ({ hostnames: [name], dns: { zoneId: "Z1", ...dns } });
      return planLookups(
        settingsOf({
          ingress: { ...nlb, hostnames, dns: { zoneId: "Z1", ...dns } },
          additionalIngresses: {
            b: { ...nlb, ...one("b.example.com") },
            c: { strategy: "alb", ...one("c.example.com") },
          },
        }),
      ).loadBalancerTypes;
    };
    assert.deepEqual(types({}), ["network", "application"]);
    assert.deepEqual(types({ createRecords: false }), []);
  });
});

describe("ownNamespaces", () => {
  it("counts the control plane's and the gateways' namespaces, each once", () => {
    const args: Args = {
      ingress: nlb,
      additionalIngresses: { shop: nlb, edge: { ...nlb, gateway: { namespace: "edge" } } },
    };
    assert.deepEqual(ownNamespaces(settingsOf(args)), ["istio-system", "istio-ingress", "edge"]);
  });

  it("counts none where someone else runs Istio and the gateway", () => {
    assert.deepEqual(ownNamespaces(settingsOf({ istio: { profile: "empty" }, ingress: nlb })), []);
  });

  it("counts the gateway's where istiod makes its pods from our Gateway, whoever runs istiod", () => {
    const args: Args = { istio: { profile: "empty" }, ingress: { ...nlb, routing: "gateway-api" } };
    assert.deepEqual(ownNamespaces(settingsOf(args)), ["istio-ingress"]);
  });

  it("counts a namespace once that holds both", () => {
    const args: Args = { ingress: { ...nlb, gateway: { namespace: "istio-system" } } };
    assert.deepEqual(ownNamespaces(settingsOf(args)), ["istio-system"]);
  });
});

describe("planNamespaces", () => {
  it("makes each before everything else", () => {
    assert.deepEqual(planNamespaces(settingsOf()), [
      {
        name: "namespace-istio-system",
        after: [],
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: "istio-system" },
        body: {},
      },
    ]);
  });

  it("admits the privileged agents of cni and ztunnel, in the control plane's namespace only", () => {
    const labels = (args: Args) =>
      planNamespaces(settingsOf({ ingress: nlb, ...args })).map(({ metadata }) => metadata.labels);
    const privileged = { "pod-security.kubernetes.io/enforce": "privileged" };
    assert.deepEqual(labels(ambient), [privileged, undefined]);
    assert.deepEqual(labels({ istio: { sidecarCni: true } }), [privileged, undefined]);
    assert.deepEqual(labels({}), [undefined, undefined]);
  });

  it("admits none in a namespace that someone else's agents do not live in", () => {
    const args: Args = {
      ...ambient,
      istio: { profile: "empty" },
      ingress: { ...nlb, gateway: { namespace: "istio-system" } },
    };
    assert.deepEqual(
      planNamespaces(settingsOf(args)).map(({ metadata }) => metadata),
      [{ name: "istio-system" }],
    );
  });
});

describe("afterNamespace", () => {
  it("waits for a namespace of ours, and for none of others", () => {
    assert.deepEqual(afterNamespace(settingsOf(), "istio-system"), ["namespace-istio-system"]);
    assert.deepEqual(afterNamespace(settingsOf(), "default"), []);
  });
});

describe("planCrds", () => {
  it("installs the Gateway API's definitions at the release that this Istio reads, waiting for nothing", () => {
    const [crds, ...more] = planCrds(settingsOf(ambient));
    assert.deepEqual([crds?.name, crds?.after, more], ["crds", [], []]);
    assert.match(String(crds?.file), /v1\.6\.0\/standard-install\.yaml$/);
  });

  it("installs none where nobody needs them, or someone else has them", () => {
    assert.deepEqual(planCrds(settingsOf({ ingress: nlb })), []);
    assert.deepEqual(planCrds(settingsOf({ ...ambient, gatewayApi: { crds: "external" } })), []);
  });
});

describe("planWebhookRules", () => {
  const facts = { ...clusterFacts, nodeGroups: [{ securityGroupId: "sg-n", reachedByControlPlane: false }] };
  const cluster = { name: "prod", nodeSecurityGroupIds: ["sg-0123456789abcdef0"] };

  it("lets the control plane in to istiod where the user names groups of nodes", () => {
    const rules = planWebhookRules(settingsOf({ cluster, tags: { Team: "a" } }), facts);
    assert.deepEqual(
      rules.map(({ port, securityGroupId, tags }) => [port, securityGroupId, tags]),
      [[15017, "sg-n", { Team: "a" }]],
    );
  });

  it("adds none to the cluster's own group, and none for an istiod that is not ours", () => {
    assert.deepEqual(planWebhookRules(settingsOf(), facts), []);
    assert.deepEqual(planWebhookRules(settingsOf({ cluster, istio: { profile: "empty" } }), facts), []);
  });
});

describe("planControlPlane", () => {
  it("installs base, then istiod, in sidecar mode", () => {
    assert.deepEqual(order({}), { base: ["namespace-istio-system"], istiod: ["base"] });
  });

  it("installs the agent beside istiod, and ztunnel after both, in ambient mode", () => {
    assert.deepEqual(order(ambient), {
      base: ["namespace-istio-system"],
      istiod: ["base", "crds"],
      cni: ["namespace-istio-system"],
      ztunnel: ["istiod", "cni"],
    });
  });

  it("installs the agent in sidecar mode where it is to replace the init containers", () => {
    assert.deepEqual(order({ istio: { sidecarCni: true } }), {
      base: ["namespace-istio-system"],
      istiod: ["base"],
      cni: ["namespace-istio-system"],
    });
  });

  it("has istiod wait for the rules of its webhooks: Helm would wait for it in vain", () => {
    assert.deepEqual(order({}, ["webhook-rule-0"])["istiod"], ["base", "webhook-rule-0"]);
  });

  it("has a canary take its tags after the main control plane has given them up: two releases cannot own one webhook", () => {
    assert.deepEqual(order({ istio: { canary } }), {
      base: ["namespace-istio-system"],
      istiod: ["base"],
      "istiod-1-31-1": ["base", "istiod"],
    });
    const { "istiod-1-31-1": after } = order({ istio: { revision: "a", canary } });
    assert.deepEqual(after, ["base", "istiod-a"]);
  });

  it("tells each control plane what the mode needs", () => {
    const profiles = controlPlane({ ...ambient, istio: { canary } }).map(({ name, values }) => [
      name,
      values["profile"],
    ]);
    assert.deepEqual(profiles, [
      ["base", undefined],
      ["istiod", "ambient"],
      ["istiod-1-31-1", "ambient"],
      ["cni", "ambient"],
      ["ztunnel", "ambient"],
    ]);
    const [, istiod] = controlPlane({ istio: { sidecarCni: true } });
    assert.deepEqual(istiod?.values["cni"], { enabled: true });
  });

  it("has the agents follow the main control plane, of which there is one per node", () => {
    assert.deepEqual(order({ ...ambient, istio: { revision: "a", canary } })["ztunnel"], ["istiod-a", "cni"]);
  });

  it("installs nothing where someone else runs Istio", () => {
    assert.deepEqual(controlPlane({ istio: { profile: "empty" } }), []);
  });

  it("lives in the given namespace", () => {
    const args: Args = { ...ambient, istio: { namespace: "mesh" } };
    assert.deepEqual(order(args)["base"], ["namespace-mesh"]);
    for (const { namespace } of controlPlane(args)) assert.equal(namespace, "mesh");
  });
});

describe("planGatewayReleases", () => {
  it("installs gateway pods after the control plane that injects them: their image stays `auto` without it", () => {
    const releases = planGatewayReleases(settingsOf({ istio: { revision: "a" }, ingress: nlb }));
    assert.deepEqual(
      releases.map(({ name, after }) => [name, after]),
      [["gateway-istio-ingress", ["namespace-istio-ingress", "istiod-a"]]],
    );
  });

  it("installs none for the Gateway API, where istiod makes the pods, nor for a gateway of someone else", () => {
    assert.deepEqual(planGatewayReleases(settingsOf({ ...ambient, ingress: nlb })), []);
    assert.deepEqual(planGatewayReleases(settingsOf({ istio: { profile: "empty" }, ingress: nlb })), []);
  });

  it("installs one for several ingresses that share it", () => {
    const args: Args = {
      ingress: nlb,
      additionalIngresses: { shop: { ...nlb, gateway: { shareWith: "istio-ingress" } } },
    };
    assert.equal(planGatewayReleases(settingsOf(args)).length, 1);
  });
});

describe("planGatewayObjects", () => {
  const objects = (args: Args) => planGatewayObjects(settingsOf(args));
  const named = (args: Args) => objects(args).map(({ kind, name, after }) => ({ kind, name, after }));

  it("configures each ingress by an Istio Gateway, once its pods are there", () => {
    const args: Args = {
      ingress: { ...nlb, hostnames: ["a.example.com"] },
      additionalIngresses: {
        shop: { ...nlb, hostnames: ["b.example.com"], gateway: { shareWith: "istio-ingress" } },
      },
    };
    assert.deepEqual(named(args), [
      { kind: "Gateway", name: "istio-gateway-istio-ingress", after: ["gateway-istio-ingress"] },
      { kind: "Gateway", name: "istio-gateway-shop", after: ["gateway-istio-ingress"] },
    ]);
  });

  it("configures a gateway of someone else, which is there already", () => {
    assert.deepEqual(named({ istio: { profile: "empty" }, ingress: nlb }), [
      { kind: "Gateway", name: "istio-gateway-istio-ingress", after: [] },
    ]);
  });

  it("makes one Gateway of the Gateway API per set of pods, after istiod and the definitions", () => {
    assert.deepEqual(named({ ...ambient, ingress: nlb }), [
      {
        kind: "ConfigMap",
        name: "parameters-istio-ingress",
        after: ["namespace-istio-ingress", "crds", "istiod"],
      },
      {
        kind: "Gateway",
        name: "gateway-istio-ingress",
        after: ["namespace-istio-ingress", "crds", "istiod", "parameters-istio-ingress"],
      },
    ]);
  });

  it("waits for no istiod and no definitions of someone else", () => {
    const args: Args = { istio: { profile: "empty" }, ingress: { ...nlb, routing: "gateway-api" } };
    assert.deepEqual(
      objects(args).map(({ after }) => after[0]),
      ["namespace-istio-ingress", "namespace-istio-ingress"],
    );
    assert.ok(objects(args).every(({ after }) => !after.includes("istiod") && !after.includes("crds")));
  });

  it("serves in it what all ingresses before these pods want", () => {
    const args: Args = {
      ...ambient,
      istio: { revision: "a" },
      ingress: { ...nlb, hostnames: ["a.example.com"] },
      additionalIngresses: {
        shop: { ...nlb, hostnames: ["b.example.com"], gateway: { shareWith: "istio-ingress" } },
        other: { ...nlb, hostnames: ["c.example.com"] },
      },
    };
    const [first] = objects(args).filter(({ kind }) => kind === "Gateway");
    const { listeners } = first?.body["spec"] as { listeners: readonly { hostname: string }[] };
    assert.deepEqual(
      listeners.map(({ hostname }) => hostname),
      ["a.example.com", "b.example.com"],
    );
    assert.deepEqual(first?.metadata.labels, { "istio.io/rev": "a" });
  });

  it("plans nothing for an ingress without gateway, which resolving does not let through", () => {
    assert.deepEqual(planGatewayObjects({ ...settingsOf({ ingress: nlb }), gateways: [] }), []);
  });
});

describe("gatewayName", () => {
  it("is what makes the pods, if the mesh does", () => {
    assert.deepEqual(gatewayName(gateway()), ["gateway-istio-ingress"]);
    assert.deepEqual(gatewayName(gateway({ madeBy: "istiod" })), ["gateway-istio-ingress"]);
    assert.deepEqual(gatewayName(gateway({ madeBy: "someone-else" })), []);
  });
});

describe("planEnrolment", () => {
  const enrolled = (args: Args) => planEnrolment(settingsOf(args));
  const afters = (args: Args) => enrolled(args).flatMap(({ after }) => after);
  const shop = { namespaces: { shop: {} } };

  it("makes a namespace with the label that enrols it, and the user's", () => {
    assert.deepEqual(enrolled({ namespaces: { shop: { labels: { team: "a" } } } }), [
      {
        name: "namespace-shop",
        after: ["istiod"],
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: "shop", labels: { team: "a", "istio-injection": "enabled" } },
        body: {},
      },
    ]);
  });

  it("only labels a namespace that exists already", () => {
    assert.equal(enrolled({ namespaces: { shop: { create: false } } })[0]?.patch, true);
    assert.ok(!("patch" in (enrolled(shop)[0] ?? {})));
  });

  it("enrols in ambient after ztunnel: earlier pods could not start, and on destroy they must be freed first", () => {
    assert.deepEqual(afters({ ...ambient, ...shop }), ["ztunnel"]);
  });

  it("enrols for sidecars after the control plane that injects them, and the agent if there is one", () => {
    assert.deepEqual(afters({ istio: { sidecarCni: true }, ...shop }), ["istiod", "cni"]);
    assert.deepEqual(afters({ istio: { revision: "a" }, ...shop }), ["istiod-a"]);
    const sidecars: Args = { ...ambient, namespaces: { shop: { dataplane: "sidecar" } } };
    assert.deepEqual(afters(sidecars), ["istiod", "cni"]);
  });

  it("waits for the control plane that a revision or a tag names", () => {
    const follow = (revision: string) => afters({ istio: { canary }, namespaces: { shop: { revision } } });
    assert.deepEqual(follow("next"), ["istiod-1-31-1"]);
    assert.deepEqual(follow("1-31-1"), ["istiod-1-31-1"]);
  });

  it("waits for nothing where nothing enrols, or someone else runs Istio", () => {
    assert.deepEqual(afters({ namespaces: { shop: { dataplane: "none" } } }), []);
    assert.deepEqual(afters({ istio: { profile: "empty" }, ...shop }), []);
    assert.deepEqual(afters({ ...ambient, istio: { profile: "empty" }, ...shop }), []);
  });

  it("waits for no control plane that is not there, which resolving does not let through", () => {
    const settings = settingsOf(shop);
    const lost = settings.namespaces.map((namespace) => ({ ...namespace, revision: "gone" }));
    assert.deepEqual(planEnrolment({ ...settings, namespaces: lost })[0]?.after, []);
  });
});

describe("all plans of a mesh together", () => {
  /** Everything that a mesh plans, in the order in which it is made, with what each comes after. */
  function everything(args: unknown): readonly Planned[] | undefined {
    const { settings, problems } = resolveIstioMesh(args);
    if (problems.length > 0) return undefined;
    const nodeGroups = [{ securityGroupId: "sg-n", reachedByControlPlane: false }];
    const facts = { ...clusterFacts, nodeGroups };
    const named = (value: (name: string) => string) =>
      Object.fromEntries(settings.ingresses.map(({ name }) => [name, value(name)]));
    const groups = named((name) => `sg-${name}`);
    const zones = named((name) => `Z-${name}`);
    const nodePorts = Object.fromEntries(
      Object.entries(door.neededNodePorts(settings)).map(([service, { ports }]) => [
        service,
        Object.fromEntries(ports.map((port, index) => [port, 30000 + index])),
      ]),
    );
    const certificates = door.planCertificates(settings, zones);
    const first = door.planFirstRules(settings, facts, groups);
    const later = door.planNodePortRules(settings, facts, { groups, nodePorts });
    const made = { cluster: facts, groups, certificates: named(() => arn) };
    const webhookRules = planWebhookRules(settings, facts);
    const after: readonly string[] = [];
    return [
      ...planNamespaces(settings),
      ...certificates.flatMap((certificate) => [
        certificate,
        ...Object.values(certificate.validationRecords).map((name) => ({ name, after: [certificate.name] })),
        { name: certificate.issuedName, after: Object.values(certificate.validationRecords) },
      ]),
      ...door.planSecurityGroups(settings, facts),
      ...first,
      ...door.planServices(settings, { ...made, rules: first }),
      ...later,
      ...door.planIngressObjects(settings, { ...made, rules: [...first, ...later] }),
      ...planCrds(settings).map(({ name }) => ({ name, after })),
      ...webhookRules,
      ...planControlPlane(
        settings,
        webhookRules.map(({ name }) => name),
      ),
      ...planGatewayReleases(settings),
      ...planGatewayObjects(settings),
      ...door.planAllRecords(settings, {
        hostnames: named((name) => `${name}.aws`),
        zones,
        loadBalancerZones: { network: "ZNLB", application: "ZALB" },
      }),
      ...planEnrolment(settings),
    ];
  }

  /** Looks at sound arguments only. */
  function always(holds: (plans: readonly Planned[]) => void): void {
    fc.assert(
      fc.property(nearlySoundArgs, (args) => {
        const plans = everything(args);
        fc.pre(plans !== undefined);
        holds(plans);
      }),
      { numRuns: 150 },
    );
  }

  it("name nothing twice: Pulumi would refuse the second resource of a name", () => {
    always((plans) => {
      const names = plans.map(({ name }) => name);
      assert.deepEqual(
        names.filter((name, index) => names.indexOf(name) !== index),
        [],
      );
    });
  });

  it("come only after what is planned before them", () => {
    always((plans) => {
      const names = plans.map(({ name }) => name);
      plans.forEach(({ name, after }, index) => {
        for (const before of after) {
          const at = names.indexOf(before);
          assert.ok(at >= 0 && at < index, `${name} comes after ${before}, which is ${at < 0 ? "not there" : "later"}`);
        }
      });
    });
  });

  it("never have a load balancer wait for the control plane: AWS builds it while Istio installs", () => {
    always((plans) => {
      const byName = new Map(plans.map((plan) => [plan.name, plan]));
      const reach = (name: string): readonly string[] => [name, ...(byName.get(name)?.after ?? []).flatMap(reach)];
      for (const { name } of plans.filter((plan) => /^(service|ingress)-/.test(plan.name))) {
        assert.ok(!reach(name).some((before) => /^(base|istiod|cni|ztunnel|gateway-)/.test(before)), name);
      }
    });
  });
});
