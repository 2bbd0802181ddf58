import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { gatewayReplicas } from "./gateway-replicas";
import { equalVersions } from "./equal-versions";
import { openPorts } from "./open-ports";
import { pinnedVersions } from "./pinned-versions";
import { publicTls } from "./public-tls";
import { strictMtls } from "./strict-mtls";

/** All policies of the pack. */
export const policies: readonly (ResourceValidationPolicy | StackValidationPolicy)[] = [
  pinnedVersions,
  equalVersions,
  strictMtls,
  openPorts,
  publicTls,
  gatewayReplicas,
];
