import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { readStackFile } from "../../cli/stack-file";
import { pem } from "../support/certificates";
import { scenarios } from "../support/golden";
import { type AwsTrial, startAwsTrial } from "./aws-trial";
import { withRealIds } from "./replay/real-ids";
import { replay } from "./replay/replay";
import { describeAws } from "./tier";

const cluster = { name: "my-cluster" };

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
        await isTaken(mesh);
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

    it("the name of a load balancer, from the name that @pulumi/eks gives to a cluster", async () => {
      const { remove } = await replay(trial, {
        mode: "sidecar",
        cluster: { name: pulumi.output("name-eksCluster-1a2b3c4") },
        ingress: { strategy: "alb", scheme: "internet-facing" },
      });
      await remove();
    });

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
