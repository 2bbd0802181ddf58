import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkShape } from "../components/inputs/shape";
import { istioMeshShape } from "../components/istio-mesh-args";

const smallest = { mode: "sidecar", cluster: { name: "prod" } };
const reported = (args: object) =>
  checkShape(istioMeshShape, { ...smallest, ...args }).problems.map(({ path, suggestion }) => `${path}: ${suggestion}`);

describe("istioMeshShape", () => {
  it("wants a mode and a cluster, and nothing else", () => {
    assert.deepEqual(reported({}), []);
    assert.deepEqual(
      checkShape(istioMeshShape, {}).problems.map(({ path, allowed }) => `${path}: ${allowed}`),
      ['mode: one of "sidecar", "ambient"', "cluster: a block of members"],
    );
  });

  it("takes all that can be said of a mesh", () => {
    const all = {
      ingress: { strategy: "nlb" },
      additionalIngresses: { shop: { strategy: "alb" } },
      istio: {},
      controlPlane: {},
      namespaces: { shop: {} },
      gatewayApi: {},
      security: {},
      egress: {},
      telemetry: {},
      addons: {},
      vpcCni: {},
      cleanup: {},
      loadBalancerController: "eks-auto-mode",
      tags: { Team: "a", Owner: pulumi.output("b") },
    };
    assert.deepEqual(reported(all), []);
  });

  it("finds what was meant where a word is misspelt", () => {
    assert.deepEqual(reported({ mode: "Ambient", additionalIngress: {}, nameSpaces: {} }), [
      'mode: did you mean "ambient"?',
      'additionalIngress: did you mean "additionalIngresses"?',
      'nameSpaces: did you mean "namespaces"?',
    ]);
    assert.match(reported({ loadBalancerController: "lbc" }).join(), /write one of "aws-load-balancer-controller"/);
  });

  it("checks the blocks of every capability, and those by name at their own place", () => {
    const wrong = { helm: 1 };
    const blocks = {
      ...{ cluster: wrong, ingress: { strategy: "nlb", ...wrong }, istio: wrong, controlPlane: wrong },
      ...{ gatewayApi: wrong, cleanup: wrong, namespaces: { shop: wrong } },
      additionalIngresses: { shop: { strategy: "nlb", ...wrong } },
    };
    assert.deepEqual(
      reported(blocks)
        .map((text) => text.split(":")[0])
        .sort(),
      [
        "additionalIngresses.shop.helm",
        "cleanup.helm",
        "cluster.helm",
        "controlPlane.helm",
        "gatewayApi.helm",
        "ingress.helm",
        "istio.helm",
        "namespaces.shop.helm",
      ],
    );
  });

  it("wants the values of tags as texts without commas", () => {
    assert.deepEqual(reported({ tags: { Team: "a,b", Cost: 7 } }), [
      "tags.Team: remove commas and other signs",
      'tags.Cost: put it in quotes: "7"',
    ]);
  });

  it("wants names of ingresses, namespaces, ports, labels, headers and tags as AWS, Kubernetes and HTTP take them", () => {
    const route = { host: "a.example.com", service: "shop", namespace: "shop", port: 80 };
    const labels = { 'my "team"': "a" };
    const header = { "x a": "b" };
    const gateway = { labels, nodeSelector: labels, namespaceLabels: labels };
    const conditions = { headers: header, queryParams: { "a=b": "c" } };
    const written = { requestHeaders: { set: header, add: header }, responseHeaders: { set: header } };
    const allowedPeers = { a: { direction: "ingress", podLabels: labels } };
    const plaintextPorts = { "My.Metrics": { selector: labels, ports: [1] } };
    const args = {
      ingress: {
        ...{ strategy: "nlb", gateway, nlb: { ports: { "a.b": { port: 9094, protocol: "TCP" } } } },
        routes: [{ ...route, ...conditions, ...written }],
      },
      additionalIngresses: { "my.shop": { strategy: "nlb" } },
      istio: { namespaceLabels: labels },
      controlPlane: { nodeSelector: labels },
      namespaces: { "shop.eu": {}, shop: { labels, allowedPeers, plaintextPorts } },
      tags: { 'a"=': "b" },
    };
    const names = reported(args).map((text) => text.replace(/: (write|give) .*$/, ""));
    const quoted = '["my \\"team\\""]';
    assert.deepEqual(names.sort(), [
      'additionalIngresses["my.shop"]',
      `controlPlane.nodeSelector${quoted}`,
      ...["labels", "namespaceLabels", "nodeSelector"].map((member) => `ingress.gateway.${member}${quoted}`),
      'ingress.nlb.ports["a.b"]',
      'ingress.routes[0].headers["x a"]',
      'ingress.routes[0].queryParams["a=b"]',
      ...["add", "set"].map((member) => `ingress.routes[0].requestHeaders.${member}["x a"]`),
      'ingress.routes[0].responseHeaders.set["x a"]',
      `istio.namespaceLabels${quoted}`,
      `namespaces.shop.allowedPeers.a.podLabels${quoted}`,
      `namespaces.shop.labels${quoted}`,
      'namespaces.shop.plaintextPorts["My.Metrics"]',
      `namespaces.shop.plaintextPorts["My.Metrics"].selector${quoted}`,
      'namespaces["shop.eu"]',
      'tags["a\\"="]',
    ]);
  });

  it("wants ingresses and namespaces as maps of names, not as lists", () => {
    assert.deepEqual(reported({ additionalIngresses: [], namespaces: ["shop"] }), [
      "additionalIngresses: write a map of names to values",
      "namespaces: write { shop: {} }",
    ]);
  });
});
