import * as pulumi from "@pulumi/pulumi";
import { IstioMesh, type IstioMeshArgs } from "./components";
import { problemsText } from "./components/inputs/problem";
import { istioMeshShape } from "./components/istio-mesh-args";
import { secretInputs, withSecrets } from "./components/resources/secrets";
import { secretDetector, secretTexts } from "./components/secret-texts";
import { checkConfigKeys } from "./components/stack-config";

const config = new pulumi.Config();

const unknownKeys = checkConfigKeys(config.name, Object.keys(pulumi.runtime.allConfig()));
if (unknownKeys.length > 0) throw new pulumi.RunError(problemsText("mesh", unknownKeys));

// Pulumi only knows that a secret is somewhere below the key, so that every text that may be it is kept secret.
// (The function is there at run time, only its type is not published.)
const { isConfigSecret } = pulumi.runtime as unknown as { readonly isConfigSecret: (key: string) => boolean };
const args = config.requireObject<IstioMeshArgs>("mesh");
const secrets = isConfigSecret(`${config.name}:mesh`) ? secretTexts(istioMeshShape, args) : [];
const isSecret = secretDetector(secrets);

/** The mesh as a stack has it: its outputs are in the state too. */
class StackMesh extends IstioMesh {
  protected override registerOutputs(outputs: pulumi.Inputs): void {
    super.registerOutputs(withSecrets(outputs, isSecret));
  }
}

const transformations = secrets.length > 0 ? [secretInputs(isSecret)] : [];
const mesh = new StackMesh("mesh", args, { transformations });

export const url = withSecrets(mesh.url, isSecret);
export const hostname = withSecrets(mesh.hostname, isSecret);
export const ingresses = withSecrets(mesh.ingresses, isSecret);
export const { peerAccess, eastWestAddress } = mesh;
export const { namespace, ingressNamespace, version, revision, enrolmentLabels } = mesh;
