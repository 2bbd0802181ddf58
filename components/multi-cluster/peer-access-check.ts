import { X509Certificate } from "node:crypto";
import { display, hidden } from "../inputs/display";
import { valueAt } from "../inputs/path";
import type { Problem } from "../plan/problem";

/** The user and the cluster of a kubeconfig's current context. */
export interface Access {
  readonly user: unknown;
  readonly cluster: unknown;
}

const suggestion = "write the output peerAccess of the peer's mesh";

/** The problem of a peer's kubeconfig that does not say where its gateway is. */
export function withoutGateway(path: string): Problem {
  return {
    path,
    given: display("a kubeconfig without the address of an east-west gateway"),
    allowed: "with mode ambient the output peerAccess of the peer's mesh, of mode ambient too: it has that address",
    suggestion: `${suggestion}, and run pulumi up there first`,
  };
}

/**
 * Checks what istiod would only log: it then runs without the peer, and no preview or `pulumi up` shows it.
 * Source: istio/istio pkg/kube/multicluster/secretcontroller.go, createRemoteCluster
 */
export function checkAccess({ user, cluster }: Access, path: string): readonly Problem[] {
  const server = valueAt(cluster, ["server"]);
  return [
    ...complain(!isHttps(server), path, {
      given: `server ${isPrintable(server) ? server : hidden}`,
      allowed: "the address of the peer's API server, which begins with https://: istiod sends its token there",
      suggestion: `aws eks describe-cluster --query cluster.endpoint prints it; or ${suggestion}`,
    }),
    ...checkAuthority(cluster, path),
    ...complain(!hasCredentials(user), path, {
      given: "a kubeconfig without a token",
      allowed: "a token of istio-reader-service-account that is not empty",
      suggestion,
    }),
  ];
}

/** The path is that of a secret, and what is given here is none. */
function complain(broken: boolean, path: string, complaint: Omit<Problem, "path">): readonly Problem[] {
  return broken ? [{ path, ...complaint, given: display(complaint.given) }] : [];
}

/** An address may have a password in it. */
function isPrintable(server: unknown): server is string {
  return typeof server === "string" && !server.includes("@");
}

function isHttps(server: unknown): boolean {
  if (typeof server !== "string" || !URL.canParse(server)) return false;
  const { protocol, username } = new URL(server);
  return protocol === "https:" && username === "";
}

/** Without any, istiod takes those of its image: for an API server behind a load balancer with a public certificate. */
function checkAuthority(cluster: unknown, path: string): readonly Problem[] {
  const data = valueAt(cluster, ["certificate-authority-data"]);
  return [
    ...complain(data !== undefined && !isPem(data), path, {
      given: "certificate-authority-data of another kind",
      allowed: "certificates in PEM format, and these in base64: with others istiod does not connect",
      suggestion: `aws eks describe-cluster --query cluster.certificateAuthority.data prints it; or ${suggestion}`,
    }),
    ...complain(valueAt(cluster, ["certificate-authority"]) !== undefined, path, {
      given: "certificate-authority, the path of a file",
      allowed: "certificate-authority-data: istiod has no file of this machine",
      suggestion: `kubectl config view --raw --flatten writes it so; or ${suggestion}`,
    }),
    ...complain(valueAt(cluster, ["insecure-skip-tls-verify"]) === true, path, {
      given: "insecure-skip-tls-verify: true",
      allowed: "nothing: whoever answers in place of the API server would get the token and decide where requests go",
      suggestion: "remove it and write certificate-authority-data",
    }),
  ];
}

function isPem(data: unknown): boolean {
  const text = typeof data === "string" ? Buffer.from(data, "base64").toString() : "";
  if (!text.includes("-----BEGIN CERTIFICATE-----")) return false;
  try {
    new X509Certificate(text);
    return true;
  } catch {
    return false;
  }
}

/** A certificate with its key is the other way that istiod takes without a file or a command. */
function hasCredentials(user: unknown): boolean {
  return ["token", "client-key-data"].some((member) => {
    const found = valueAt(user, [member]);
    return typeof found === "string" && found.trim() !== "";
  });
}
