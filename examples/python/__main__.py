"""Istio on an existing EKS cluster, behind a public Network Load Balancer."""

import pulumi
import pulumi_istio_eks as istio_eks

config = pulumi.Config()
charts = config.get("chartRepository")  # your mirror, if you have one
definitions = config.get("gatewayApiManifest")  # likewise

mesh = istio_eks.IstioMesh(
    "mesh",
    mode=istio_eks.Mode.AMBIENT,
    cluster=istio_eks.ClusterArgs(name=config.require("cluster")),
    ingress=istio_eks.IngressArgs(
        strategy=istio_eks.IngressStrategy.NLB,
        scheme=istio_eks.Scheme.INTERNET_FACING,
    ),
    namespaces={"shop": istio_eks.NamespaceArgs()},
    istio=istio_eks.IstioArgs(chart_repository=charts) if charts else None,
    gateway_api=istio_eks.GatewayApiArgs(manifest=definitions) if definitions else None,
)

pulumi.export("url", mesh.url)
pulumi.export("version", mesh.version)
pulumi.export("securityGroup", mesh.ingresses["istio-ingress"].security_group_id)
