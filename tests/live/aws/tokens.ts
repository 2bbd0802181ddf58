import { type Answer, jsonAnswer } from "./answer";

/** The question of the API server: whose token is this? */
interface TokenReview {
  readonly apiVersion?: string;
  readonly spec?: { readonly token?: string };
}

/** Answers as EKS does: a token is a signed question to STS, and it is as good as its signature is young. */
export function reviewToken(body: string, accepted: boolean): Answer {
  const { apiVersion, spec } = JSON.parse(body) as TokenReview;
  const authenticated = accepted && isFresh(spec?.token ?? "");
  const user = { username: "arn:aws:iam::123456789012:user/live", groups: ["system:masters"] };
  const status = authenticated ? { authenticated, user } : { authenticated };
  return jsonAnswer({ apiVersion, kind: "TokenReview", status });
}

const fourteenMinutes = 14 * 60 * 1000;

function isFresh(token: string): boolean {
  const [, encoded] = /^k8s-aws-v1\.(.+)$/.exec(token) ?? [];
  if (encoded === undefined) return false;
  const signed = new URL(Buffer.from(encoded, "base64url").toString());
  const date = signed.searchParams.get("X-Amz-Date") ?? "";
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
