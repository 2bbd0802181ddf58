import assert from "node:assert/strict";
import { lastLine, reasonIn } from "../../cli/check/meaning";

/** As the tools said it when they were tried. */
const sayings = {
  "An error occurred (AccessDeniedException) when calling the DescribeCluster operation: User: arn is not authorized":
    "forbidden",
  "An error occurred (UnauthorizedOperation) when calling the DescribeSubnets operation": "forbidden",
  'secrets is forbidden: User "u" cannot list resource "secrets" in API group ""': "forbidden",
  "An error occurred (ExpiredTokenException) when calling the ListCertificates operation": "credentials",
  "The security token included in the request is invalid": "credentials",
  'Unable to locate credentials. You can configure credentials by running "aws configure".': "credentials",
  "Error loading SSO Token: Token for x does not exist": "credentials",
  "getting credentials: exec: executable aws failed with exit code 255": "credentials",
  "The config profile (x) could not be found": "credentials",
  Unauthorized: "credentials",
  'Could not connect to the endpoint URL: "https://eks.eu-central-1.amazonaws.com"': "unreachable",
  "dial tcp 127.0.0.1:8080: connect: connection refused": "unreachable",
  "dial tcp: lookup x on 10.0.0.2:53: no such host": "unreachable",
  "tls: failed to verify certificate: x509: certificate signed by unknown authority": "unreachable",
  'error: context "nowhere" does not exist': "unreachable",
  "net/http: request canceled (Client.Timeout exceeded): timed out": "late",
  "context deadline exceeded": "late",
  "I am a teapot": "failed",
} as const;

describe("reasonIn", () => {
  for (const [message, reason] of Object.entries(sayings)) {
    it(`takes "${message.slice(0, 60)}" for ${reason}`, () => {
      assert.equal(reasonIn(message), reason);
    });
  }
});

describe("lastLine", () => {
  it("is the last that says something, without the mark of kubectl's log", () => {
    assert.equal(lastLine("usage: aws\n\naws: error: no\n\n"), "aws: error: no");
    const log =
      "E1121 18:52:39.473354   15098 proxy_server.go:147] Error while proxying request: getting credentials\n";
    assert.equal(lastLine(log), "getting credentials");
    assert.equal(lastLine("\n"), "");
    assert.equal(lastLine("x".repeat(1000)).length, 300);
  });
});
