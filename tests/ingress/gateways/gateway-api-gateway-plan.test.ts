import assert from "node:assert/strict";
import {
  type GatewayRequirement,
  listenersOf,
  planGatewayApiGateway,
  servingListeners,
} from "../../../components/ingress/gateways/gateway-api-gateway-plan";
import type { GatewayServer } from "../../../components/plan/ingress";
import type { KubernetesObjectPlan } from "../../../components/plan/kubernetes-object";
import type { GatewaySettings } from "../../../components/plan/gateway-settings";
import { gateway } from "../../support/settings";

const http: GatewayServer = {
  name: "http",
  port: 80,
  protocol: "HTTP",
  hosts: [],
  redirect: false,
  secretName: undefined,
};
const https: GatewayServer = { ...http, name: "https", port: 443, protocol: "HTTPS", secretName: "shop-tls" };
const redirecting: GatewayServer = { ...http, redirect: true, hosts: ["a.example.com"] };

function plan(changes: Partial<GatewaySettings> = {}, requirement: Partial<GatewayRequirement> = {}) {
  const objects = planGatewayApiGateway({
    gateway: gateway({ name: "shop", namespace: "edge", routing: "gateway-api", ...changes }),
    servers: [http],
    revision: "",
    spread: [{ topologyKey: "kubernetes.io/hostname" }],
    rollout: { rollingUpdate: { maxUnavailable: 0 } },
    after: ["istiod"],
    ...requirement,
  });
  const find = (kind: string): KubernetesObjectPlan => {
    const found = objects.find((object) => object.kind === kind);
    assert.ok(found, `no ${kind}`);
    return found;
  };
  return { objects, find };
}

/** The patch of one kind that istiod applies, as it reads it. */
function patch(changes: Partial<GatewaySettings>, key: string): unknown {
  const data = plan(changes).find("ConfigMap").body["data"] as Readonly<Record<string, string>>;
  const text = data[key];
  return text === undefined ? undefined : JSON.parse(text);
}

const parametersName = () => plan().find("ConfigMap").metadata.name;

interface GatewaySpec {
  readonly gatewayClassName: string;
  readonly infrastructure: Readonly<Record<string, unknown>>;
  readonly listeners: readonly unknown[];
}
const specOf = ({ body }: KubernetesObjectPlan) => body["spec"] as GatewaySpec;

describe("planGatewayApiGateway", () => {
  describe("its parameters", () => {
    it("stand in the Gateway's namespace, where istiod looks for them", () => {
      const { name, after, apiVersion, metadata } = plan().find("ConfigMap");
      assert.deepEqual(
        { name, after, apiVersion, metadata },
        {
          name: "parameters-shop",
          after: ["istiod"],
          apiVersion: "v1",
          metadata: { name: parametersName(), namespace: "edge" },
        },
      );
    });

    it("have only keys that istiod knows: at any other it stops rendering the gateway", () => {
      const known = ["service", "deployment", "serviceAccount", "horizontalPodAutoscaler", "podDisruptionBudget"];
      for (const key of Object.keys(plan().find("ConfigMap").body["data"] as object))
        assert.ok(known.includes(key), key);
    });

    it("give the proxy its resources, spread the pods and exchange them one by one", () => {
      assert.deepEqual(patch({}, "deployment"), {
        spec: {
          strategy: { rollingUpdate: { maxUnavailable: 0 } },
          template: {
            spec: {
              containers: [{ name: "istio-proxy", resources: gateway().resources }],
              topologySpreadConstraints: [{ topologyKey: "kubernetes.io/hostname" }],
              terminationGracePeriodSeconds: 90,
            },
          },
        },
      });
    });

    it("place the pods where the user wants them", () => {
      const spec = JSON.stringify(patch({ nodeSelector: { role: "edge" } }, "deployment"));
      assert.match(spec, /"nodeSelector":{"role":"edge"}/);
    });

    it("make an autoscaler and a disruption budget: istiod makes neither unless it finds their keys", () => {
      assert.deepEqual(patch({}, "horizontalPodAutoscaler"), { spec: { minReplicas: 2, maxReplicas: 5 } });
      assert.deepEqual(patch({}, "podDisruptionBudget"), { spec: { minAvailable: 1 } });
    });

    it("fix the number of pods where both limits are equal", () => {
      const fixed = { minReplicas: 3, maxReplicas: 3 };
      assert.equal(patch(fixed, "horizontalPodAutoscaler"), undefined);
      assert.equal((patch(fixed, "deployment") as { spec: { replicas: number } }).spec.replicas, 3);
      assert.ok(!("replicas" in (patch({}, "deployment") as { spec: object }).spec));
    });

    it("set no disruption budget for a single pod: no node could be drained", () => {
      assert.equal(patch({ minReplicas: 1 }, "podDisruptionBudget"), undefined);
    });
  });

  describe("the Gateway", () => {
    it("comes after its parameters, without which istiod would not render it", () => {
      const { name, after, apiVersion, metadata } = plan().find("Gateway");
      assert.deepEqual(
        { name, after, apiVersion },
        { name: "gateway-shop", after: ["istiod", "parameters-shop"], apiVersion: "gateway.networking.k8s.io/v1" },
      );
      assert.deepEqual([metadata.name, metadata.namespace], ["shop", "edge"]);
      assert.deepEqual(specOf(plan().find("Gateway")).infrastructure["parametersRef"], {
        group: "",
        kind: "ConfigMap",
        name: parametersName(),
      });
    });

    it("keeps its own Service inside the cluster: nobody waits for the end of a Service that istiod makes", () => {
      assert.equal(plan().find("Gateway").metadata.annotations?.["networking.istio.io/service-type"], "ClusterIP");
    });

    it("is waited for until istiod has programmed it, which with a ClusterIP needs no address of AWS", () => {
      assert.equal(plan().find("Gateway").metadata.annotations?.["pulumi.com/waitFor"], "condition=Programmed");
    });

    it("is of Istio's class, and of the revision that the mesh has", () => {
      assert.equal(specOf(plan().find("Gateway")).gatewayClassName, "istio");
      assert.ok(!("labels" in plan().find("Gateway").metadata));
      assert.deepEqual(plan({}, { revision: "1-31-1" }).find("Gateway").metadata.labels, { "istio.io/rev": "1-31-1" });
    });

    it("hands labels and annotations to the pods, and leaves out an empty map of either", () => {
      const { infrastructure } = specOf(plan().find("Gateway"));
      assert.deepEqual(Object.keys(infrastructure), ["parametersRef"]);
      const full = specOf(plan({ labels: { team: "a" }, annotations: { b: "c" } }).find("Gateway")).infrastructure;
      assert.deepEqual([full["labels"], full["annotations"]], [{ team: "a" }, { b: "c" }]);
    });

    it("listens to what is to be served", () => {
      assert.equal(specOf(plan({}, { servers: [http, https] }).find("Gateway")).listeners.length, 2);
    });
  });

  describe("the redirect", () => {
    it("is a route of its own, since a listener cannot redirect", () => {
      const { name, after, apiVersion, metadata, body } = plan({}, { servers: [redirecting, https] }).find("HTTPRoute");
      assert.deepEqual(
        { name, after, apiVersion, metadata },
        {
          name: "redirect-shop",
          after: ["gateway-shop"],
          apiVersion: "gateway.networking.k8s.io/v1",
          metadata: { name: "shop-redirect", namespace: "edge" },
        },
      );
      assert.deepEqual(body["spec"], {
        parentRefs: [{ name: "shop", sectionName: "http" }],
        rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] }],
      });
    });

    it("is not there where nothing is redirected", () => {
      assert.deepEqual(
        plan().objects.map(({ kind }) => kind),
        ["ConfigMap", "Gateway"],
      );
    });
  });
});

describe("listenersOf", () => {
  it("makes one listener per host, since a listener has one hostname", () => {
    assert.deepEqual(listenersOf([{ ...http, hosts: ["a.example.com", "b.example.com"] }]), [
      {
        name: "http-a.example.com",
        port: 80,
        protocol: "HTTP",
        hostname: "a.example.com",
        allowedRoutes: { namespaces: { from: "All" } },
      },
      {
        name: "http-b.example.com",
        port: 80,
        protocol: "HTTP",
        hostname: "b.example.com",
        allowedRoutes: { namespaces: { from: "All" } },
      },
    ]);
  });

  it("makes one without hostname where every host is served", () => {
    assert.deepEqual(listenersOf([http]), [
      { name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "All" } } },
    ]);
  });

  it("ends TLS with the certificate of the Secret", () => {
    const [listener] = listenersOf([https]);
    assert.deepEqual(listener?.["tls"], { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: "shop-tls" }] });
    assert.ok(!("tls" in (listenersOf([http])[0] ?? {})));
  });

  it("redirects every host, and lets only routes of its own namespace attach, such as the redirect", () => {
    assert.deepEqual(listenersOf([redirecting]), [
      { name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "Same" } } },
    ]);
  });

  it("names listeners as the Gateway API wants it, a wildcard unlike the name below it", () => {
    const names = listenersOf([{ ...http, hosts: ["*.example.com", "example.com"] }]).map(({ name }) => String(name));
    assert.deepEqual(names, ["http.example.com", "http-example.com"]);
    for (const name of names) assert.match(name, /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
  });
});

describe("servingListeners", () => {
  const two: GatewayServer = { ...https, hosts: ["shop.example.com", "*.example.com", "example.org"] };

  it("names the listeners that serve a host, by its own name and by a wildcard around it", () => {
    assert.deepEqual(servingListeners([two], "shop.example.com"), ["https-shop.example.com", "https.example.com"]);
    assert.deepEqual(servingListeners([two], "blog.example.com"), ["https.example.com"]);
  });

  it("names those of single hosts below a wildcard, which would take their requests away from it", () => {
    assert.deepEqual(servingListeners([two], "*.example.com"), ["https-shop.example.com", "https.example.com"]);
  });

  it("names the listener that serves every host, and none that only redirects", () => {
    assert.deepEqual(servingListeners([redirecting, { ...https, hosts: [] }], "a.example.com"), ["https"]);
    assert.deepEqual(servingListeners([http], "*"), ["http"]);
  });

  it("names all of them for every host", () => {
    assert.equal(servingListeners([two], "*").length, 3);
  });

  it("names listeners that there are", () => {
    const names = listenersOf([redirecting, two]).map(({ name }) => name);
    for (const name of servingListeners([redirecting, two], "*")) assert.ok(names.includes(name), name);
  });
});
