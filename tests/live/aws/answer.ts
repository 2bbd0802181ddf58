import type { Call } from "./call";

/** What the proxy sends back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface AwsFault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Services that answer in JSON; the others speak XML, EC2 in a form of its own. */
const jsonServices: readonly string[] = ["acm", "eks", "wafv2", "shield", "tagging"];

/** An error in the form in which the service of the call tells errors. */
export function errorAnswer({ service }: Call, { status, code, message }: AwsFault): Answer {
  if (jsonServices.includes(service)) {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": code };
    return { status, headers, body: JSON.stringify({ __type: code, message }) };
  }
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
  const body =
    service === "ec2"
      ? `<Response><Errors>${error}</Errors><RequestID>live</RequestID></Response>`
      : `<ErrorResponse>${error}<RequestId>live</RequestId></ErrorResponse>`;
  return { status, headers: { "content-type": "text/xml" }, body };
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

export function jsonAnswer(content: unknown, status = 200): Answer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(content) };
}
