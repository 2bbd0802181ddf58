import { type Answer, jsonAnswer } from "./answer";

/** The question of the API server: whose token is this? */
interface TokenReview {
  readonly apiVersion?: string;
  readonly spec?: { readonly token?: string };
}

/** Whether the caller with this access key has an access entry of the cluster. */
type HasAccess = (accessKey: string) => boolean;

/**
 * Answers as EKS does: a token is a signed question to STS, which is as good as its signature is young, and its signer
 * needs access to the cluster.
 */
export function reviewToken(body: string, hasAccess: HasAccess): Answer {
  const { apiVersion, spec } = JSON.parse(body) as TokenReview;
  const question = signedQuestion(spec?.token ?? "");
  const authenticated = question !== undefined && isFresh(question) && hasAccess(accessKeyOf(question));
  const user = { username: "arn:aws:iam::123456789012:user/live", groups: ["system:masters"] };
  const status = authenticated ? { authenticated, user } : { authenticated };
  return jsonAnswer({ apiVersion, kind: "TokenReview", status });
}

const fourteenMinutes = 14 * 60 * 1000;

function signedQuestion(token: string): URL | undefined {
  const [, encoded] = /^k8s-aws-v1\.(.+)$/.exec(token) ?? [];
  return encoded === undefined ? undefined : new URL(Buffer.from(encoded, "base64url").toString());
}

function accessKeyOf(question: URL): string {
  const [accessKey = ""] = (question.searchParams.get("X-Amz-Credential") ?? "").split("/");
  return accessKey;
}

function isFresh(question: URL): boolean {
  const date = question.searchParams.get("X-Amz-Date") ?? "";
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.now() - Date.UTC(y, mo - 1, d, h, mi, s) < fourteenMinutes;
}
