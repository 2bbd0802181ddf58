import assert from "node:assert/strict";
import type { Plan } from "../../cli/plan/plan";
import { combinations, wholeMesh } from "../support/args";
import { givenAuthority } from "../support/certificates";
import { planOf } from "../support/plans";
import { pairsOf, planStep, type Resource, stepsOf } from "../support/steps";
import { brokenRules, upgradeRules } from "../support/upgrade-rules";

const folders = [
  ...["upgrades/in-place", "upgrades/canary", "upgrades/tags"],
  ...["how-to/certificate-authority", "how-to/private-ca"],
];

for (const folder of folders) {
  describe(`The steps of examples/${folder}`, () => {
    it("are numbered from 1 on", () => {
      const numbers = stepsOf(folder).map(({ name }) => parseInt(String(name.split("/").pop())));
      assert.deepEqual(
        numbers,
        numbers.map((_, index) => index + 1),
      );
      assert.ok(numbers.length > 1);
    });

    for (const [was, is] of pairsOf(stepsOf(folder))) {
      it(`break no rule at ${is.name}`, async () => {
        assert.deepEqual(brokenRules(await planStep(was), await planStep(is)), []);
      });
    }
  });
}

/** The rules that a change breaks, the resources that it removes, and those that it makes or updates. */
function changedBetween(before: Plan, after: Plan) {
  const inputsOf = ({ resources }: Plan) => new Map(resources.map((one) => [one.name, JSON.stringify(one.inputs)]));
  const [old, now] = [inputsOf(before), inputsOf(after)];
  return {
    broken: brokenRules(before, after),
    gone: [...old.keys()].filter((name) => !now.has(name)),
    changed: [...now.keys()].filter((name) => now.get(name) !== old.get(name)).sort(),
  };
}

/** The istio block at each step of an upgrade that a mesh of any kind can make. */
const inPlace = [{ version: "1.30.4" }, { version: "1.31.4" }];
const canary = { version: "1.31.4", revision: "1-31-4" };
const main = { version: "1.30.4", revision: "1-30-4" };
const upgrades: Readonly<Record<string, readonly object[]>> = {
  "in place": inPlace,
  "of a revision in place": inPlace.map((istio) => ({ ...istio, revision: "stable-one", revisionTags: ["stable"] })),
  "by canary, with tags": [
    { ...main, revisionTags: ["stable", "next"] },
    { ...main, revisionTags: ["stable", "next"], canary },
    { ...main, revisionTags: ["stable"], canary: { ...canary, revisionTags: ["next"] } },
    { ...main, canary: { ...canary, revisionTags: ["next", "stable"] } },
    { ...canary, revisionTags: ["next", "stable"] },
  ],
};

describe("An upgrade of any mesh", () => {
  for (const [how, steps] of Object.entries(upgrades)) {
    for (const combination of combinations) {
      const { mode, strategy, routing } = combination;
      it(`${how} breaks no rule: ${mode}, ${strategy}, ${routing}`, async () => {
        const follows = how.includes("tags") ? { dataplane: "sidecar", revision: "stable" } : {};
        const { ingress, ...rest } = wholeMesh(combination);
        const args = {
          ...rest,
          ingress: { ...ingress, gateway: { minReplicas: 4, maxReplicas: 8 } },
          additionalIngresses: {
            inner: { strategy: strategy === "nlb" ? "alb" : "nlb", hostnames: ["in.example.com"] },
          },
          namespaces: { shop: follows, legacy: { create: false, ...follows } },
        };
        const plans: Plan[] = [];
        for (const istio of steps) plans.push(await planOf({ ...args, istio }));
        for (const [was, is] of pairsOf(plans)) assert.deepEqual(brokenRules(was, is), []);
      });
    }
  }
});

const web = { host: "app.example.com", service: "web", namespace: "shop", port: 80 };

/** Changes of one member of a running mesh, and all that the next `up` changes or creates. */
const smallChanges: Readonly<
  Record<
    string,
    {
      readonly was: object;
      readonly is: object;
      readonly changed: readonly string[];
      /** Ways of clients that lead elsewhere now. */
      readonly gone?: readonly string[];
    }
  >
> = {
  "nlb.ports: a listener more": {
    was: { ingress: { strategy: "nlb" } },
    is: { ingress: { strategy: "nlb", nlb: { ports: { kafka: { port: 9092, protocol: "TCP" } } } } },
    changed: [
      "mesh-rule-istio-ingress/port-9092-from-vpc",
      "mesh-rule-istio-ingress/port-9092-to-nodes",
      "mesh-rule-istio-ingress/port-9092-into-nodes",
      "mesh-service-istio-ingress",
    ],
  },
  "nlb.ports: another target port": {
    was: { ingress: { strategy: "nlb", nlb: { ports: { kafka: { port: 9092, protocol: "TCP" } } } } },
    is: { ingress: { strategy: "nlb", nlb: { ports: { kafka: { port: 9092, targetPort: 9093, protocol: "TCP" } } } } },
    changed: [
      "mesh-rule-istio-ingress/port-9093-to-nodes",
      "mesh-rule-istio-ingress/port-9093-into-nodes",
      "mesh-service-istio-ingress",
    ],
    // They go once the new ones are there.
    gone: ["mesh-rule-istio-ingress/port-9092-to-nodes", "mesh-rule-istio-ingress/port-9092-into-nodes"],
  },
  "trustedProxies behind an ALB": {
    was: { ingress: { strategy: "alb" } },
    is: { ingress: { strategy: "alb", trustedProxies: 1 } },
    changed: ["mesh-gateway-istio-ingress"],
  },
  "routes: a beta by header, a time-out and a mirror": {
    was: { ingress: { strategy: "nlb", routes: [web] } },
    is: {
      ingress: {
        strategy: "nlb",
        routes: [
          { ...web, timeoutSeconds: 5, mirror: { service: "lab", namespace: "lab", port: 80 } },
          { ...web, service: "next", headers: { "x-beta": "yes" } },
        ],
      },
    },
    changed: ["mesh-route-istio-ingress/app.example.com"],
  },
  "routes: a beta in another namespace, by HTTPRoutes": {
    was: { ingress: { strategy: "nlb", routing: "gateway-api", routes: [web] } },
    is: {
      ingress: {
        ...{ strategy: "nlb", routing: "gateway-api" },
        routes: [{ ...web, service: "next", namespace: "next", headers: { "x-beta": "yes" } }, web],
      },
    },
    changed: ["mesh-reference-grant-istio-ingress/app.example.com/@next", "mesh-route-istio-ingress/app.example.com/"],
  },
  "routes: a path in the place of a prefix": {
    was: { ingress: { strategy: "nlb", routing: "gateway-api", routes: [web] } },
    is: {
      ingress: {
        ...{ strategy: "nlb", routing: "gateway-api" },
        routes: [{ ...web, pathType: "exact", responseHeaders: { remove: ["server"] } }],
      },
    },
    changed: ["mesh-route-istio-ingress/app.example.com/"],
  },
  "rateLimit: a limit in each gateway pod": {
    was: { ingress: { strategy: "nlb" } },
    is: { ingress: { strategy: "nlb", rateLimit: { requestsPerSecond: 100 } } },
    changed: ["mesh-rate-limit-istio-ingress"],
  },
  "alb.rateLimitPer5Minutes: a web ACL of the mesh's own": {
    was: { ingress: { strategy: "alb" } },
    is: { ingress: { strategy: "alb", alb: { rateLimitPer5Minutes: 2000 } } },
    changed: ["mesh-web-acl-istio-ingress", "mesh-ingress-istio-ingress"],
  },
  "alb.rateLimitPer5Minutes: another limit": {
    was: { ingress: { strategy: "alb", alb: { rateLimitPer5Minutes: 2000 } } },
    is: { ingress: { strategy: "alb", alb: { rateLimitPer5Minutes: 4000 } } },
    changed: ["mesh-web-acl-istio-ingress"],
  },
  "traffic: defaults in the configuration of istiod": {
    was: { ingress: { strategy: "nlb" } },
    is: { ingress: { strategy: "nlb" }, traffic: { retries: {}, outlierDetection: {}, locality: "off" } },
    changed: ["mesh-istiod"],
  },
  "traffic.locality and traffic.scope: an object each": {
    was: { ingress: { strategy: "nlb" } },
    is: { ingress: { strategy: "nlb" }, traffic: { locality: "failover", scope: "namespace" } },
    changed: ["mesh-istiod", "mesh-traffic-policy", "mesh-sidecar-scope"],
  },
  "cleanup.enabled": {
    was: { ingress: { strategy: "nlb" } },
    is: { ingress: { strategy: "nlb" }, cleanup: { enabled: false } },
    changed: ["mesh-cleanup"],
  },
};

describe("A change of one member", () => {
  for (const [what, { was, is, changed, gone = [] }] of Object.entries(smallChanges)) {
    it(`updates and creates only what follows from it: ${what}`, async () => {
      const of = (args: object) => planOf({ mode: "sidecar", cluster: { name: "prod" }, ...args });
      const [before, after] = [await of(was), await of(is)];
      assert.deepEqual(
        brokenRules(before, after),
        gone.map((name) => `nothing that clients reach the mesh by is renamed or gone: ${name}`),
      );
      const inputsOf = ({ resources }: Plan) => new Map(resources.map((one) => [one.name, JSON.stringify(one.inputs)]));
      const [old, now] = [inputsOf(before), inputsOf(after)];
      assert.deepEqual(
        [...now.keys()].filter((name) => now.get(name) !== old.get(name)),
        changed,
      );
      assert.deepEqual(
        [...old.keys()].filter((name) => !now.has(name)),
        gone,
      );
    });
  }
});

describe("A change of the zones of an ingress", () => {
  const of = (dns: object) =>
    planOf({
      ...{ mode: "sidecar", cluster: { name: "prod" } },
      ingress: {
        ...{ strategy: "nlb", hostnames: ["app.example.com"], tls: { requestCertificate: true } },
        dns: { zoneName: "example.com", privateZone: true, validationZoneId: "Z1", ...dns },
      },
    });

  it("replaces the validation record in another validation zone, and nothing else", async () => {
    assert.deepEqual(brokenRules(await of({}), await of({ validationZoneId: "Z2" })), [
      "nothing is replaced: mesh-validation-record-app.example.com is replaced by another zoneId",
    ]);
  });

  it("replaces nothing where a role is added, taken away or changed", async () => {
    const [none, one, other] = [
      await of({}),
      await of({ roleArn: "arn:aws:iam::210987654321:role/one" }),
      await of({ roleArn: "arn:aws:iam::210987654321:role/other" }),
    ];
    for (const [was, is] of [
      [none, one],
      [one, other],
      [one, none],
    ] as const) {
      assert.deepEqual(brokenRules(was, is), []);
    }
  });
});

describe("A change of the certificate authority", () => {
  const arn = (id: string) => `arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/${id}`;
  const of = (certificateAuthority?: object) =>
    planOf({
      ...{ mode: "sidecar", cluster: { name: "prod" }, ingress: { strategy: "nlb" }, namespaces: { shop: {} } },
      security: { certificateAuthority },
    });
  const issued = { privateCaArn: arn("0a1b") };
  const changed = async (was: object, is: object) => changedBetween(await of(was), await of(is));
  const three = (generation: number) =>
    ["certificate", "key", "request"].map((one) => `mesh-authority-${one}-${generation}`);

  it("creates key, request and certificate anew with a higher generation, and updates only istiod", async () => {
    assert.deepEqual(await changed(issued, { ...issued, generation: 2 }), {
      broken: [],
      gone: ["mesh-authority-key-1", "mesh-authority-request-1", "mesh-authority-certificate-1"],
      changed: [...three(2), "mesh-istiod"],
    });
  });

  it("replaces the certificate and keeps its key with another validity or another AWS Private CA", async () => {
    const certificate = "mesh-authority-certificate-1";
    assert.deepEqual(await changed(issued, { ...issued, validityDays: 365 }), {
      broken: [`nothing is replaced: ${certificate} is replaced by another validity.value`],
      gone: [],
      changed: [certificate],
    });
    assert.deepEqual(await changed(issued, { privateCaArn: arn("2c3d") }), {
      broken: [`nothing is replaced: ${certificate} is replaced by another certificateAuthorityArn`],
      gone: [],
      changed: [certificate],
    });
  });

  it("touches no load balancer and no gateway, whichever way becomes another one", async () => {
    const ways = { none: undefined, given: givenAuthority, existing: { secretName: "cacerts" }, issued };
    const plans: (readonly [string, Plan])[] = [];
    for (const [way, authority] of Object.entries(ways)) plans.push([way, await of(authority)]);
    for (const [from, was] of plans) {
      for (const [to, is] of plans) {
        const found = changedBetween(was, is);
        assert.deepEqual(found.broken, [], `${from} to ${to}`);
        const touched = [...found.changed, ...found.gone].filter(
          (name) => !/^mesh-(authority-|cacerts$|istiod$)/.test(name),
        );
        assert.deepEqual(touched, [], `${from} to ${to}`);
      }
    }
  });
});

describe("A change of a mesh over several clusters", () => {
  const kubeconfig = JSON.stringify({
    kind: "Config",
    clusters: [{ name: "w", cluster: { server: "https://west" } }],
    users: [{ name: "w", user: { token: "t" } }],
    contexts: [{ name: "w", context: { cluster: "w", user: "w" } }],
    "current-context": "w",
  });
  const peers = { west: { kubeconfig } };
  const allowedCidrs = ["10.1.0.0/16"];
  const eastWest = { allowedCidrs };
  const alone = {
    ...{ mode: "sidecar", cluster: { name: "east" }, ingress: { strategy: "nlb" }, namespaces: { shop: {} } },
    security: { certificateAuthority: givenAuthority },
  };
  const plans = new Map<string, Promise<Plan>>();
  const of = (multiCluster?: object) => {
    const key = JSON.stringify(multiCluster);
    const planned = plans.get(key) || planOf({ ...alone, ...(multiCluster === undefined ? {} : { multiCluster }) });
    plans.set(key, planned);
    return planned;
  };
  const cluster = (changes: object = {}) => ({ meshId: "production", eastWest, ...changes });
  const one = undefined;
  const changed = async (was: object | undefined, is: object | undefined) => {
    // One after the other: plans of one process share a monitor.
    const before = await of(was);
    return changedBetween(before, await of(is));
  };
  const secret = "mesh-remote-secret-west";
  const gateway = "istio-eastwestgateway";

  it("adds a peer by one Secret, and takes it away with it: nothing else changes", async () => {
    assert.deepEqual(await changed(cluster(), cluster({ peers })), { broken: [], gone: [], changed: [secret] });
    assert.deepEqual(await changed(cluster({ peers }), cluster()), { broken: [], gone: [secret], changed: [] });
    const two = { ...peers, north: { kubeconfig: kubeconfig.replace("//west", "//north") } };
    const north = "mesh-remote-secret-north";
    assert.deepEqual(await changed(cluster({ peers: two }), cluster({ peers })), {
      ...{ broken: [], gone: [north], changed: [] },
    });
  });

  it("creates a token with each generation, and keeps the one before it", async () => {
    const token = (generation: number) => `mesh-reader-token-${generation}`;
    assert.deepEqual(await changed(cluster(), cluster({ tokenGeneration: 2 })), {
      ...{ broken: [], gone: [], changed: [token(2)] },
    });
    assert.deepEqual(await changed(cluster({ tokenGeneration: 2 }), cluster({ tokenGeneration: 3 })), {
      ...{ broken: [], gone: [token(1)], changed: [token(3)] },
    });
    assert.deepEqual(await changed(cluster({ tokenGeneration: 2 }), cluster({ tokenGeneration: 4 })), {
      ...{ broken: [], gone: [token(1), token(2)], changed: [token(3), token(4)] },
    });
  });

  it("updates, and does not replace, what has the name of its network, the load balancer's Service among it", async () => {
    assert.deepEqual(await changed(cluster(), cluster({ network: "vpc" })), {
      broken: [],
      gone: [],
      changed: [
        ...[`mesh-gateway-${gateway}`, "mesh-istiod", "mesh-namespace-istio-system", `mesh-service-${gateway}`],
      ],
    });
  });

  it("updates istiod alone for another name of the cluster or of the mesh, where the network is written", async () => {
    const istiod = { broken: [], gone: [], changed: ["mesh-istiod"] };
    const network = { network: "vpc" };
    assert.deepEqual(await changed(cluster(network), cluster({ ...network, clusterName: "first" })), istiod);
    assert.deepEqual(await changed(cluster(network), cluster({ ...network, meshId: "other" })), istiod);
  });

  it("lets another peer in by a rule, and out again, without touching the load balancer", async () => {
    const more = cluster({ eastWest: { allowedCidrs: [...allowedCidrs, "10.2.0.0/16"] } });
    const rule = `mesh-rule-${gateway}/tls-from-10.2.0.0/16`;
    assert.deepEqual(await changed(cluster(), more), { broken: [], gone: [], changed: [rule] });
    const back = await changed(more, cluster());
    assert.deepEqual([back.gone, back.changed], [[rule], []]);
  });

  it("makes one cluster one of several without touching an ingress, and makes it one alone again", async () => {
    const joined = await changed(one, cluster({ peers }));
    assert.deepEqual(joined.broken, []);
    assert.deepEqual(joined.gone, []);
    const own = (name: string) => name.includes(gateway) || /eastwest|remote-secret|reader-token/.test(name);
    assert.deepEqual(
      joined.changed.filter((name) => !own(name)),
      ["mesh-cleanup", "mesh-istiod", "mesh-namespace-istio-system"],
    );
    const left = await changed(cluster({ peers }), one);
    assert.deepEqual(
      left.gone.filter((name) => !own(name)),
      [],
    );
    assert.deepEqual(left.changed, ["mesh-cleanup", "mesh-istiod", "mesh-namespace-istio-system"]);
  });

  it("to the network of its peers leaves the east-west load balancer until it is taken away by itself", async () => {
    const both = { network: "vpc", flatNetwork: { allowedCidrs } };
    const rules = ["mesh-flat-network-rule-0/from-10.1.0.0/16"];
    const step = await changed(cluster({ network: "vpc" }), cluster(both));
    assert.deepEqual(step, { broken: [], gone: [], changed: rules });
  });
});

describe("The rules of upgrades", () => {
  const change = (plan: Plan, name: string, make: (resource: Resource) => Resource | undefined): Plan => ({
    ...plan,
    resources: plan.resources.flatMap((one) => (one.name === name ? make(one) || [] : [one])),
  });
  const withInputs = (resource: Resource, inputs: object): Resource => ({
    ...resource,
    inputs: { ...(resource.inputs as object), ...inputs },
  });
  const withValues = (resource: Resource, values: object): Resource => {
    const inputs = resource.inputs as { readonly values: object };
    return withInputs(resource, { values: { ...inputs.values, ...values } });
  };
  const seededFaults: Readonly<Record<string, (was: Plan, is: Plan) => readonly [Plan, Plan]>> = {
    "nothing is replaced": (was, is) => [
      was,
      change(is, "mesh-security-group-istio-ingress", (one) => withInputs(one, { description: "Another one" })),
    ],
    "nothing that clients reach the mesh by is renamed or gone": (was, is) => [
      was,
      change(is, "mesh-service-istio-ingress", () => undefined),
    ],
    "no gateway goes below its minimum": (was, is) => [
      was,
      change(is, "mesh-gateway-istio-ingress", (one) => withValues(one, { strategy: {} })),
    ],
    "a gateway whose control plane changes gets new pods, after that control plane": (was, is) => [
      was,
      change(is, "mesh-gateway-istio-ingress", (one) => ({ ...one, dependsOn: [] })),
    ],
    "a tag is given up before it is taken": (was, is) => [
      change(was, "mesh-istiod-1-30-4", (one) => withValues(one, { revisionTags: ["next"] })),
      is,
    ],
    "the tag default never stands beside a control plane without revision": (was, is) => [
      was,
      change(
        change(is, "mesh-istiod-1-31-4", (one) => withValues(one, { revisionTags: ["default"] })),
        "mesh-istiod-1-30-4",
        (one) => withValues(one, { revision: undefined }),
      ),
    ],
    "configuration is validated by a control plane that is there before and after": (was, is) => [
      was,
      change(is, "mesh-base", (one) => withValues(one, { defaultRevision: "next" })),
    ],
    "a control plane goes when no namespace follows it any more, and every namespace follows one that is there": (
      was,
      is,
    ) => [change(was, "mesh-istiod-1-30-4", (one) => withValues(one, { revisionTags: ["next", "stable"] })), is],
    "definitions come before the control planes that read them, and are those of the newest": (was, is) => [
      was,
      change(is, "mesh-base", (one) => withInputs(one, { version: "1.30.4" })),
    ],
  };

  it("each find what breaks them", async () => {
    const [was, is] = await Promise.all(
      stepsOf("upgrades/tags")
        .slice(-2)
        .map((step) => planStep(step)),
    );
    assert.ok(was !== undefined && is !== undefined);
    for (const { name, broken } of upgradeRules) {
      const seedFault = seededFaults[name];
      assert.ok(seedFault !== undefined, `no fault is seeded for: ${name}`);
      const withMain: Plan = name.includes("default")
        ? { ...is, resources: [...is.resources, ...was.resources.filter((one) => one.name === "mesh-istiod-1-30-4")] }
        : is;
      const [before, after] = seedFault(was, withMain);
      assert.deepEqual(broken(was, is), [], name);
      assert.notDeepEqual(broken(before, after), [], name);
    }
  });

  it("find a load balancer that the component itself has replaced, as AWS wants it", async () => {
    const args = { mode: "sidecar", cluster: { name: "prod" } };
    const of = (scheme: string) => planOf({ ...args, ingress: { strategy: "nlb", scheme } });
    const [was, is] = [await of("internal"), await of("internet-facing")];
    assert.ok(brokenRules(was, is).some((line) => /^nothing is replaced: mesh-service-.*scheme$/.test(line)));
  });

  it("find load balancers that another controller makes anew: the class of a Service cannot be changed", async () => {
    for (const [strategy, path] of [
      ["nlb", /^nothing is replaced: mesh-service-istio-ingress .*loadBalancerClass$/],
      ["alb", /^nothing is replaced: mesh-ingress-istio-ingress .*ingressClassName$/],
    ] as const) {
      const of = (loadBalancerController: string) =>
        planOf({ mode: "sidecar", cluster: { name: "prod" }, ingress: { strategy }, loadBalancerController });
      const [was, is] = [await of("aws-load-balancer-controller"), await of("eks-auto-mode")];
      assert.ok(
        brokenRules(was, is).some((line) => path.test(line)),
        strategy,
      );
      const [carrier] = is.resources
        .filter(({ name }) => /^mesh-(service|ingress)-istio-ingress$/.test(name))
        .slice(-1);
      assert.equal(carrier?.options["deleteBeforeReplace"], true, "the name is fixed, so that the old one goes first");
    }
  });

  it("find a tag that is taken while the old control plane, which has it, goes in the same step", async () => {
    const args = { mode: "sidecar", cluster: { name: "prod" } };
    const was = await planOf({ ...args, istio: { ...main, revisionTags: ["stable"], canary } });
    const is = await planOf({ ...args, istio: { ...canary, revisionTags: ["stable"] } });
    assert.deepEqual(brokenRules(was, is), [
      "a tag is given up before it is taken: mesh-istiod-1-30-4 still has the tag stable when mesh-istiod-1-31-4 takes it",
    ]);
  });
});
