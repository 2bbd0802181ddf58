/**
 * The logical names of everything the mesh makes, without the mesh's own name in front.
 *
 * They are contract: Pulumi knows a resource by its name, so another name is another resource, and a load balancer
 * would be replaced. Each begins with a noun that begins no other one, and where a second part follows a name that the
 * user chose, a slash stands between them: so no two can be equal.
 */
export const logicalNames = {
  provider: "kubernetes",
  crdsProvider: "crds-provider",
  crds: "crds",
  namespace: (namespace: string) => `namespace-${namespace}`,
  enrolment: (namespace: string) => `enrolment-${namespace}`,
  /** Not `certificate-authority`, which is the certificate of an ingress called `authority`. */
  certificateAuthority: "cacerts",
  authorityKey: (generation: number) => `authority-key-${generation}`,
  authorityRequest: (generation: number) => `authority-request-${generation}`,
  authorityCertificate: (generation: number) => `authority-certificate-${generation}`,
  base: "base",
  istiod: (revision: string) => (revision === "" ? "istiod" : `istiod-${revision}`),
  cni: "cni",
  ztunnel: "ztunnel",
  vpcCni: (mode: string) => `vpc-cni-${mode}`,
  gateway: (gateway: string) => `gateway-${gateway}`,
  parameters: (gateway: string) => `parameters-${gateway}`,
  istioGateway: (ingress: string) => `istio-gateway-${ingress}`,
  redirect: (gateway: string) => `redirect-${gateway}`,
  envoyFilter: (gateway: string) => `envoyfilter-${gateway}`,
  waypoint: (namespace: string) => `waypoint-${namespace}`,
  waypointParameters: (namespace: string) => `waypointparams-${namespace}`,
  route: (ingress: string, route: string) => `route-${ingress}/${route}`,
  referenceGrant: (ingress: string, route: string, namespace: string) =>
    `reference-grant-${ingress}/${route}@${namespace}`,
  awsCredentials: (source: string) => `aws-credentials-${source}`,
  serviceEntry: (host: string) => `serviceentry-${host}`,
  destinationRule: (host: string) => `destinationrule-${host}`,
  virtualService: (host: string) => `virtualservice-${host}`,
  service: (ingress: string) => `service-${ingress}`,
  ingress: (ingress: string) => `ingress-${ingress}`,
  ingressClass: (ingress: string) => `ingressclass-${ingress}`,
  ingressClassParams: (ingress: string) => `ingressclassparams-${ingress}`,
  securityGroup: (ingress: string) => `security-group-${ingress}`,
  rule: (ingress: string, rule: string) => `rule-${ingress}/${rule}`,
  /** Groups of nodes are known by id, or by their place in the list where the id is not known yet. */
  webhookRule: (group: string) => `webhook-rule-${group}`,
  nodeRule: (into: string, port: number, from: string) => `node-rule-${into}/${port}-from-${from}`,
  certificate: (ingress: string) => `certificate-${ingress}`,
  issuedCertificate: (ingress: string) => `issued-certificate-${ingress}`,
  validationRecord: (domain: string) => `validation-record-${domain}`,
  dnsProvider: (ingress: string) => `dns-provider-${ingress}`,
  aliasRecord: (type: "A" | "AAAA", hostname: string, scope: string) =>
    `${type.toLowerCase()}-record-${hostname}${scope === "" ? "" : `/${scope}`}`,
  peerAuthentication: (namespace: string, name: string) => `peer-authentication-${namespace}/${name}`,
  authorizationPolicy: (namespace: string, name: string) => `authorization-policy-${namespace}/${name}`,
  networkPolicy: (namespace: string, name: string) => `network-policy-${namespace}/${name}`,
  telemetry: "telemetry",
  trafficPolicy: "traffic-policy",
  sidecarScope: "sidecar-scope",
  addon: (addon: string) => `addon-${addon}`,
  volumeClaim: (addon: string) => `volume-claim-${addon}`,
  podRole: (addon: string) => `pod-role-${addon}`,
  permissions: (addon: string) => `permissions-${addon}`,
  podIdentity: (addon: string) => `pod-identity-${addon}`,
  rateLimit: (gateway: string) => `rate-limit-${gateway}`,
  webAcl: (ingress: string) => `web-acl-${ingress}`,
  readerToken: (generation: number) => `reader-token-${generation}`,
  remoteSecret: (cluster: string) => `remote-secret-${cluster}`,
  remoteGateway: (cluster: string) => `remote-gateway-${cluster}`,
  /** Groups and peers are known by id, or by their place in the list where the id is not known yet. */
  flatNetworkRule: (into: string, from: string) => `flat-network-rule-${into}/from-${from}`,
  cleanup: "cleanup",
} as const;
