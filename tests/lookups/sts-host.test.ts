import assert from "node:assert/strict";
import { stsHostOf } from "../../components/lookups/sts-host";

describe("stsHostOf", () => {
  it("has the DNS suffix of the region's partition, as botocore's partitions.json has it", () => {
    const hosts = {
      "eu-west-1": "sts.eu-west-1.amazonaws.com",
      "us-gov-west-1": "sts.us-gov-west-1.amazonaws.com",
      "cn-north-1": "sts.cn-north-1.amazonaws.com.cn",
      "eusc-de-east-1": "sts.eusc-de-east-1.amazonaws.eu",
      "us-iso-east-1": "sts.us-iso-east-1.c2s.ic.gov",
      "us-isob-east-1": "sts.us-isob-east-1.sc2s.sgov.gov",
      "us-isof-south-1": "sts.us-isof-south-1.csp.hci.ic.gov",
      "eu-isoe-west-1": "sts.eu-isoe-west-1.cloud.adc-e.uk",
    };
    assert.deepEqual(
      Object.keys(hosts).map((region) => stsHostOf(region)),
      Object.values(hosts),
    );
  });
});
