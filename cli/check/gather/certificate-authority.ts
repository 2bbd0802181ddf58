import type { MeshSettings } from "../../../components/plan/settings";
import { answered, type QueryResult, whenAnswered } from "../facts";
import { choiceFlags, type ClusterChoice } from "./proxy";
import { query, type Tools } from "./tool";

/** The files of the Secret that hold certificates, by both names that istiod reads. */
const files = ["ca-cert.pem", "cert-chain.pem", "root-cert.pem", "tls.crt", "ca.crt"];

/**
 * Gets the certificates with which istiod signs. kubectl prints these files of the Secret alone, so that this process never
 * has the private key.
 */
export async function findAuthority(
  { security, controlPlane }: MeshSettings,
  choice: ClusterChoice,
  tools: Tools,
): Promise<QueryResult<readonly string[] | undefined>> {
  const { certificateAuthority: authority } = security;
  if (authority === undefined) return answered(undefined);
  const { secretName } = authority;
  const printed = files.map((file) => `{.data.${file.replace(".", "\\.")}}{"\\n"}`).join("");
  const where = ["get", "secret", secretName, "--namespace", controlPlane.namespace, "--ignore-not-found"];
  const args = [...where, `--output=jsonpath=${printed}`, ...choiceFlags(choice)];
  const text = `kubectl get secret ${secretName} --namespace ${controlPlane.namespace}`;
  const answer = await query({ party: "cluster", program: tools.kubectl, args, text }, tools);
  return whenAnswered(answer, (output) => {
    // Nothing at all where there is no Secret, and a line for each file where there is one.
    if (output === "") return undefined;
    const texts = output.split("\n").filter((line) => line !== "");
    return texts.map((line) => Buffer.from(line, "base64").toString());
  });
}
