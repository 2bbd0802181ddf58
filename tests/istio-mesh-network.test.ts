import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Vpc } from "@pulumi/aws/ec2/vpc";
import type { Recorded } from "../cli/plan/recording";
import type { IstioMeshArgs } from "../components";
import { withIngress } from "./support/args";
import { makeEksCluster, withEksCluster } from "./support/eks-cluster";
import { recordMesh, type Recording } from "./support/recorded";

const [a, b] = ["sg-0aaaaaaaaaaaaaaaa", "sg-0bbbbbbbbbbbbbbbb"];
const withNodes = (strategy: "nlb" | "alb", ...nodeSecurityGroupIds: readonly string[]): IstioMeshArgs =>
  withIngress({ strategy }, { cluster: { name: "my-cluster", nodeSecurityGroupIds: [...nodeSecurityGroupIds] } });

interface Rule {
  readonly securityGroupId: string;
  readonly fromPort: number | string;
  readonly referencedSecurityGroupId?: string;
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
}

/** The rules of a mesh by logical name. AWS refuses a second one of the same content. */
const rulesOf = ({ resources }: Recording): ReadonlyMap<string, Rule> =>
  new Map(
    resources
      .filter(({ type }) => /SecurityGroup\w+Rule$/.test(type))
      .map(({ name, inputs }) => [name, inputs as Rule]),
  );

const contentOf = ({ securityGroupId, fromPort, referencedSecurityGroupId, cidrIpv4, cidrIpv6 }: Rule) =>
  [securityGroupId, fromPort, referencedSecurityGroupId, cidrIpv4, cidrIpv6].join(" ");

describe("The rules of an IstioMesh for nodes with security groups of their own", () => {
  it("let node ports lead to pods on other nodes", async () => {
    const rules = [...rulesOf(await recordMesh(withNodes("alb", a, b))).values()];
    for (const port of [80, 15021]) {
      const ways = rules
        .filter(({ fromPort, cidrIpv4 }) => fromPort === port && cidrIpv4 === undefined)
        .map(({ securityGroupId, referencedSecurityGroupId: from }) => `${String(from)} into ${securityGroupId}`);
      const expected = [`${a} into ${a}`, `${a} into ${b}`, `${b} into ${a}`, `${b} into ${b}`];
      assert.deepEqual(ways.sort(), expected, String(port));
    }
  });

  for (const strategy of ["nlb", "alb"] as const) {
    for (const [change, now] of [
      ["one group less", [b]],
      ["another order", [b, a]],
      ["a group more, in front", ["sg-0cccccccccccccccc", a, b]],
    ] as const) {
      it(`are never made twice with ${change}, before an ${strategy}`, async () => {
        const was = rulesOf(await recordMesh(withNodes(strategy, a, b)));
        const is = rulesOf(await recordMesh(withNodes(strategy, ...now)));
        const contents = new Map([...was].map(([name, rule]) => [contentOf(rule), name]));
        const again = [...is].filter(([name, rule]) => !was.has(name) && contents.has(contentOf(rule)));
        assert.deepEqual(again, []);
        const changed = [...is].filter(([name, rule]) => {
          const old = was.get(name);
          return old !== undefined && contentOf(old) !== contentOf(rule);
        });
        assert.deepEqual(changed, []);
      });
    }
  }
});

/** The logical names that a resource has or had. */
const namesOf = ({ name, options }: Recorded): readonly string[] => {
  const aliases = (options.aliases ?? []) as readonly { readonly spec?: { readonly name?: string } }[];
  return [name, ...aliases.flatMap(({ spec }) => spec?.name ?? [])];
};

/** Rules that Pulumi would create while the same rule still exists under another name. */
const createdTwice = (was: Recording, is: Recording): readonly string[] => {
  const [before, after] = [rulesOf(was), rulesOf(is)];
  const contents = new Set([...before.values()].map(contentOf));
  return is.resources
    .filter((resource) => after.has(resource.name) && !namesOf(resource).some((name) => before.has(name)))
    .filter(({ inputs }) => contents.has(contentOf(inputs as Rule)))
    .map(({ name }) => name);
};

describe("The rules of an IstioMesh", () => {
  const clusterGroup = "sg-0dddddddddddddddd";
  const facts = {
    vpcSecondaryCidrs: ["100.64.0.0/16"],
    vpcIpv6Cidr: "2001:db8:42::/56",
    vpcSecondaryIpv6Cidrs: ["2001:db8:43::/56"],
    securityGroupId: clusterGroup,
  };
  const dualstack = { ipAddressType: "dualstack" } as const;
  const ranges = ["10.0.0.0/16", "100.64.0.0/16", "2001:db8:42::/56", "2001:db8:43::/56"];
  const port = (name: string) =>
    ({ nlb: { ports: { [name]: { port: 9094, targetPort: 9095, protocol: "TCP" } } } }) as const;
  const instance = (name: string) => ({ nlb: { ...port(name).nlb, targetType: "instance" } }) as const;
  const later = (id: string) => pulumi.output(id);
  const nodes = (...nodeSecurityGroupIds: readonly pulumi.Input<string>[]) => ({
    cluster: { name: "my-cluster", nodeSecurityGroupIds: [...nodeSecurityGroupIds] },
  });
  const ambient = { mode: "ambient" } as const;
  const list = "pl-4fa04526";

  const changes: Readonly<Record<string, readonly [() => IstioMeshArgs, () => IstioMeshArgs]>> = {
    "the VPC's ranges are named": [
      () => withIngress(dualstack),
      () => withIngress({ ...dualstack, allowedCidrs: ranges }),
    ],
    "the VPC's range is named behind others": [
      () => withIngress({}),
      () => withIngress({ allowedCidrs: ["10.9.0.0/16", "100.64.0.0/16"] }),
    ],
    "ids of clients are known later": [
      () => withIngress({ allowedPrefixListIds: [list], allowedSecurityGroupIds: [a] }),
      () => withIngress({ allowedPrefixListIds: [later(list)], allowedSecurityGroupIds: [later(a)] }),
    ],
    "the cluster's own group is named for the nodes": [
      () => withIngress({}, ambient),
      () => withIngress({}, { ...ambient, ...nodes(clusterGroup) }),
    ],
    "the ids of the nodes' groups are known later": [
      () => withIngress({ strategy: "alb" }, { ...ambient, ...nodes(a, b) }),
      () => withIngress({ strategy: "alb" }, { ...ambient, ...nodes(later(a), later(b)) }),
    ],
    "a listener has another name": [() => withIngress(port("kafka")), () => withIngress(port("broker"))],
    "a listener behind node ports has another name": [
      () => withIngress(instance("kafka")),
      () => withIngress(instance("broker")),
    ],
  };
  for (const [change, [one, other]] of Object.entries(changes)) {
    it(`are never created twice where ${change}, nor where that is taken back`, async () => {
      const [was, is] = [await recordMesh(one, { facts }), await recordMesh(other, { facts })];
      assert.deepEqual([createdTwice(was, is), createdTwice(is, was)], [[], []]);
    });
  }

  it("give way to each other where only AWS knows which of the named ranges is the VPC's", async () => {
    const { find } = await recordMesh(withIngress({ allowedCidrs: ["10.9.0.0/16", "10.0.0.0/16"] }));
    const rule = (range: string) => find(`mesh-rule-istio-ingress/http-from-${range}`);
    assert.deepEqual(namesOf(rule("10.9.0.0/16")).includes("mesh-rule-istio-ingress/http-from-vpc"), true);
    assert.ok(rule("10.0.0.0/16").dependsOn.includes("mesh-rule-istio-ingress/http-from-10.9.0.0/16"));
  });

  it("are registered where a preview does not know yet what they were called", async () => {
    const args = () =>
      withIngress({}, { cluster: { name: "my-cluster", vpcId: new Vpc("vpc", { cidrBlock: "10.0.0.0/16" }).id } });
    const { find } = await recordMesh(args, { preview: true });
    const name = "mesh-rule-istio-ingress/http-from-vpc";
    assert.deepEqual(new Set(namesOf(find(name))), new Set([name]));
  });
});

describe("Whom an internal IstioMesh lets in by default", () => {
  const clientsOf = async (ingress: object) => {
    const facts = {
      ...{ vpcSecondaryCidrs: ["100.64.0.0/16"], vpcIpv6Cidr: "2001:db8:42::/56" },
      vpcSecondaryIpv6Cidrs: ["2001:db8:43::/56"],
    };
    const rules = rulesOf(await recordMesh(withIngress({ strategy: "alb", ...ingress }), { facts }));
    return [...rules].flatMap(([name, { cidrIpv4, cidrIpv6 }]) => {
      const range = cidrIpv4 === undefined ? cidrIpv6 : cidrIpv4;
      return range === undefined ? [] : [[name, range]];
    });
  };
  const ipv4 = [
    ["mesh-rule-istio-ingress/http-from-vpc", "10.0.0.0/16"],
    ["mesh-rule-istio-ingress/http-from-vpc-secondary-100.64.0.0/16", "100.64.0.0/16"],
  ];

  it("are all IPv4 ranges of the VPC: pods may have addresses of a secondary one", async () => {
    assert.deepEqual((await clientsOf({})).sort(), ipv4);
  });

  it("and its IPv6 ranges where the load balancer has such addresses, to which AAAA records lead", async () => {
    const ipv6 = [
      ["mesh-rule-istio-ingress/http-from-vpc-ipv6", "2001:db8:42::/56"],
      ["mesh-rule-istio-ingress/http-from-vpc-ipv6-secondary-2001:db8:43::/56", "2001:db8:43::/56"],
    ];
    assert.deepEqual((await clientsOf({ ipAddressType: "dualstack" })).sort(), [ipv4[0], ...ipv6, ipv4[1]]);
  });

  it("comes before the cleanup, however many ranges there are", async () => {
    const recording = await recordMesh(withIngress({}), { facts: { vpcSecondaryCidrs: ["100.64.0.0/16"] } });
    const before = recording.find("mesh-cleanup").dependsOn;
    assert.ok(before.includes("mesh-rule-istio-ingress/http-from-vpc-secondary-100.64.0.0/16"));
  });
});

describe("The name of an ALB before a cluster of the same program", () => {
  it("is one that AWS accepts, for every name that @pulumi/eks makes", async () => {
    const { input } = await recordMesh(
      () => withIngress({ strategy: "alb" }, { cluster: { eksCluster: makeEksCluster() } }),
      withEksCluster(),
    );
    const annotations = input("mesh-ingress-istio-ingress", "metadata.annotations");
    const name = String((annotations as Record<string, string>)["alb.ingress.kubernetes.io/load-balancer-name"]);
    assert.match(name, /^made-here-eksCluster-123[\w-]*-[0-9a-f]{7}$/);
    assert.ok(name.length <= 32, name);
  });
});
