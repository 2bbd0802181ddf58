import assert from "node:assert/strict";
import { parse } from "yaml";
import { clusterRoleText } from "../../../cli/formats/rbac";
import { chartRules } from "../../../cli/formats/rbac-rules";
import type { Recorded } from "../../../cli/plan/recording";
import { addonCharts } from "../../../components/addons/addon-charts";
import type { IstioMeshArgs } from "../../../components";
import { combinations, smallest } from "../../support/args";
import { madeUp, planOf, planOfWholeMesh } from "../../support/plans";

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

const rulesOf = (resources: readonly Recorded[]) =>
  (parse(clusterRoleText(resources)) as { readonly rules: readonly Rule[] }).rules;

const object = (type: string, name = "one") => madeUp(`mesh-${name}`, { type, inputs: { metadata: { name } } });
const release = (chart: string) => madeUp("mesh-chart", { type: "kubernetes:helm.sh/v3:Release", inputs: { chart } });

/** What the rules let one do with a resource, whatever its name. */
const verbsFor = (rules: readonly Rule[], group: string, resource: string) =>
  rules
    .filter(({ apiGroups, resources }) => apiGroups.includes(group) && resources.includes(resource))
    .flatMap(({ verbs }) => verbs)
    .sort();

const manage = ["create", "delete", "get", "list", "patch", "update", "watch"];

describe("clusterRoleText", () => {
  it("is a ClusterRole with a rule for each kind of object, called by its plural", () => {
    const kinds = {
      "core/v1:ConfigMap": ["", "configmaps"],
      "networking.istio.io/v1:ServiceEntry": ["networking.istio.io", "serviceentries"],
      "networking.istio.io/v1:Gateway": ["networking.istio.io", "gateways"],
      "networking.k8s.io/v1:NetworkPolicy": ["networking.k8s.io", "networkpolicies"],
      "networking.k8s.io/v1:Ingress": ["networking.k8s.io", "ingresses"],
      "gateway.networking.k8s.io/v1:HTTPRoute": ["gateway.networking.k8s.io", "httproutes"],
    } as const;
    for (const [type, [group, resource]] of Object.entries(kinds)) {
      const rules = rulesOf([object(`kubernetes:${type}`)]);
      assert.deepEqual(verbsFor(rules, group, resource), manage, type);
    }
  });

  it("lets the cleanup do nothing where it is switched off", () => {
    const command = (script: string) =>
      madeUp("mesh-cleanup", { type: "command:local:Command", inputs: { delete: script } });
    assert.deepEqual(rulesOf([command(":")]), []);
    assert.ok(verbsFor(rulesOf([command("kubectl delete")]), "", "services").includes("delete"));
  });

  it("keeps what is in no namespace to the plan's own names, but for making and finding it", () => {
    const rules = rulesOf(["shop", "bank"].map((name) => object("kubernetes:core/v1:Namespace", name)));
    assert.deepEqual(rules, [
      {
        apiGroups: [""],
        resources: ["namespaces"],
        resourceNames: ["bank", "shop"],
        verbs: ["delete", "get", "patch", "update"],
      },
      { apiGroups: [""], resources: ["namespaces"], verbs: ["create", "list", "watch"] },
    ]);
    const [params] = rulesOf([object("kubernetes:eks.amazonaws.com/v1:IngressClassParams")]);
    assert.deepEqual(params?.resources, ["ingressclassparams"]);
  });

  it("lets one patch what is only patched, and neither make nor remove it", () => {
    assert.deepEqual(rulesOf([object("kubernetes:core/v1:NamespacePatch", "shop")]), [
      { apiGroups: [""], resources: ["namespaces"], resourceNames: ["shop"], verbs: ["get", "patch"] },
    ]);
    assert.deepEqual(rulesOf([object("kubernetes:apps/v1:DaemonSetPatch", "aws-node")]), [
      { apiGroups: ["apps"], resources: ["daemonsets"], verbs: ["get", "patch"] },
    ]);
  });

  it("has what the provider looks at while it waits", () => {
    const rules = rulesOf([object("kubernetes:core/v1:Service")]);
    assert.deepEqual(verbsFor(rules, "", "endpoints"), ["get", "list", "watch"]);
    assert.deepEqual(verbsFor(rules, "discovery.k8s.io", "endpointslices"), ["get", "list", "watch"]);
  });

  it("warns of the right to escalate, which charts with roles of their own need, and has it only then", () => {
    assert.match(clusterRoleText([release("istiod")]), /^# Istio's charts make roles, so this one may escalate/);
    assert.ok(verbsFor(rulesOf([release("istiod")]), "rbac.authorization.k8s.io", "clusterroles").includes("escalate"));
    const service = [object("kubernetes:core/v1:Service")];
    assert.match(clusterRoleText(service), /^apiVersion:/);
    assert.deepEqual(verbsFor(rulesOf(service), "rbac.authorization.k8s.io", "clusterroles"), []);
  });

  it("has what Helm keeps and waits for", () => {
    const rules = rulesOf([release("base")]);
    assert.deepEqual(verbsFor(rules, "", "secrets"), manage);
    assert.deepEqual(verbsFor(rules, "apps", "deployments"), ["get", "list", "watch"]);
  });

  it("knows charts in a folder or registry by their last name", () => {
    assert.deepEqual(rulesOf([release("oci://registry.example.com/charts/istiod")]), rulesOf([release("istiod")]));
  });

  it("knows every chart that the mesh or an add-on installs, and refuses to guess for others", () => {
    const charts = [
      "base",
      "istiod",
      "cni",
      "ztunnel",
      "gateway",
      ...Object.values(addonCharts).map(({ chart }) => chart),
    ];
    assert.deepEqual(Object.keys(chartRules).sort(), charts.sort());
    assert.throws(() => clusterRoleText([release("nginx")]), /no rights are known for the chart nginx/);
  });

  it("has what the command does that goes first on destroy, and nothing for AWS", () => {
    const rules = rulesOf([madeUp("mesh-cleanup", { type: "command:local:Command" })]);
    assert.deepEqual(verbsFor(rules, "", "services"), ["delete", "get", "list", "watch"]);
    assert.deepEqual(verbsFor(rules, "elbv2.k8s.aws", "targetgroupbindings"), ["delete", "get", "list", "watch"]);
    assert.deepEqual(rulesOf([madeUp("mesh-group", { type: "aws:ec2/securityGroup:SecurityGroup" })]), []);
  });

  it("has what the Gateway API's bundle is made of", () => {
    const rules = rulesOf([madeUp("mesh-crds", { type: "kubernetes:yaml/v2:ConfigFile", inputs: { file: "a.yaml" } })]);
    assert.deepEqual(verbsFor(rules, "apiextensions.k8s.io", "customresourcedefinitions"), manage);
    assert.deepEqual(verbsFor(rules, "admissionregistration.k8s.io", "validatingadmissionpolicies"), manage);
  });

  it("says a thing once", () => {
    const rules = rulesOf([release("base"), release("istiod"), release("cni")]);
    const named = rules.flatMap(({ apiGroups, resources }) =>
      resources.map((resource) => `${apiGroups.join("")}/${resource}`),
    );
    assert.deepEqual(
      named.filter((name, index) => named.indexOf(name) !== index),
      [],
    );
  });

  for (const combination of combinations) {
    it(`covers every kind of the whole mesh: ${combination.mode}, ${combination.strategy}, ${combination.routing}`, async () => {
      const { resources } = await planOfWholeMesh(combination);
      const rules = rulesOf(resources);
      assert.ok(rules.length > 10);
      assert.ok(rules.every(({ resources: kinds, verbs }) => !kinds.includes("*") && !verbs.includes("*")));
    });
  }

  it("is small where someone else runs Istio", async () => {
    const ingress = { strategy: "nlb", gateway: { namespace: "edge", labels: { app: "edge" } } };
    const { resources } = await planOf({ ...smallest, istio: { profile: "empty" }, ingress });
    const text = clusterRoleText(resources);
    assert.doesNotMatch(text, /secrets|clusterroles|customresourcedefinitions/);
    assert.match(text, /services/);
  });

  it("lets the address of a control plane elsewhere be written down, and only then", async () => {
    const written = async (istio: IstioMeshArgs["istio"]) => {
      const { resources } = await planOf({ ...smallest, istio });
      return rulesOf(resources).some(
        ({ resources: kinds, verbs }) => kinds.includes("endpointslices") && verbs.includes("create"),
      );
    };
    const values = { istiod: { global: { remotePilotAddress: "192.0.2.1" } } };
    assert.equal(await written({ profile: "remote", values }), true);
    assert.equal(await written({}), false);
  });
});
