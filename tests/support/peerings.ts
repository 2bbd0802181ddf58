import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { answerWith, exampleFacts } from "../../cli/plan/example-facts";
import { type PeeringPlan, planPeering } from "../../cli/peering/peering-plan";
import { readStackFile } from "../../cli/stack/stack-file";
import { withoutStacks } from "./quick";

/** The text of the stack file of a cluster; `changes` are members of `multiCluster`, `more` those of the mesh. */
export function clusterFile(name: string, changes: object = {}, more: object = {}): string {
  const multiCluster = { meshId: "production", eastWest: { allowedCidrs: ["10.0.0.0/16"] }, ...changes };
  const security = { certificateAuthority: { secretName: "cacerts" } };
  const mesh = { mode: "sidecar", cluster: { name: `production-${name}` }, security, ...more, multiCluster };
  return stringify({ config: { "aws:region": "eu-central-1", "istio-mesh:mesh": mesh } });
}

/** What stands in a stack file for an encrypted kubeconfig. */
export const encrypted = { kubeconfig: { secure: "v1:b2xkLWtleS1leGFt:cGxlIG9mIGFuIGVuY3J5cHRlZCB2YWx1ZQ==" } };

/** Plans stack files by the name of their stack. */
export function plannedPeering(files: Readonly<Record<string, string>>): Promise<PeeringPlan> {
  const all = Object.entries(files).map(([name, text]) => ({
    ...{ name, region: "eu-central-1" },
    file: readStackFile(text, `Pulumi.${name}.yaml`, () => pulumi.secret("[secret]")),
  }));
  return withoutStacks(() => planPeering(all, answerWith(exampleFacts({}))));
}
