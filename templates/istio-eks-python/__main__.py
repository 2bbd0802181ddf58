"""Istio on an existing EKS cluster, behind an internet-facing Network Load Balancer."""

import pulumi
import pulumi_istio_eks as istio_eks

config = pulumi.Config()

mesh = istio_eks.IstioMesh(
    "mesh",
    mode=istio_eks.Mode.AMBIENT,
    cluster=istio_eks.ClusterArgs(name=config.require("clusterName")),
    ingress=istio_eks.IngressArgs(
        strategy=istio_eks.IngressStrategy.NLB,
        scheme=istio_eks.Scheme.INTERNET_FACING,
        hostnames=[config.require("hostname")],
        dns=istio_eks.DnsArgs(zone_name=config.require("zoneName")),
        tls=istio_eks.TlsArgs(request_certificate=True),
    ),
)

pulumi.export("url", mesh.url)
