import type { Block } from "../tree";

/** One thing a user may say, as layers to choose from; each is merged into the arguments. */
export type Option = Readonly<Record<string, Block>>;

const arn = "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-1111-1111-1111-111111111111";
const nlb = { strategy: "nlb" };
const alb = { strategy: "alb" };

/** What users add to the charts' values, where our own say nothing. */
const added: Block = {
  base: { base: { validationFailurePolicy: "Ignore" } },
  istiod: {
    env: { PILOT_TRACE_SAMPLING: "1" },
    pilot: { podAnnotations: { team: "mesh" }, traceSampling: 5 },
    sidecarInjectorWebhook: { rewriteAppHTTPProbe: false },
    global: { proxy: { resources: { requests: { cpu: "50m" } } }, logAsJson: true },
  },
  cni: { chained: false, global: { logAsJson: true }, cni: { resources: { requests: { cpu: "10m" } } } },
  ztunnel: { logLevel: "debug", resources: { requests: { memory: "256Mi" } }, env: { A: "b" } },
  gateway: { env: { A: "b" }, tolerations: [{ operator: "Exists" }], terminationGracePeriodSeconds: 60 },
};

/** Users' values in the place of ours. */
const overriding: Block = {
  istiod: {
    autoscaleEnabled: false,
    replicaCount: 4,
    resources: { requests: { cpu: "1" } },
    global: { hub: "registry.example.com/istio", priorityClassName: "mine" },
  },
  cni: { hub: "registry.example.com/istio" },
  ztunnel: { hub: "registry.example.com/istio" },
  gateway: { autoscaling: { enabled: false }, replicaCount: 4, resources: { limits: { memory: "2Gi" } } },
};

/** Every option of a mesh that reaches a chart or an object, with the values that differ in what is made. */
export function options(version: string, canary: string): Readonly<Record<string, Option>> {
  return {
    mode: { sidecar: { mode: "sidecar" }, ambient: { mode: "ambient" } },
    loadBalancers: {
      none: {},
      nlb: { ingress: nlb },
      instance: { ingress: { ...nlb, nlb: { targetType: "instance" } } },
      proxyProtocol: { ingress: { ...nlb, nlb: { proxyProtocol: true } } },
      alb: { ingress: alb },
      two: { ingress: { ...nlb, scheme: "internet-facing" }, additionalIngresses: { inside: alb } },
      shared: {
        ingress: { ...alb, hostnames: ["a.example.com"] },
        additionalIngresses: {
          inside: { ...nlb, hostnames: ["b.example.com"], gateway: { shareWith: "istio-ingress" } },
        },
      },
    },
    routing: {
      theModes: {},
      istio: { ingress: { routing: "istio" } },
      gatewayApi: { ingress: { routing: "gateway-api" } },
    },
    tls: {
      none: {},
      certificate: { ingress: { tls: { certificateArn: arn } } },
      secret: { ingress: { tls: { secretName: "app-tls" } } },
      backend: { ingress: { tls: { certificateArn: arn, secretName: "app-tls" }, alb: { backendProtocol: "HTTPS" } } },
    },
    hostnames: {
      every: {},
      some: { ingress: { hostnames: ["app.example.com", "*.shop.example.com"] } },
    },
    routes: {
      none: {},
      some: {
        ingress: {
          routes: [
            { host: "app.example.com", service: "web", namespace: "app", port: 8080 },
            { host: "app.example.com", path: "/cart", service: "cart", namespace: "app", port: 80, weight: 90 },
            { host: "app.example.com", path: "/cart", service: "cart", namespace: "outside", port: 80, weight: 10 },
          ],
        },
        namespaces: { app: {}, outside: { dataplane: "none" } },
      },
      conditions: {
        ingress: {
          routes: [
            { host: "app.example.com", service: "web", namespace: "app", port: 8080, timeoutSeconds: 1.5 },
            {
              ...{ host: "app.example.com", methods: ["GET", "POST"], headers: { "x-beta": "yes" } },
              ...{ queryParams: { version: "2" }, service: "next", namespace: "outside", port: 80 },
              mirror: { service: "lab", namespace: "outside", port: 80, percent: 0.5 },
            },
            {
              ...{ host: "app.example.com", path: "/cart", methods: ["GET", "PUT"], rewritePath: "/" },
              ...{ service: "cart", namespace: "app", port: 80 },
              requestHeaders: {
                set: { "x-from": "%DOWNSTREAM_REMOTE_ADDRESS%" },
                add: { "x-a": "1" },
                remove: ["x-b"],
              },
              responseHeaders: { set: { "x-c": "100%%" } },
            },
            {
              ...{ host: "app.example.com", path: "/cart/", pathType: "exact", rewritePath: "/basket/" },
              ...{ service: "cart", namespace: "app", port: 80 },
            },
            {
              host: "app.example.com",
              path: "/old",
              redirect: { host: "new.shop.example.com", path: "/", status: 302 },
            },
          ],
        },
        namespaces: { app: {}, outside: { dataplane: "none" } },
      },
      policies: {
        gatewayApi: { crds: "install", channel: "experimental" },
        ingress: {
          routes: [
            {
              ...{ host: "app.example.com", path: "/v[0-9]+/.*", pathType: "regex" },
              ...{ service: "web", namespace: "app", port: 8080, timeoutSeconds: 10 },
              retries: { attempts: 3, on: ["503", "connect-failure"], perTryTimeoutSeconds: 2 },
              cors: {
                ...{ origins: ["https://app.example.com", "https://*.example.org"], methods: ["GET", "POST"] },
                ...{ headers: ["x-a"], maxAgeSeconds: 600, credentials: true },
              },
            },
          ],
        },
        namespaces: { app: {} },
      },
      faults: {
        ingress: {
          routes: [
            {
              ...{ host: "app.example.com", service: "web", namespace: "app", port: 8080, rewritePath: "/v2" },
              fault: { delaySeconds: 0.5, abortStatus: 503, percent: 0.5 },
            },
            {
              ...{ host: "app.example.com", path: "/api", service: "api", namespace: "app", port: 8080 },
              retries: { attempts: 2, on: ["5xx", "reset", "429"] },
            },
          ],
        },
        namespaces: { app: {} },
      },
    },
    controlPlanes: {
      one: { istio: { version } },
      named: { istio: { version, revision: "blue" } },
      tagged: { istio: { version, revision: "blue", revisionTags: ["prod", "stable"] } },
      default: { istio: { version, revision: "blue", revisionTags: ["default"] } },
      canary: { istio: { version, canary: { version: canary, revision: "green", revisionTags: ["next"] } } },
      canaryOfNamed: {
        istio: { version, revision: "blue", revisionTags: ["prod"], canary: { version: canary, revision: "green" } },
      },
    },
    profile: {
      default: {},
      demo: { istio: { profile: "demo" } },
      preview: { istio: { profile: "preview" } },
      minimal: { istio: { profile: "minimal" } },
      remote: {
        istio: { profile: "remote", values: { istiod: { global: { remotePilotAddress: "192.0.2.1" } } } },
      },
      remoteByUrl: {
        istio: {
          profile: "remote",
          values: { istiod: { istiodRemote: { injectionURL: "https://192.0.2.1:15017/inject" } } },
        },
      },
      remoteHere: {
        istio: {
          profile: "remote",
          values: {
            istiod: {
              configMap: true,
              global: { remotePilotAddress: "istiod.example.com" },
              istiodRemote: { enabledLocalInjectorIstiod: true, injectionPath: "/inject/cluster/here/net/network2" },
            },
          },
        },
      },
      empty: { istio: { profile: "empty" } },
    },
    egress: {
      none: {},
      known: { egress: { policy: "registry-only", hosts: ["api.example.com", "*.example.net"] } },
      led: { egress: { gateway: true, policy: "allow-any", hosts: ["api.example.com", "hooks.example.com"] } },
    },
    istiod: {
      usual: {},
      one: { controlPlane: { minReplicas: 1, maxReplicas: 1 } },
      fixed: { controlPlane: { minReplicas: 3, maxReplicas: 3 } },
      placed: {
        controlPlane: {
          minReplicas: 2,
          maxReplicas: 8,
          resources: { requests: { cpu: "250m", memory: "1Gi" }, limits: { memory: "2Gi" } },
          priorityClassName: "mesh-critical",
          nodeSelector: { "node.kubernetes.io/role": "system" },
          tolerations: [{ key: "dedicated", operator: "Equal", value: "mesh", effect: "NoSchedule" }],
        },
      },
    },
    gateway: {
      usual: {},
      one: { ingress: { gateway: { minReplicas: 1, maxReplicas: 1 } } },
      mayBeOne: { ingress: { gateway: { minReplicas: 1 } } },
      fixed: { ingress: { gateway: { minReplicas: 3, maxReplicas: 3 } } },
      own: {
        ingress: {
          gateway: {
            namespace: "edge",
            labels: { istio: "edge", team: "web" },
            resources: { requests: { cpu: "200m" }, limits: { memory: "512Mi" } },
          },
        },
      },
    },
    meshConfig: {
      none: {},
      some: {
        istio: { meshConfig: { accessLogFile: "/dev/stdout", enablePrometheusMerge: true } },
      },
    },
    telemetry: {
      none: {},
      text: { telemetry: { accessLogs: "text" } },
      json: { telemetry: { accessLogs: "json", tracing: { provider: "xray", customTags: { team: "web" } } } },
      off: {
        telemetry: {
          accessLogs: "off",
          tracing: { provider: "otlp", service: "collector.observability.svc.cluster.local", samplingPercentage: 0.5 },
        },
      },
    },
    hub: {
      usual: {},
      own: { istio: { imageHub: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/istio" } },
      withPort: { istio: { imageHub: "registry.example.com:5000/a/b" } },
    },
    values: { none: {}, added: { istio: { values: added } }, overriding: { istio: { values: overriding } } },
    address: { ipv4: {}, dualstack: { ingress: { ipAddressType: "dualstack" } } },
    sidecarCni: { none: {}, yes: { istio: { sidecarCni: true } } },
    namespace: { usual: {}, own: { istio: { namespace: "mesh-system" } } },
    vpcCni: { none: {}, patched: { vpcCni: { podSecurityGroupEnforcingMode: "strict", apply: "patch" } } },
    controller: { own: {}, autoMode: { loadBalancerController: "eks-auto-mode" } },
    mtls: {
      none: {},
      strict: { security: { mtls: "strict", minimumTlsVersion: "TLSV1_3", trustDomain: "mesh.example.com" } },
      mixed: {
        security: { mtls: "permissive" },
        namespaces: {
          app: { mtls: "strict", plaintextPorts: { metrics: { selector: { app: "application" }, ports: [8080] } } },
        },
      },
    },
    defaultDeny: {
      no: {},
      yes: {
        security: { defaultDeny: true },
        namespaces: {
          app: { plaintextPorts: { metrics: { selector: { app: "application" }, ports: [8080] } } },
        },
      },
    },
    networkPolicies: {
      none: {},
      all: { security: { networkPolicies: true } },
      one: {
        namespaces: {
          app: {
            networkPolicies: true,
            allowedPeers: {
              config: { direction: "egress", cidr: "10.0.8.0/24", ports: [8888] },
              resolver: { direction: "egress", namespace: "dns", podLabels: { app: "resolver" }, protocol: "UDP" },
              scraper: { direction: "ingress", podLabels: { app: "scraper" }, ports: [9090, 9091] },
            },
          },
        },
      },
    },
    nodes: { clusterGroup: {}, ownGroups: { cluster: { nodeSecurityGroupIds: ["sg-0123456789abcdef0"] } } },
    namespaces: {
      none: {},
      theModes: { namespaces: { app: {}, outside: { dataplane: "none" } } },
      sidecars: { namespaces: { app: { dataplane: "sidecar", create: false, labels: { team: "web" } } } },
      waypoints: { namespaces: { app: { dataplane: "ambient", waypoint: true } } },
      tagged: { namespaces: { app: { dataplane: "sidecar", revision: "prod" } } },
    },
  };
}
