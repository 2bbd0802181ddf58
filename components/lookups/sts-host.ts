/**
 * DNS suffixes of AWS' partitions by the beginning of their regions' names; every other region is in the partition `aws`,
 * or in `aws-us-gov`, which has the same suffix.
 *
 * Source: botocore's partitions.json
 */
const suffixes: Readonly<Record<string, string>> = {
  "cn-": "amazonaws.com.cn",
  "eusc-": "amazonaws.eu",
  "us-iso-": "c2s.ic.gov",
  "us-isob-": "sc2s.sgov.gov",
  "us-isof-": "csp.hci.ic.gov",
  "eu-isoe-": "cloud.adc-e.uk",
};

/**
 * The regional host of AWS STS, which the SDKs ask inside EKS pods (`AWS_STS_REGIONAL_ENDPOINTS=regional`). The mocks of a
 * unit test may answer without a region, which AWS never does.
 */
export function stsHostOf(region = "undefined"): string {
  const [suffix = "amazonaws.com"] = Object.entries(suffixes).flatMap(([prefix, one]) =>
    region.startsWith(prefix) ? [one] : [],
  );
  return `sts.${region}.${suffix}`;
}
