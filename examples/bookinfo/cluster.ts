import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** A way into an EKS cluster that is there already, by its name; `aws` gets a token whenever it is used. */
export function providerOf(name: string): k8s.Provider {
  const cluster = aws.eks.getClusterOutput({ name });
  const kubeconfig = pulumi.jsonStringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name,
        cluster: {
          server: cluster.endpoint,
          "certificate-authority-data": cluster.certificateAuthorities.apply(([authority]) => authority?.data),
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["eks", "get-token", "--cluster-name", name, "--region", cluster.region],
            interactiveMode: "Never",
          },
        },
      },
    ],
  });
  return new k8s.Provider("kubernetes", { kubeconfig, clusterIdentifier: name });
}
