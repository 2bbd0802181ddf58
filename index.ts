import * as pulumi from "@pulumi/pulumi";
import { IstioMesh, type IstioMeshArgs } from "./components";
import { problemsText } from "./components/inputs/problem";
import { checkConfigKeys, sealLeaves } from "./components/stack-config";

const config = new pulumi.Config();

const strangers = checkConfigKeys(config.name, Object.keys(pulumi.runtime.allConfig()));
if (strangers.length > 0) throw new pulumi.RunError(problemsText("mesh", strangers));

// Pulumi tells only that a secret is somewhere below the key, so that every text which may be it stays secret.
// (The function is there at run time, only its type is not published.)
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };
const plain = config.requireObject<IstioMeshArgs>("mesh");
const args = isConfigSecret(`${config.name}:mesh`) ? (sealLeaves(plain, pulumi.secret) as IstioMeshArgs) : plain;

const mesh = new IstioMesh("mesh", args);

export const { url, hostname, ingresses, namespace, ingressNamespace, version, revision, enrolmentLabels } = mesh;
