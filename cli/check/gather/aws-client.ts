import type { AssumedRole } from "../../../components/plan/aws-provider";
import type { StackCredentials } from "../../stack/stack-credentials";
import { answered, type QueryResult, refused, whenAnswered } from "../facts";
import { textAt } from "../kubernetes-object";
import { query, type Tools } from "./tool";

/** Where AWS is asked, and with which profile; none: with the credentials of the environment. */
export interface AwsPlace {
  readonly region: string | undefined;
  readonly profile: string | undefined;
}

/** The credentials of the stack's AWS provider, and its region. */
export interface AwsIdentity extends StackCredentials {
  readonly region: string | undefined;
}

/** The AWS CLI, for one region and identity. */
export class Aws {
  public constructor(
    private readonly place: AwsPlace,
    private readonly tools: Tools,
  ) {}

  public async query(service: string, action: string, flags: readonly string[] = []): Promise<QueryResult<unknown>> {
    const { region, profile } = this.place;
    const seconds = String(this.tools.timeoutSeconds);
    const where = [
      ...(region === undefined ? [] : ["--region", region]),
      ...(profile === undefined ? [] : ["--profile", profile]),
    ];
    const timeouts = ["--cli-connect-timeout", seconds, "--cli-read-timeout", seconds];
    const args = [service, action, ...flags, ...where, ...timeouts, "--output", "json"];
    const question = `aws ${service} ${action}`;
    const message = await query({ party: "aws", program: this.tools.aws, args, text: question }, this.tools);
    if (!message.known) return message;
    try {
      return answered(JSON.parse(message.answer.trim() === "" ? "{}" : message.answer) as unknown);
    } catch {
      // Nothing of it is shown: an answer can hold credentials.
      return refused({ party: "aws", reason: "failed", question, message: "text that is no JSON" });
    }
  }

  /** The same with other credentials, which go before those of the profile in the environment. */
  public withCredentials(keys: Readonly<Record<string, string>>): Aws {
    const environment = Object.fromEntries(
      Object.entries(this.tools.environment).filter(([name]) => !ofOtherCredentials.includes(name)),
    );
    const tools = { ...this.tools, environment: { ...environment, ...keys } };
    return new Aws({ ...this.place, profile: undefined }, tools);
  }
}

/** Belong to the credentials that the environment had before, and go before or with the usual three. */
const ofOtherCredentials = ["AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION"];

/** AWS with the credentials of the stack's AWS provider: its profile, and the roles that it assumes one after another. */
export async function openAws(identity: AwsIdentity, tools: Tools): Promise<QueryResult<Aws>> {
  const { region, profile, roles, unusable } = identity;
  if (unusable.length > 0) {
    const question = "aws sts get-caller-identity";
    return refused({ party: "aws", reason: "not-asked", question, message: unusable.join("; ") });
  }
  return roles.reduce<Promise<QueryResult<Aws>>>(
    async (before, role) => {
      const aws = await before;
      return aws.known ? assumeRole(aws.answer, role) : aws;
    },
    Promise.resolve(answered(new Aws({ region, profile }, tools))),
  );
}

/** AWS in a role. Its credentials go to the environment of the commands alone. */
export async function assumeRole(aws: Aws, { roleArn, externalId }: AssumedRole): Promise<QueryResult<Aws>> {
  const flags = [
    ...["--role-arn", roleArn, "--role-session-name", "istio-eks-check"],
    ...(externalId === undefined ? [] : ["--external-id", externalId]),
  ];
  const message = await aws.query("sts", "assume-role", flags);
  const question = `aws sts assume-role --role-arn ${roleArn}`;
  if (!message.known) return refused({ ...message.refusal, question });
  return whenAnswered(message, (answer) => {
    const member = (name: string) => textAt(answer, "Credentials", name);
    return aws.withCredentials({
      AWS_ACCESS_KEY_ID: member("AccessKeyId"),
      AWS_SECRET_ACCESS_KEY: member("SecretAccessKey"),
      AWS_SESSION_TOKEN: member("SessionToken"),
    });
  });
}
