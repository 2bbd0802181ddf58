import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { type AddonsArgs, addonsShape } from "./addons/addons-args";
import { type ControlPlaneArgs, controlPlaneShape } from "./control-plane/args/control-plane-args";
import { type IstioArgs, istioShape } from "./control-plane/args/istio-args";
import { type CleanupArgs, cleanupShape } from "./cleanup/cleanup-args";
import { type ClusterArgs, clusterShape } from "./cluster/cluster-args";
import { type EgressArgs, egressShape } from "./egress/egress-args";
import { type GatewayApiArgs, gatewayApiShape } from "./control-plane/gateway-api/gateway-api-args";
import { type IngressArgs, ingressShape } from "./ingress/ingress-args";
import { policyArn } from "./inputs/aws/aws-id";
import { choice } from "./inputs/choice";
import { field } from "./inputs/form";
import { inputValue } from "./inputs/input-value";
import { mapOf, shape } from "./inputs/shape";
import { tagValue, tagKey } from "./inputs/aws/tag";
import { type MultiClusterArgs, multiClusterShape } from "./multi-cluster/multi-cluster-args";
import { type NamespaceArgs, namespaceShape } from "./control-plane/namespaces/namespace-args";
import { LoadBalancerController, Mode } from "./plan/enums";
import { type TrafficArgs, trafficShape } from "./traffic/traffic-args";
import { type VpcCniArgs, vpcCniShape } from "./vpc-cni/vpc-cni-args";
import { type SecurityArgs, securityShape } from "./security/security-args";
import { type TelemetryArgs, telemetryShape } from "./telemetry/telemetry-args";
import { ingressName, kubernetesName } from "./inputs/text";

/** All settings of a mesh. In a stack's configuration file they are the members of `istio-mesh:mesh`. */
export interface IstioMeshArgs {
  /**
   * The data plane: `sidecar`, a proxy in every pod; or `ambient`, one per node.
   *
   * @remarks Changing it upgrades the control plane in place; pods injected before keep their sidecars until restarted.
   * @example `"ambient"`
   */
  mode: Mode;
  /** The EKS cluster. */
  cluster: ClusterArgs;
  /** The ingress called `istio-ingress`. @defaultValue none: no load balancer */
  ingress?: IngressArgs;
  /** More ingresses, by name: for example an internal one beside the public one, or two ALBs in front of one gateway. */
  additionalIngresses?: { [name: string]: IngressArgs };
  /** Version of Istio, where its charts come from, their values. */
  istio?: IstioArgs;
  /** The pods of istiod. */
  controlPlane?: ControlPlaneArgs;
  /** Application namespaces that take part in the mesh, by name. */
  namespaces?: { [name: string]: NamespaceArgs };
  /** The Gateway API's CustomResourceDefinitions. */
  gatewayApi?: GatewayApiArgs;
  /** mTLS, identities, policies and the nodes' rules. */
  security?: SecurityArgs;
  /** Traffic to hosts outside the mesh. @defaultValue it may go everywhere, straight from the pods */
  egress?: EgressArgs;
  /** Retries, outlier detection, connection limits and zones, for the whole mesh. @defaultValue as Istio is by itself */
  traffic?: TrafficArgs;
  /** Access logs and traces. */
  telemetry?: TelemetryArgs;
  /** What one watches the mesh with: Prometheus, Grafana, Kiali, Jaeger, CloudWatch. */
  addons?: AddonsArgs;
  /** Security groups of single pods, beside ambient mode. @defaultValue untouched */
  vpcCni?: VpcCniArgs;
  /** Several EKS clusters in one mesh. @defaultValue none: the mesh is of this cluster only */
  multiCluster?: MultiClusterArgs;
  /** What destroy does first. */
  cleanup?: CleanupArgs;
  /**
   * Who turns Services and Ingresses into load balancers. It must be in the cluster before the mesh, and outlive it: if
   * the same program installs it, the mesh `dependsOn` it.
   *
   * @defaultValue `"aws-load-balancer-controller"`
   * @remarks Changing it replaces every load balancer, the old one first; records follow. Keep the old controller running
   * until `pulumi up` is through: it removes its load balancers.
   * @example `"eks-auto-mode"`
   */
  loadBalancerController?: LoadBalancerController;
  /**
   * Tags on every AWS resource and load balancer.
   *
   * @remarks EKS Auto Mode may not tag load balancers with them: there they are left off (docs/permissions.md).
   * @example `{ team: "platform" }`
   */
  tags?: { [key: string]: pulumi.Input<string> };
  /**
   * ARN of a managed IAM policy: the permissions boundary of every IAM role that the component creates. Roles are created for
   * `telemetry.tracing.provider: xray`, `addons.cloudwatch` and Amazon Managed Service for Prometheus only; other meshes do not
   * read it.
   *
   * @defaultValue no boundary
   * @remarks With it, the policy of `istio-eks plan --format iam` writes no role without this boundary
   * (`iam:PermissionsBoundary`), so that whoever holds it gains no rights beyond the boundary (docs/permissions.md). The
   * boundary must allow `xray:PutTraceSegments`, the agent's actions of CloudWatch or `aps:RemoteWrite`, or the pods' calls are denied.
   * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   * @example `"arn:aws:iam::123456789012:policy/workload-boundary"`
   */
  permissionsBoundaryArn?: pulumi.Input<string>;
}

export const istioMeshShape = shape({
  mode: field(choice(Mode)),
  cluster: clusterShape,
  ingress: ingressShape.optional(),
  additionalIngresses: mapOf(ingressShape, ingressName).optional(),
  istio: istioShape.optional(),
  controlPlane: controlPlaneShape.optional(),
  namespaces: mapOf(namespaceShape, kubernetesName).optional(),
  gatewayApi: gatewayApiShape.optional(),
  security: securityShape.optional(),
  egress: egressShape.optional(),
  traffic: trafficShape.optional(),
  telemetry: telemetryShape.optional(),
  addons: addonsShape.optional(),
  vpcCni: vpcCniShape.optional(),
  multiCluster: multiClusterShape.optional(),
  cleanup: cleanupShape.optional(),
  loadBalancerController: field(choice(LoadBalancerController)).optional(),
  tags: mapOf(field(inputValue(tagValue)), tagKey).optional(),
  permissionsBoundaryArn: field(inputValue(policyArn)).optional(),
} satisfies Record<keyof IstioMeshArgs, z.ZodType>);
