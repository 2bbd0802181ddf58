import { type Lookup, policyText } from "../../../cli/formats/iam";
import { ArgumentsError, planMesh } from "../../../cli/plan/plan";
import { accountAnswers } from "../expected/account-answers";
import { region } from "../test-env/aws";
import type { TestEnv } from "../test-env/test-env";
import { meshIn } from "./config-file";

/** Who runs `pulumi` on one stack, with the rights of `istio-eks plan --format iam` and no others. */
export class Deployer {
  private readonly accessKey: string;
  private planned = "";

  public constructor(
    private readonly testEnv: TestEnv,
    private readonly stack: string,
  ) {
    this.accessKey = `AKIA${stack.toUpperCase().replace(/[^A-Z0-9]/g, "")}`;
  }

  public get environment(): Readonly<Record<string, string>> {
    return { AWS_ACCESS_KEY_ID: this.accessKey };
  }

  /**
   * Attaches the policy of the stack's configuration. Those of earlier configurations stay: what they have made, the next
   * run may have to remove.
   */
  public async mayDeploy(configFile: string): Promise<void> {
    const mesh = meshIn(configFile);
    const text = JSON.stringify(mesh);
    if (text === this.planned) return;
    this.planned = text;
    const policy = await this.policyOf(mesh);
    if (policy === undefined) return;
    this.testEnv.proxy.principals.attach(this.accessKey, `arn:aws:iam::123456789012:role/${this.stack}`, policy);
  }

  /** Undefined where the component refuses the configuration: then nothing is asked of AWS. */
  private async policyOf(mesh: unknown): Promise<object | undefined> {
    const lookups: Lookup[] = [];
    const answer = accountAnswers(this.testEnv.account, this.testEnv.cluster.access.server);
    try {
      const { resources } = await planMesh(mesh, (token, inputs) => {
        const answered = answer(token, inputs);
        lookups.push({ token, inputs, answer: answered });
        return answered;
      });
      return JSON.parse(policyText(resources, { lookups, region })) as object;
    } catch (error) {
      if (error instanceof ArgumentsError) return undefined;
      throw error;
    }
  }
}
