/**
 * Refuses every endpoint that is not on this machine, so that no mistake in a test can reach an account.
 * @throws Error
 */
export function requireLoopback(endpoint: string | undefined): string {
  if (endpoint === undefined || endpoint === "") {
    throw new Error("no AWS endpoint is given (AWS_ENDPOINT_URL), and this must never speak to the real AWS");
  }
  const { hostname } = new URL(endpoint);
  if (hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname)) return endpoint;
  throw new Error(`the AWS endpoint ${endpoint} is not on this machine, and this must never speak to the real AWS`);
}
