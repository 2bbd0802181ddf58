import assert from "node:assert/strict";
import type { EgressArgs } from "../../components/egress/egress-args";
import type { EgressContext } from "../../components/egress/egress-context";
import { resolveEgress } from "../../components/egress/resolve-egress-args";
import { gateway, onlyProblem, placesOf } from "../support/settings";

const edge = { kind: "gateway", gateway: gateway({ name: "istio-egress" }) } as const;
const resolve = (args: EgressArgs, changes: Partial<EgressContext> = {}) =>
  resolveEgress(args, {
    ...{ profile: "default", ztunnel: false, sidecars: true, closed: false, gateway: edge, region: undefined },
    ingressGateways: [],
    ...changes,
  });
const hosts = ["api.example.com"];

describe("resolveEgress", () => {
  it("leaves traffic alone unless told otherwise", () => {
    assert.deepEqual(resolve({}), {
      settings: { policy: undefined, hosts: [], gateway: undefined, namespace: undefined, awsCredentials: undefined },
      problems: [],
      warnings: [],
    });
  });

  it("keeps what is given, and has a namespace for hosts", () => {
    const { settings, problems, warnings } = resolve({ policy: "registry-only", hosts });
    const namespace = "istio-egress";
    const awsCredentials = { sts: true };
    assert.deepEqual(settings, { policy: "registry-only", hosts, gateway: undefined, namespace, awsCredentials });
    assert.deepEqual([problems, warnings], [[], []]);
  });

  it("has the pods of the mode where a gateway is asked for, and in the profile demo unless that is refused", () => {
    assert.deepEqual(resolve({ gateway: true, hosts }).settings.gateway, edge);
    const demo = { profile: "demo" } as const;
    assert.deepEqual(resolve({}, demo), {
      settings: {
        ...{ policy: undefined, hosts: [], gateway: edge, namespace: "istio-egress" },
        awsCredentials: undefined,
      },
      problems: [],
      warnings: [],
    });
    assert.equal(resolve({ gateway: false }, demo).settings.gateway, undefined);
    assert.equal(resolve({ gateway: false }, demo).settings.namespace, undefined);
  });

  it("takes wildcards without gateway, and refuses them with one, which must look up a name", () => {
    const wild = ["*.example.com", ...hosts];
    assert.deepEqual(placesOf(resolve({ hosts: wild })), []);
    assert.equal(onlyProblem(resolve({ hosts: wild, gateway: true })).path, "egress.hosts[0]");
    assert.equal(onlyProblem(resolve({ hosts: wild }, { profile: "demo" })).path, "egress.hosts[0]");
  });

  it("refuses hosts twice, and those inside the cluster", () => {
    const given = [...hosts, ...hosts, "web.shop.svc.cluster.local"];
    assert.deepEqual(placesOf(resolve({ hosts: given })), ["egress.hosts[1]", "egress.hosts[2]"]);
  });

  it("refuses a gateway where no chart is installed, or the control plane only", () => {
    assert.equal(onlyProblem(resolve({ gateway: true, hosts }, { profile: "minimal" })).path, "egress.gateway");
    assert.equal(onlyProblem(resolve({ gateway: true, hosts }, { profile: "empty" })).path, "egress.gateway");
    assert.deepEqual(placesOf(resolve({ gateway: true, hosts }, { profile: "empty", ztunnel: true })), []);
  });

  it("refuses a policy where the mesh has no configuration of its own", () => {
    for (const profile of ["empty", "remote"] as const) {
      assert.equal(onlyProblem(resolve({ policy: "allow-any" }, { profile })).path, "egress.policy");
    }
  });

  it("keeps AWS credentials reachable where sidecars let out only what is known, or will in the next step", () => {
    const kept = (args: EgressArgs, changes: Partial<EgressContext> = {}) =>
      resolve(args, changes).settings.awsCredentials !== undefined;
    const closed = { policy: "registry-only" } as const;
    assert.deepEqual(
      [
        ...[kept(closed), kept({ hosts }), kept({}, { closed: true })],
        ...[kept({}), kept({ policy: "allow-any", hosts }), kept({ ...closed, awsCredentials: false })],
      ],
      [true, true, true, false, false, false],
    );
    assert.deepEqual(
      [
        ...[
          kept(closed, { sidecars: false }),
          kept({ hosts }, { profile: "empty" }),
          kept({ hosts }, { profile: "remote" }),
        ],
        ...[kept({ awsCredentials: true }), kept({ awsCredentials: true }, { sidecars: false, profile: "empty" })],
      ],
      [false, false, false, true, true],
    );
  });

  describe("with a host of STS in hosts", () => {
    const sts = (host: string, region: string | undefined) =>
      resolve({ policy: "registry-only", hosts: [...hosts, host] }, { region }).settings.awsCredentials?.sts;

    it("makes no second entry where it is the one of the mesh's region", () => {
      assert.equal(sts("sts.eu-west-1.amazonaws.com", "eu-west-1"), false);
      assert.equal(sts("sts.us-gov-west-1.amazonaws.com", "us-gov-west-1"), false);
      assert.equal(sts("sts.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"), false);
    });

    it("keeps the one of the mesh's region reachable where it is another one", () => {
      for (const host of ["sts.us-east-1.amazonaws.com", "sts.amazonaws.com", "s3.eu-west-1.amazonaws.com"]) {
        assert.equal(sts(host, "eu-west-1"), true, host);
      }
    });

    it("makes an entry where the region is known only during up: a second one does no harm", () => {
      assert.equal(sts("sts.eu-west-1.amazonaws.com", undefined), true);
    });
  });

  it("warns of a closed mesh without hosts, and of a gateway through which nothing goes", () => {
    assert.match(String(resolve({ policy: "registry-only" }).warnings), /^egress\.policy: .*ServiceEntries/);
    assert.match(String(resolve({ gateway: true }).warnings), /^egress\.gateway: /);
  });

  it("warns that ztunnel obeys no policy", () => {
    const { warnings } = resolve({ policy: "registry-only", hosts }, { ztunnel: true });
    assert.match(String(warnings), /^egress\.policy: ztunnel lets traffic out/);
    assert.deepEqual(resolve({ policy: "allow-any", hosts }, { ztunnel: true }).warnings, []);
  });
});
