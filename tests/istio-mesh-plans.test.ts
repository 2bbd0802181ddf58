import assert from "node:assert/strict";
import fc from "fast-check";
import { planCrds } from "../components/control-plane/control-plane-plan";
import { planMeshReleases, planPolicyObjects, planRoutingObjects } from "../components/mesh/ordered-plans";
import { planAuthorities } from "../components/security/certificate-authority/certificate-authority-plan";
import { planMeshNodeRules, planNodePortPaths } from "../components/security/node-rules-plan";
import { planPrivateCa } from "../components/security/certificate-authority/private-ca-plan";
import * as loadBalancer from "../components/ingress/load-balancer-plan";
import * as clusters from "../components/multi-cluster/multi-cluster-plan";
import { planNamespaces } from "../components/control-plane/namespaces/namespaces-plan";
import { resolveIstioMesh } from "../components/mesh/resolve-mesh-args";
import type { Planned } from "../components/plan/planned";
import type { MeshSettings } from "../components/plan/settings";
import { nearlyValidArgs } from "./support/arbitrary-args";
import { givenAuthority } from "./support/certificates";
import { arn, clusterFacts } from "./support/settings";

describe("all plans of a mesh together", () => {
  /** Everything that a mesh plans, in the order in which it is made, with what each comes after. */
  function everything(args: unknown): readonly Planned[] | undefined {
    const { settings } = resolveIstioMesh(args);
    if (settings === undefined) return undefined;
    const nodeGroups = [{ securityGroupId: "sg-n", id: "sg-n", reachedByControlPlane: false }];
    const facts = { ...clusterFacts, nodeGroups: () => nodeGroups };
    const named = (value: (name: string) => string) =>
      Object.fromEntries(settings.ingresses.map(({ name }) => [name, value(name)]));
    const groups = named((name) => `sg-${name}`);
    const zones = named((name) => `Z-${name}`);
    const nodePorts = Object.fromEntries(
      Object.entries(loadBalancer.neededNodePorts(settings)).map(([service, { ports }]) => [
        service,
        Object.fromEntries(ports.map((port, index) => [port, 30000 + index])),
      ]),
    );
    const certificates = loadBalancer.planCertificates(settings, zones);
    const first = loadBalancer.planFirstRules(settings, facts, groups);
    const later = loadBalancer.planNodePortRules(settings, facts, { groups, nodePorts });
    const created = { cluster: facts, groups, certificates: named(() => arn), webAcls: named(() => arn) };
    const nodeRules = planMeshNodeRules(settings, facts);
    const after: readonly string[] = [];
    const issued = settings.security.certificateAuthority?.kind === "private-ca" ? givenAuthority : undefined;
    const issuedIn = (of: MeshSettings): readonly Planned[] => {
      const plan = planPrivateCa(of, facts);
      return plan === undefined ? [] : [plan.certificate.key, plan.certificate.request, plan.certificate.certificate];
    };
    const eastWest = settings.multiCluster?.eastWest === undefined ? undefined : "sg-eastwest";
    return [
      ...planNamespaces(settings),
      ...certificates.flatMap((certificate) => [
        certificate,
        ...Object.values(certificate.validationRecords).map((name) => ({ name, after: [certificate.name] })),
        { name: certificate.issuedName, after: Object.values(certificate.validationRecords) },
      ]),
      ...loadBalancer.planSecurityGroups(settings, facts),
      ...first,
      ...planNodePortPaths(settings, facts),
      ...loadBalancer.planWebAcls(settings),
      ...loadBalancer.planServices(settings, { ...created, rules: first }),
      ...later,
      ...loadBalancer.planIngressObjects(settings, { ...created, rules: [...first, ...later] }),
      ...clusters.planEastWestGroups(settings, facts),
      ...clusters.planMultiClusterRules(settings, facts, eastWest),
      ...clusters.planEastWestService(settings, facts, eastWest),
      ...planCrds(settings).map(({ name }) => ({ name, after })),
      ...issuedIn(settings),
      ...planAuthorities(settings, issued),
      ...nodeRules,
      ...planMeshReleases(settings, { nodeRules: nodeRules.map(({ name }) => name), issued }),
      ...planRoutingObjects(settings, facts),
      ...clusters.planRemoteGateways(settings),
      ...clusters.planRemoteSecrets(settings, facts),
      ...loadBalancer.planAllRecords(settings, {
        hostnames: named((name) => `${name}.aws`),
        zones,
        loadBalancerZones: { network: "ZNLB", application: "ZALB" },
      }),
      ...planPolicyObjects(settings),
    ];
  }

  /** Looks at valid arguments only. */
  function always(holds: (plans: readonly Planned[]) => void): void {
    fc.assert(
      fc.property(nearlyValidArgs, (args) => {
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
