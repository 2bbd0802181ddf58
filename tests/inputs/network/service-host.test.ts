import assert from "node:assert/strict";
import { serviceHost } from "../../../components/inputs/network/service-host";
import { accepts } from "../../support/forms";

describe("serviceHost", () => {
  it("takes full names of Services, and other hosts that the mesh may know", () => {
    accepts(serviceHost, "collector.observability.svc.cluster.local", "otlp.example.com");
  });

  it("has a short name made long, since Istio adds nothing to it", () => {
    const whole = 'write "collector.observability.svc.cluster.local"';
    assert.equal(serviceHost.check("collector.observability"), whole);
    assert.equal(serviceHost.check("collector.observability.svc"), whole);
    assert.equal(serviceHost.check("collector"), "name its namespace too: collector.<namespace>.svc.cluster.local");
  });

  it("has the port of an address written beside it", () => {
    assert.equal(serviceHost.check("otlp.example.com:4318"), 'write "otlp.example.com" here, and port: 4318');
    assert.equal(serviceHost.check("grpc://otlp.example.com:4317/"), 'write "otlp.example.com" here, and port: 4317');
  });

  it("has an address without port made a name", () => {
    assert.equal(serviceHost.check("https://otlp.example.com/v1/traces"), 'write "otlp.example.com"');
  });
});
