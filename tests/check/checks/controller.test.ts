import { answered } from "../../../cli/check/facts";
import { controller, checkController, ownDefinitions } from "../../../cli/check/checks/controller";
import { controllerOf, describeCheck, eks, no, object } from "../../support/situation";

const image = (version: string) => `public.ecr.aws/eks/aws-load-balancer-controller:${version}`;
const there = (...controllers: ReturnType<typeof controllerOf>[]) => ({ controllers: answered(controllers) });
const crd = (name: string) => object("CustomResourceDefinition", { name });
const gatewayApi = [crd("gateways.gateway.networking.k8s.io")];
const ambient = { mode: "ambient" };
const autoMode = { loadBalancerController: "eks-auto-mode" };

const teamTag = { "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags": "team=platform" };
const taggedNlb = { ...autoMode, ingress: { strategy: "nlb", annotations: teamTag } };
/** The Service of a load balancer. */
const made = (annotations: Record<string, string>, hostname = "one.elb.amazonaws.com", complaint?: string) => ({
  addressObjects: answered({
    "istio-ingress": {
      object: object(
        "Service",
        { name: "istio-ingress", annotations },
        { status: { loadBalancer: { ingress: hostname === "" ? [] : [{ hostname }] } } },
      ),
      complaint,
    },
  }),
});

describeCheck({ subject: controller, check: checkController }, [
  {
    title: "is content with one that is ready and new enough",
    finds: ["ready"],
    says: [/Deployment aws-load-balancer-controller in kube-system: Version 2\.13\.0, 2 pods/],
  },
  { title: "is not needed without ingresses", args: { ingress: undefined }, kubernetes: there(), finds: [] },
  { title: "misses it", kubernetes: there(), finds: ["missing"], says: [/Install it \(2\.6\.0 or newer\)/] },
  {
    title: "misses it where nobody knows of EKS",
    kubernetes: there(),
    aws: { cluster: no("aws", "late") },
    finds: ["missing"],
  },
  {
    title: "sees that Auto Mode could do its work",
    kubernetes: there(),
    aws: { cluster: answered({ ...eks, autoMode: true }) },
    finds: ["auto-mode-instead"],
  },
  {
    title: "sees that none of its pods is ready",
    kubernetes: there(controllerOf(image("v2.13.0"), { ready: 0 })),
    finds: ["not-ready"],
    says: [/kubectl -n kube-system describe deployment aws-load-balancer-controller/],
  },
  { title: "refuses one that is too old", kubernetes: there(controllerOf(image("v2.5.4"))), finds: ["too-old"] },
  { title: "takes the oldest that will do", kubernetes: there(controllerOf(image("v2.6.0"))), finds: ["ready"] },
  {
    title: "reads a version beside a digest and a port",
    kubernetes: there(controllerOf("mirror:5000/lbc:v2.6.1@sha256:00")),
    finds: ["ready"],
    says: [/Version 2\.6\.1/],
  },
  {
    title: "does not guess the version of an image without one",
    kubernetes: there(controllerOf("mirror/lbc:latest")),
    finds: ["version-unclear"],
    says: [/"mirror\/lbc:latest"/],
  },
  {
    title: "does not guess the version of an image with only a digest",
    kubernetes: there(controllerOf("mirror/lbc@sha256:00")),
    finds: ["version-unclear"],
  },
  {
    title: "sees that it works for another cluster",
    args: { cluster: { name: "other" } },
    finds: ["other-cluster"],
    says: [/for a cluster called prod\. -> Set its --cluster-name to other/],
  },
  {
    title: "cannot compare an encrypted name",
    args: { cluster: { name: Promise.resolve("other") } },
    finds: ["ready"],
  },
  {
    title: "sees that it watches another namespace",
    kubernetes: there(controllerOf(image("v2.13.0"), { args: ["--watch-namespace=apps"] })),
    finds: ["blind"],
    says: [/only namespace apps, and load balancers are wanted in istio-ingress/],
  },
  {
    title: "lets it watch the gateways' namespace alone",
    kubernetes: there(controllerOf(image("v2.13.0"), { args: ["--watch-namespace=istio-ingress"] })),
    finds: ["ready"],
  },
  {
    title: "refuses one that cannot find the port of a health check by name, behind node ports only",
    args: { ingress: { strategy: "alb" } },
    kubernetes: there(controllerOf(image("v2.6.1"))),
    finds: ["named-port"],
    says: [/Version 2\.6\.1 .*istio-ingress/],
  },
  {
    title: "takes the oldest that can",
    args: { ingress: { strategy: "alb" } },
    kubernetes: there(controllerOf(image("v2.6.2"))),
    finds: ["ready"],
  },
  {
    title: "warns of definitions that the mesh brings and that are too old for its part of the Gateway API",
    args: { mode: "ambient", istio: { version: "1.30.8" } },
    kubernetes: {
      ...there(controllerOf(image("v3.5.0"))),
      definitions: answered(ownDefinitions.map((one) => crd(`${one}.gateway.k8s.aws`))),
    },
    finds: ["gateway-api-too-old"],
    says: [/wants the Gateway API's definitions at 1\.6\.0 or newer, and they are, or will be, at 1\.5\.1/],
  },
  {
    title: "warns of such definitions that are there, kept by someone else",
    kubernetes: {
      ...there(controllerOf(image("v3.5.0"))),
      definitions: answered([
        object("CustomResourceDefinition", {
          name: "gateways.gateway.networking.k8s.io",
          annotations: { "gateway.networking.k8s.io/bundle-version": "v1.4.1" },
        }),
        ...ownDefinitions.map((one) => crd(`${one}.gateway.k8s.aws`)),
      ]),
    },
    finds: ["gateway-api-too-old"],
  },
  {
    title: "is content with those that it wants",
    args: ambient,
    kubernetes: {
      ...there(controllerOf(image("v3.5.0"))),
      definitions: answered(ownDefinitions.map((one) => crd(`${one}.gateway.k8s.aws`))),
    },
    finds: ["ready"],
  },
  {
    title: "sees that the Gateway API's definitions will stop it",
    args: ambient,
    kubernetes: there(controllerOf(image("v3.2.2"))),
    finds: ["definitions-missing"],
    says: [
      /loadbalancerconfigurations\.gateway\.k8s\.aws, .*aws-load-balancer-controller\/v3\.2\.2\/config\/crd\/gateway\/gateway-crds\.yaml/,
    ],
  },
  {
    title: "sees that they are there already",
    kubernetes: {
      ...there(controllerOf(image("v3.2.2"))),
      definitions: answered([...gatewayApi, crd("loadbalancerconfigurations.gateway.k8s.aws")]),
    },
    finds: ["definitions-missing"],
    says: [/its own are not: targetgroupconfigurations\.gateway\.k8s\.aws, listenerrule/],
  },
  {
    title: "is content where its own are there too",
    kubernetes: {
      ...there(controllerOf(image("v3.2.2"))),
      definitions: answered([...gatewayApi, ...ownDefinitions.map((one) => crd(`${one}.gateway.k8s.aws`))]),
    },
    finds: ["ready"],
  },
  { title: "is content without the Gateway API", kubernetes: there(controllerOf(image("v3.2.2"))), finds: ["ready"] },
  {
    title: "is content where that part is switched off",
    args: ambient,
    kubernetes: there(
      controllerOf(image("v3.2.2"), { args: ["--feature-gates=NLBGatewayAPI=false,ALBGatewayAPI=false"] }),
    ),
    finds: ["ready"],
  },
  {
    title: "is content with one that does not have that part yet",
    args: ambient,
    kubernetes: there(controllerOf(image("v2.17.1"))),
    finds: ["ready"],
  },
  {
    title: "reports all at once",
    args: ambient,
    kubernetes: there(controllerOf(image("v2.1.0"), { ready: 0, args: ["--watch-namespace=a"] })),
    finds: ["not-ready", "too-old", "blind"],
  },
  {
    title: "is content with Auto Mode where the stack file says so",
    args: autoMode,
    aws: { cluster: answered({ ...eks, autoMode: true }) },
    finds: ["auto-mode-on"],
  },
  {
    title: "reports that Auto Mode leaves tags off, and the statement that the cluster's role lacks",
    args: { ...autoMode, tags: { team: "platform" } },
    aws: { cluster: answered({ ...eks, autoMode: true }) },
    finds: ["auto-mode-on", "auto-mode-no-tags"],
    says: [/makes the load balancers/, /left off those of istio-ingress.*"Sid":"TagLoadBalancers"/],
  },
  {
    title: "cannot see whether the role lets Auto Mode set tags that annotations ask for",
    args: {
      ...autoMode,
      tags: { team: "platform" },
      ingress: {
        strategy: "nlb",
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags": "team=platform" },
      },
    },
    aws: { cluster: answered({ ...eks, autoMode: true }) },
    finds: ["auto-mode-on", "auto-mode-tags"],
    says: [/makes the load balancers/, /If it does not, no load balancer is made.*"Sid":"TagLoadBalancers"/],
  },
  {
    title: "sees by a load balancer with these tags that the role lets Auto Mode set them",
    args: taggedNlb,
    aws: { cluster: answered({ ...eks, autoMode: true }) },
    kubernetes: made(teamTag),
    finds: ["auto-mode-on"],
  },
  ...[
    made({}),
    made(teamTag, ""),
    made(teamTag, "one.elb.amazonaws.com", "not authorized"),
    { addressObjects: no("cluster", "late") },
  ].map((kubernetes) => ({
    title: "does not take it for allowed without a load balancer with these tags, or with a complaint",
    args: taggedNlb,
    aws: { cluster: answered({ ...eks, autoMode: true }) },
    kubernetes,
    finds: ["auto-mode-on", "auto-mode-tags"],
  })),
  { title: "sees that Auto Mode is off", args: autoMode, finds: ["auto-mode-off"] },
  { title: "leaves a missing cluster to others", args: autoMode, aws: { cluster: answered(undefined) }, finds: [] },
  {
    title: "says that it could not look",
    kubernetes: { controllers: no("cluster", "forbidden", "not you") },
    finds: ["unknown"],
    says: [/the cluster denied the request: not you/],
  },
]);
