import assert from "node:assert/strict";
import type { Recorded } from "../cli/plan/recording";
import { type Combination, combinations, smallest, wholeMesh, withIngress } from "./support/args";
import { type Order, orderOf } from "./support/order";
import { type RecordedMesh, recordMesh, recordWholeMesh } from "./support/recorded";

const release = "kubernetes:helm.sh/v3:Release";
const isRule = ({ name }: Recorded) => name.startsWith("mesh-rule-");
const ofIstio = ["mesh-crds", "mesh-base", "mesh-istiod", "mesh-cni", "mesh-ztunnel", "mesh-gateway-istio-ingress"];

/** What one sees a mesh with. */
const isWatching = /^mesh-(telemetry|addon-.*|volume-claim-.*|pod-role-.*|permissions-.*|pod-identity-.*)$/;

/** The object that carries the load balancer. */
const carrierOf = ({ strategy }: Combination) =>
  strategy === "nlb" ? "mesh-service-istio-ingress" : "mesh-ingress-istio-ingress";

for (const combination of combinations) {
  const { mode, strategy, routing } = combination;
  describe(`IstioMesh in mode ${mode}, with an ${strategy.toUpperCase()} and routing ${routing}`, () => {
    let recorded: RecordedMesh;
    let order: Order;
    const carrier = carrierOf(combination);
    const names = (which: (resource: Recorded) => boolean = () => true) =>
      recorded.resources.filter(which).map(({ name }) => name);
    const has = (name: string) => names().includes(name);

    before(async () => {
      recorded = await recordWholeMesh(combination);
      order = orderOf(recorded.resources);
    });

    describe("is made", () => {
      it("with everything of this mode, and nothing of the other", () => {
        assert.equal(has("mesh-ztunnel"), mode === "ambient");
        assert.equal(has("mesh-cni"), mode === "ambient");
        assert.equal(has("mesh-crds"), mode === "ambient" || routing === "gateway-api");
        assert.equal(has("mesh-ingress-istio-ingress"), strategy === "alb");
        assert.equal(has("mesh-istio-gateway-istio-ingress"), routing === "istio");
        assert.equal(has("mesh-parameters-istio-ingress"), routing === "gateway-api");
      });

      it("each thing after what it names, all of which is there", () => {
        const missing = recorded.resources.flatMap(({ dependsOn }) => dependsOn.filter((name) => !has(name)));
        assert.deepEqual(missing, []);
      });

      it("each release after the namespace it is installed in", () => {
        for (const name of names(({ type }) => type === release)) {
          const namespace = String(recorded.input(name, "namespace"));
          assert.ok(order.waits(name, `mesh-namespace-${namespace}`), `${name} in ${namespace}`);
        }
      });

      it("base, then istiod, then the gateway", () => {
        assert.ok(order.waits("mesh-istiod", "mesh-base"));
        assert.ok(order.waits("mesh-gateway-istio-ingress", "mesh-istiod"));
      });

      it("istiod once the cluster's control plane may reach its webhooks", () => {
        assert.ok(order.waits("mesh-istiod", "mesh-webhook-rule-sg-0123456789abcdef0"));
      });

      if (mode === "ambient") {
        it("the CNI agent beside istiod, and ztunnel after both", () => {
          assert.ok(!order.waits("mesh-istiod", "mesh-cni") && !order.waits("mesh-cni", "mesh-istiod"));
          assert.ok(order.waits("mesh-ztunnel", "mesh-istiod") && order.waits("mesh-ztunnel", "mesh-cni"));
        });
      }

      if (mode === "ambient" || routing === "gateway-api") {
        it("the Gateway API's definitions before istiod, which looks for them when it starts", () => {
          assert.ok(order.waits("mesh-istiod", "mesh-crds"));
        });
      }

      it("what configures the gateway after the control plane whose webhook checks it", () => {
        const objects = names(({ type }) => /:Gateway$|:HTTPRoute$/.test(type));
        for (const name of objects) assert.ok(order.waits(name, "mesh-istiod"), name);
        assert.ok(objects.length > 0);
      });

      if (routing === "istio") {
        it("the Istio Gateway after the pods that it selects", () => {
          assert.ok(order.waits("mesh-istio-gateway-istio-ingress", "mesh-gateway-istio-ingress"));
        });
      } else {
        it("the Gateway after the parameters that shape its pods, and its definitions", () => {
          assert.ok(order.waits("mesh-gateway-istio-ingress", "mesh-parameters-istio-ingress"));
          assert.ok(order.waits("mesh-gateway-istio-ingress", "mesh-crds"));
        });
      }

      it("the load balancer beside Istio, waiting for no part of it", () => {
        const waitedFor = [...order.before(carrier)];
        assert.deepEqual(
          waitedFor.filter((name) => ofIstio.includes(name) || recorded.find(name).type === release),
          [],
        );
      });

      it("the load balancer after its security group, all of its rules, its namespace and its certificate", () => {
        const needed = [
          "mesh-security-group-istio-ingress",
          "mesh-namespace-istio-ingress",
          "mesh-issued-certificate-istio-ingress",
          ...names(isRule),
        ];
        for (const name of needed) assert.ok(order.waits(carrier, name), name);
        assert.equal(names(isRule).length, strategy === "nlb" ? 8 : 6);
      });

      if (strategy === "alb") {
        it("the rules for node ports after the Service for which Kubernetes picks them", () => {
          for (const name of names(({ name }) => /into-nodes|to-nodes/.test(name))) {
            assert.ok(order.waits(name, "mesh-service-istio-ingress"), name);
          }
        });
      }

      it("the certificate's validation record, then the wait until it is issued", () => {
        const validationRecord = "mesh-validation-record-app.example.com";
        assert.ok(order.waits("mesh-issued-certificate-istio-ingress", validationRecord));
        assert.ok(order.waits(validationRecord, "mesh-certificate-istio-ingress"));
      });

      it("the record once there is a load balancer to point at and a gateway to answer", () => {
        const record = "mesh-a-record-app.example.com";
        assert.ok(order.waits(record, carrier));
        assert.ok(order.waits(record, "mesh-gateway-istio-ingress"));
      });

      it("namespaces enrolled after what serves their pods", () => {
        for (const name of ["mesh-enrolment-shop", "mesh-enrolment-legacy"]) {
          assert.ok(order.waits(name, mode === "ambient" ? "mesh-ztunnel" : "mesh-istiod"), name);
        }
      });

      it("the cleanup last of all", () => {
        assert.equal(order.before("mesh-cleanup").size, recorded.resources.length - 1);
      });
    });

    describe("is removed", () => {
      it("everything once", () => {
        assert.deepEqual(order.removal.flat().sort(), names().sort());
      });

      it("the cleanup first and alone, so that the mesh is whole if it fails", () => {
        assert.deepEqual(order.removal[0], ["mesh-cleanup"]);
      });

      it("the record before the load balancer it points at", () => {
        assert.ok(order.level("mesh-a-record-app.example.com") < order.level(carrier));
      });

      it("the load balancer's object before any of its rules, and these before the security group", () => {
        for (const name of names(isRule)) {
          assert.ok(order.level(carrier) < order.level(name), name);
          assert.ok(order.level(name) < order.level("mesh-security-group-istio-ingress"), name);
        }
      });

      it("the load balancer's certificate after the load balancer", () => {
        assert.ok(order.level(carrier) < order.level("mesh-issued-certificate-istio-ingress"));
      });

      it("enrolment before what serves the pods, so that none is left redirected to a proxy that is gone", () => {
        const servers = ["mesh-istiod", ...(mode === "ambient" ? ["mesh-ztunnel", "mesh-cni"] : [])];
        for (const name of ["mesh-enrolment-shop", "mesh-enrolment-legacy"]) {
          for (const server of servers) assert.ok(order.level(name) < order.level(server), `${name}, ${server}`);
        }
      });

      it("the gateway's configuration, the gateway, istiod, base, and then the namespaces", () => {
        const configuration = routing === "istio" ? "mesh-istio-gateway-istio-ingress" : "mesh-redirect-istio-ingress";
        const levels = [
          ...(has(configuration) ? [configuration] : []),
          ...["mesh-gateway-istio-ingress", "mesh-istiod", "mesh-base", "mesh-namespace-istio-system"],
        ].map(order.level);
        assert.deepEqual(
          levels,
          [...levels].sort((one, other) => one - other),
        );
        assert.equal(new Set(levels).size, levels.length);
      });

      it("what is slow to go on one level: the mesh's namespaces and the security groups", () => {
        const slow = ["istio-system", "istio-ingress"]
          .map((name) => `mesh-namespace-${name}`)
          .concat("mesh-security-group-istio-ingress");
        assert.equal(new Set(slow.map(order.level)).size, 1);
      });

      it("the way into the cluster only when nothing of the cluster is left, and the mesh itself last", () => {
        const inCluster = names(({ type }) => type.startsWith("kubernetes:"));
        for (const name of inCluster) assert.ok(order.level(name) < order.level("mesh-kubernetes"), name);
        assert.deepEqual(order.removal.at(-1), ["mesh"]);
      });
    });
  });
}

describe("The order of an IstioMesh", () => {
  const orderOfMesh = async (...question: Parameters<typeof recordMesh>) =>
    orderOf((await recordMesh(...question)).resources);

  for (const combination of combinations) {
    const { mode, strategy, routing } = combination;
    const addons = { prometheus: {}, grafana: {}, kiali: {}, jaeger: { storage: { size: "20Gi" } }, cloudwatch: {} };
    const what = `${mode} with ${strategy} and routing ${routing}`;
    const watched = {
      ...wholeMesh(combination),
      telemetry: { accessLogs: "json", tracing: { provider: "xray" } },
      addons,
    } as const;

    it(`lets nothing of the mesh wait for what watches it: ${what}`, async () => {
      const { resources } = await recordMesh(watched);
      const order = orderOf(resources);
      const watching = resources.map(({ name }) => name).filter((name) => isWatching.test(name));
      assert.ok(watching.includes("mesh-telemetry") && watching.includes("mesh-addon-xray-collector"));
      const rest = resources
        .map(({ name }) => name)
        .filter((name) => !isWatching.test(name) && name !== "mesh-cleanup");
      const waiting = rest.filter((name) => watching.some((one) => order.waits(name, one)));
      assert.deepEqual(waiting, []);
    });

    it(`removes what watches the mesh after the cleanup, alone on its level, and before what it needs: ${what}`, async () => {
      const { resources } = await recordMesh(watched);
      const order = orderOf(resources);
      assert.deepEqual(order.removal[0], ["mesh-cleanup"]);
      const addons = resources.map(({ name }) => name).filter((name) => name.startsWith("mesh-addon-"));
      assert.equal(addons.length, 6);
      for (const name of addons) {
        const place = name === "mesh-addon-cloudwatch" ? "mesh-permissions-cloudwatch" : "mesh-namespace-istio-system";
        assert.ok(order.level(name) < order.level(place), name);
      }
      assert.ok(order.level("mesh-telemetry") < order.level("mesh-istiod"));
      assert.ok(order.level("mesh-addon-xray-collector") < order.level("mesh-pod-identity-xray-collector"));
    });

    it(`creates the cleanup before any add-on, so that it is there if one fails: ${what}`, async () => {
      const names = (await recordMesh(watched)).resources.map(({ name }) => name);
      const addons = names.filter((name) => isWatching.test(name) && name !== "mesh-telemetry");
      assert.equal(addons.length, 12);
      const early = addons.filter((name) => names.indexOf(name) < names.indexOf("mesh-cleanup"));
      assert.deepEqual(early, []);
    });
  }

  for (const args of [
    { ...smallest },
    { ...smallest, mode: "ambient" } as const,
    withIngress({ strategy: "nlb", routing: "gateway-api" }),
    withIngress({ strategy: "nlb" }, { istio: { profile: "empty" } }),
  ]) {
    it(`runs the cleanup alone on destroy with add-ons in the smallest meshes: ${JSON.stringify(args)}`, async () => {
      const addons = { prometheus: {}, grafana: {}, kiali: {}, jaeger: { storage: { size: "20Gi" } }, cloudwatch: {} };
      const { resources } = await recordMesh({ ...args, addons });
      assert.deepEqual(orderOf(resources).removal[0], ["mesh-cleanup"]);
    });
  }

  it("puts a canary after the main control plane, which gives up the tags that the canary takes", async () => {
    const order = await orderOfMesh({
      ...smallest,
      istio: { revision: "1-30-4", version: "1.30.4", canary: { version: "1.31.1", revision: "1-31-1" } },
    });
    assert.ok(order.waits("mesh-istiod-1-31-1", "mesh-istiod-1-30-4"));
  });

  it("puts namespaces that follow the canary, by name or by tag, after the canary", async () => {
    const order = await orderOfMesh({
      ...smallest,
      istio: { canary: { version: "1.31.1", revision: "1-31-1", revisionTags: ["next"] } },
      namespaces: { early: { revision: "1-31-1" }, tagged: { revision: "next" }, late: {} },
    });
    assert.ok(order.waits("mesh-enrolment-early", "mesh-istiod-1-31-1"));
    assert.ok(order.waits("mesh-enrolment-tagged", "mesh-istiod-1-31-1"));
    assert.ok(!order.waits("mesh-enrolment-late", "mesh-istiod-1-31-1"));
  });

  it("lets a namespace outside the mesh wait for nothing of it", async () => {
    const order = await orderOfMesh({ ...smallest, namespaces: { outside: { dataplane: "none" } } });
    assert.deepEqual([...order.before("mesh-namespace-outside")].sort(), ["mesh", "mesh-kubernetes"]);
  });

  it("leads traffic out when everything on its way is there, and stops leading first", async () => {
    const hosts = ["api.example.com"];
    const order = await orderOfMesh({ ...smallest, egress: { gateway: true, hosts } });
    const way = ["serviceentry-api.example.com", "istio-gateway-istio-egress", "destinationrule-api.example.com"];
    for (const earlier of [...way, "gateway-istio-egress", "istiod", "namespace-istio-egress"]) {
      assert.ok(order.waits("mesh-virtualservice-api.example.com", `mesh-${earlier}`), earlier);
      assert.ok(order.level("mesh-virtualservice-api.example.com") < order.level(`mesh-${earlier}`), earlier);
    }
    assert.ok(order.waits("mesh-istio-gateway-istio-egress", "mesh-gateway-istio-egress"));
    const ambient = await orderOfMesh({ ...smallest, mode: "ambient", egress: { gateway: true, hosts } });
    for (const earlier of ["waypoint-istio-egress", "ztunnel", "istiod", "crds"]) {
      assert.ok(ambient.waits("mesh-serviceentry-api.example.com", `mesh-${earlier}`), earlier);
      assert.ok(ambient.level("mesh-serviceentry-api.example.com") < ambient.level(`mesh-${earlier}`), earlier);
    }
  });

  it("puts a waypoint after ztunnel and its namespace, and leads to it only when it is there", async () => {
    const order = await orderOfMesh({ ...smallest, mode: "ambient", namespaces: { shop: { waypoint: true } } });
    const levels = ["enrolment-shop", "waypoint-shop", "waypointparams-shop", "ztunnel", "istiod", "crds"];
    for (const [index, later] of levels.slice(0, 4).entries()) {
      const earlier = String(levels[index + 1]);
      assert.ok(order.waits(`mesh-${later}`, `mesh-${earlier}`), `${later}, ${earlier}`);
      assert.ok(order.level(`mesh-${later}`) < order.level(`mesh-${earlier}`), `${later}, ${earlier}`);
    }
    assert.ok(
      order.waits("mesh-waypoint-shop", "mesh-namespace-shop") && order.waits("mesh-waypoint-shop", "mesh-crds"),
    );
  });

  it("puts sidecar namespaces after the CNI agent where it takes the init container's place", async () => {
    const order = await orderOfMesh({ ...smallest, istio: { sidecarCni: true }, namespaces: { shop: {} } });
    assert.ok(order.waits("mesh-enrolment-shop", "mesh-cni"));
  });

  it("puts sidecar namespaces of an ambient mesh after istiod and the CNI agent", async () => {
    const order = await orderOfMesh({ ...smallest, mode: "ambient", namespaces: { old: { dataplane: "sidecar" } } });
    assert.ok(order.waits("mesh-enrolment-old", "mesh-istiod") && order.waits("mesh-enrolment-old", "mesh-cni"));
  });

  for (const { mode, strategy, routing } of combinations) {
    it(`puts routes behind the gateway, in mode ${mode} with an ${strategy} and routing ${routing}`, async () => {
      const host = "app.example.com";
      const canary = [
        { host, service: "web", namespace: "shop", port: 80, weight: 90 },
        { host, service: "web", namespace: "next", port: 80, weight: 10 },
      ];
      const { resources } = await recordMesh({
        ...{ mode, cluster: { name: "prod" } },
        ingress: { strategy, routing, routes: canary },
        namespaces: { shop: {}, next: {} },
      });
      const order = orderOf(resources);
      const path = routing === "istio" ? "" : "/";
      const route = `mesh-route-istio-ingress/${host}${path}`;
      const configuration = routing === "istio" ? "mesh-istio-gateway-istio-ingress" : "mesh-gateway-istio-ingress";
      for (const earlier of ["mesh-istiod", "mesh-gateway-istio-ingress", configuration]) {
        assert.ok(order.waits(route, earlier), earlier);
        assert.ok(order.level(route) < order.level(earlier), earlier);
      }
      assert.ok(!order.waits(carrierOf({ mode, strategy, routing }), route));
      if (routing === "istio") return;
      const grant = `mesh-reference-grant-istio-ingress/${host}/@next`;
      for (const [later, earlier] of [
        [route, "mesh-namespace-shop"],
        [route, grant],
        [grant, "mesh-namespace-next"],
      ] as const) {
        assert.ok(order.waits(later, earlier) && order.level(later) < order.level(earlier), `${later}, ${earlier}`);
      }
    });
  }

  it("makes several load balancers side by side", async () => {
    const order = await orderOfMesh({
      ...withIngress({ strategy: "nlb" }),
      additionalIngresses: {
        inner: { strategy: "alb" },
        addons: { strategy: "alb", gateway: { shareWith: "inner" }, hostnames: ["addons.example.com"] },
      },
    });
    const carriers = ["mesh-service-istio-ingress", "mesh-ingress-inner", "mesh-ingress-addons"];
    for (const one of carriers) {
      for (const other of carriers) assert.ok(!order.waits(one, other), `${one} waits for ${other}`);
    }
    assert.ok(order.waits("mesh-ingress-addons", "mesh-service-inner"), "the shared Service comes first");
  });

  it("makes an NLB with instance targets before its rules for node ports, which the Service must pick first", async () => {
    const { resources } = await recordMesh(withIngress({ nlb: { targetType: "instance" } }));
    const order = orderOf(resources);
    const intoNodes = resources.filter(({ name }) => /(in)?to-nodes$/.test(name)).map(({ name }) => name);
    assert.equal(intoNodes.length, 6);
    for (const name of intoNodes) assert.ok(order.waits(name, "mesh-service-istio-ingress"), name);
    assert.ok(order.waits("mesh-service-istio-ingress", "mesh-rule-istio-ingress/http-from-vpc"));
  });

  it("puts EKS Auto Mode's Ingress after the class that it names, and the class after its parameters", async () => {
    const order = await orderOfMesh(withIngress({ strategy: "alb" }, { loadBalancerController: "eks-auto-mode" }));
    assert.ok(order.waits("mesh-ingress-istio-ingress", "mesh-ingressclass-istio-ingress"));
    assert.ok(order.waits("mesh-ingressclass-istio-ingress", "mesh-ingressclassparams-istio-ingress"));
  });

  it("waits for nothing that someone else runs: profile empty has no release to come after", async () => {
    const { resources } = await recordMesh(
      withIngress({ hostnames: ["a.example.com"], dns: { zoneName: "example.com" } }, { istio: { profile: "empty" } }),
    );
    assert.deepEqual(
      resources.filter(({ type }) => type === release),
      [],
    );
    assert.deepEqual(orderOf(resources).removal[0], ["mesh-cleanup"]);
  });

  it("has a command that does nothing where the cleanup is switched off, and still removes the load balancer before its rules", async () => {
    const { resources } = await recordMesh(withIngress({}, { cleanup: { enabled: false } }));
    const order = orderOf(resources);
    const commands = resources.filter(({ type }) => type === "command:local:Command");
    assert.deepEqual(
      commands.map(({ name, inputs }) => [name, (inputs as { readonly delete: string }).delete]),
      [["mesh-cleanup", ":"]],
    );
    for (const { name } of resources.filter(isRule)) {
      assert.ok(order.level("mesh-service-istio-ingress") < order.level(name), name);
    }
  });
});
