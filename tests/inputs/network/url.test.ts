import assert from "node:assert/strict";
import { httpUrl, managedPrometheusArn, managedPrometheusEndpoint } from "../../../components/inputs/network/url";
import { accepts, refuses } from "../../support/forms";

describe("httpUrl", () => {
  it("takes addresses with and without port and path", () => {
    accepts(httpUrl, "http://prometheus.monitoring:9090", "https://grafana.example.com/path");
  });

  it("has a scheme written in front", () => {
    assert.equal(httpUrl.check("prometheus:9090"), 'write "http://prometheus:9090"');
    assert.equal(httpUrl.check("grpc://prometheus"), "begin it with http:// or https://");
  });
});

describe("The forms of a workspace", () => {
  const id = "ws-12345678-abcd-1234";

  it("take what AWS prints, in each of its partitions", () => {
    accepts(
      managedPrometheusEndpoint,
      `https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/${id}/`,
      `https://aps-workspaces.cn-north-1.amazonaws.com.cn/workspaces/${id}/`,
    );
    accepts(
      managedPrometheusArn,
      `arn:aws:aps:eu-central-1:123456789012:workspace/${id}`,
      `arn:aws-us-gov:aps:us-gov-west-1:123456789012:workspace/${id}`,
    );
  });

  it("refuse an endpoint that is joined with a path already", () => {
    refuses(
      managedPrometheusEndpoint,
      `https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/${id}/api/v1/remote_write`,
      `https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/${id}`,
    );
  });
});
