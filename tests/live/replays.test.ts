import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DescribeSecurityGroupRulesCommand, type SecurityGroupRule } from "@aws-sdk/client-ec2";
import * as pulumi from "@pulumi/pulumi";
import { readStackFile } from "../../cli/stack/stack-file";
import { pem } from "../support/certificates";
import { scenarios } from "../support/golden";
import { withKubeconfigs } from "../support/peer-kubeconfigs";
import { type AwsTrial, startAwsTrial } from "./aws-trial";
import { withRealIds } from "./replay/real-ids";
import { replay } from "./replay/replay";
import { describeAws } from "./tier";

const cluster = { name: "my-cluster" };

interface Way {
  readonly into: string;
  readonly from: string;
  readonly port: number;
}

/** Whether EC2 lets a packet of this group into that one by this rule. */
function admits(rule: SecurityGroupRule, { into, from, port }: Way): boolean {
  const [first = 0, last = 65535] = [rule.FromPort, rule.ToPort];
  const isPeer = rule.ReferencedGroupInfo?.GroupId === from;
  return rule.GroupId === into && rule.IsEgress !== true && isPeer && first <= port && port <= last;
}

/** What the examples have encrypted, besides the key of their certificate authority: the access to a peer. */
const peerAccess = JSON.stringify({
  ...{ apiVersion: "v1", kind: "Config", "current-context": "west" },
  clusters: [{ name: "west", cluster: { server: "https://west.example.com" } }],
  contexts: [{ name: "west", context: { cluster: "west", user: "reader" } }],
  users: [{ name: "reader", user: { token: "a token" } }],
});

describeAws("AWS takes every plan, from those who may ask for it", () => {
  let trial: AwsTrial;

  before(async () => {
    trial = await startAwsTrial(cluster.name);
  });
  after(async () => trial.close());

  /** Made in AWS, and removed. */
  async function isTaken(mesh: unknown): Promise<void> {
    const { remove } = await replay(trial, await withRealIds(trial, mesh));
    await remove();
  }

  describe("of the examples", () => {
    for (const { name, stack } of scenarios()) {
      it(name, async () => {
        const text = readFileSync(stack, "utf8");
        const { mesh } = readStackFile(text, stack, () =>
          text.includes("kubeconfig:") ? peerAccess : pem("istiodKey"),
        );
        await isTaken(withKubeconfigs(mesh as Readonly<Record<string, unknown>>));
      });
    }
  });

  describe("of what AWS refused once", () => {
    const nodes = (...nodeSecurityGroupIds: readonly string[]) => ({
      mode: "ambient",
      cluster: { ...cluster, nodeSecurityGroupIds },
      ingress: { strategy: "nlb" },
    });

    for (const strategy of ["nlb", "alb"]) {
      it(`rules for nodes with groups of their own: every description, ${strategy}`, async () => {
        await isTaken({ ...nodes("sg-0123456789abcdef0"), ingress: { strategy, scheme: "internet-facing" } });
      });
    }

    it("node groups in another order, and one less: no rule is there twice on the way", async () => {
      const [one, other] = ["sg-0aaaaaaaaaaaaaaaa", "sg-0bbbbbbbbbbbbbbbb"];
      const [both, turned, last] = (await withRealIds(trial, [nodes(one, other), nodes(other, one), nodes(other)])) as [
        unknown,
        unknown,
        unknown,
      ];
      const { change, remove } = await replay(trial, both);
      await change(turned);
      await change(last);
      await remove();
    });

    it("rules whose names change and whose content stays", async () => {
      const { clusterSecurityGroupId } = trial.account;
      const internal = (nodeSecurityGroupIds: readonly string[], ingress: object) => ({
        ...nodes(...nodeSecurityGroupIds),
        ingress: { strategy: "nlb", ...ingress },
      });
      const ports = (name: string) => ({ nlb: { ports: { [name]: { port: 9094, protocol: "TCP" } } } });
      const byDefault = internal([], ports("kafka"));
      const named = internal([clusterSecurityGroupId], {
        ...ports("broker"),
        allowedCidrs: ["10.9.0.0/16", "10.0.0.0/16"],
      });
      const { change, remove } = await replay(trial, byDefault);
      for (const mesh of [named, byDefault]) await change(mesh);
      await remove();
    });

    it("the name of a load balancer, from the name that @pulumi/eks gives to a cluster", async () => {
      const { remove } = await replay(trial, {
        mode: "sidecar",
        cluster: { name: pulumi.output("name-eksCluster-1a2b3c4") },
        ingress: { strategy: "alb", scheme: "internet-facing" },
      });
      await remove();
    });

    for (const [strategy, more] of [
      ["alb", {}],
      ["nlb", { nlb: { targetType: "instance" } }],
    ] as const) {
      it(`nodes with groups of their own: node ports lead to pods on all of them, ${strategy}`, async () => {
        const ids = ["sg-0aaaaaaaaaaaaaaaa", "sg-0bbbbbbbbbbbbbbbb"];
        const mesh = { ...nodes(...ids), mode: "sidecar", ingress: { strategy, ...more } };
        const real = (await withRealIds(trial, mesh)) as typeof mesh;
        const { remove } = await replay(trial, real);
        const { SecurityGroupRules: rules = [] } = await trial.aws.ec2.send(new DescribeSecurityGroupRulesCommand({}));
        const groups = real.cluster.nodeSecurityGroupIds;
        const closed = groups.flatMap((into) =>
          groups.flatMap((from) =>
            // kube-proxy sends what arrives at a node port to the port of a pod, often on another node.
            [80, 15021]
              .filter((port) => !rules.some((rule) => admits(rule, { into, from, port })))
              .map((port) => [from, into, port]),
          ),
        );
        assert.deepEqual(closed, []);
        await remove();
      });
    }

    for (const strategy of ["nlb", "alb"]) {
      it(`tags where EKS Auto Mode makes the load balancer, ${strategy}`, async () => {
        await isTaken({
          mode: "sidecar",
          cluster,
          loadBalancerController: "eks-auto-mode",
          tags: { team: "platform" },
          ingress: { strategy, scheme: "internet-facing" },
        });
      });
    }
  });
});
