/** The hosted zones in which AWS keeps the names of its load balancers, as its documentation lists them, by region. */
export const balancerZones: Readonly<Record<string, { readonly application: string; readonly network: string }>> = {
  "eu-central-1": { application: "Z215JYRZR1TBD5", network: "Z3F0SRJ5LGBH90" },
  "us-east-1": { application: "Z35SXDOTRQ7X7K", network: "Z26RNL4JYFTOTI" },
};
