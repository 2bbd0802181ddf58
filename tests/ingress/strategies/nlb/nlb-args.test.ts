import assert from "node:assert/strict";
import {
  type NlbArgs,
  nlbShape,
  type NlbContext,
  resolveNlb,
} from "../../../../components/ingress/strategies/nlb/nlb-args";
import { checkShape } from "../../../../components/inputs/shape";
import { noTls, onlyProblem, placesOf, tlsAtBalancer, tlsInGateway } from "../../../support/settings";

const around: NlbContext = { path: "ingress", scheme: "internal", tls: noTls, subnets: 0 };
const resolve = (args: NlbArgs, changes: Partial<NlbContext> = {}) => resolveNlb(args, { ...around, ...changes });
const eips = ["eipalloc-1", "eipalloc-2"];

describe("resolveNlb", () => {
  it("goes straight to the pods of all zones, and leaves client addresses to AWS's default", () => {
    assert.deepEqual(resolve({}).settings, {
      kind: "nlb",
      crossZone: true,
      targetType: "ip",
      proxyProtocol: false,
      preserveClientIp: undefined,
      eipAllocationIds: [],
      name: undefined,
      ports: [],
    });
  });

  it("keeps what is given", () => {
    const args: NlbArgs = {
      crossZone: false,
      targetType: "instance",
      proxyProtocol: true,
      preserveClientIp: false,
      eipAllocationIds: eips,
      name: "shop",
    };
    const { settings, problems } = resolve(args, { scheme: "internet-facing", subnets: 2 });
    assert.deepEqual(settings, { kind: "nlb", ...args, ports: [] });
    assert.deepEqual(problems, []);
  });

  it("wants a certificate to end TLS with, and wants one that it has to be used", () => {
    assert.deepEqual(placesOf(resolve({ terminateTls: true })), ["ingress.nlb.terminateTls"]);
    assert.deepEqual(placesOf(resolve({ terminateTls: false }, { tls: tlsAtBalancer })), ["ingress.nlb.terminateTls"]);
    assert.deepEqual(placesOf(resolve({ terminateTls: true }, { tls: tlsAtBalancer })), []);
    assert.deepEqual(placesOf(resolve({ terminateTls: false })), []);
    assert.deepEqual(placesOf(resolve({}, { tls: tlsAtBalancer })), []);
  });

  it("refuses a Secret beside a certificate: an NLB that ends TLS talks plainly to the gateway", () => {
    const both = { ...tlsAtBalancer, secretName: "shop-tls" };
    assert.equal(onlyProblem(resolve({}, { tls: both })).path, "ingress.tls.secretName");
  });

  it("has Elastic IPs only where there are public addresses", () => {
    const { path, allowed } = onlyProblem(resolve({ eipAllocationIds: eips }, { subnets: 2 }));
    assert.equal(path, "ingress.nlb.eipAllocationIds");
    assert.match(allowed, /internet-facing/);
  });

  it("wants as many Elastic IPs as subnets: one per zone", () => {
    const allowed = (subnets: number) =>
      onlyProblem(resolve({ eipAllocationIds: eips }, { scheme: "internet-facing", subnets })).allowed;
    assert.equal(allowed(1), "one for each of subnetIds, of which there is 1");
    assert.equal(allowed(3), "one for each of subnetIds, of which there are 3");
    assert.equal(allowed(0), "one for each of subnetIds, of which there are 0");
    assert.deepEqual(placesOf(resolve({ eipAllocationIds: [] }, { subnets: 3 })), []);
  });

  it("warns that nothing answers on 443 until someone ends TLS there", () => {
    assert.match(resolve({}).warnings.join(), /^ingress: port 443 is passed through/);
    assert.deepEqual(resolve({}, { tls: tlsAtBalancer }).warnings, []);
    assert.deepEqual(resolve({}, { tls: tlsInGateway }).warnings, []);
  });
});

describe("nlbShape", () => {
  const reported = (args: object) => checkShape(nlbShape, args).problems.map(({ path }) => path);

  it("knows two kinds of target", () => {
    assert.deepEqual(reported({ targetType: "ip" }), []);
    assert.deepEqual(reported({ targetType: "instance" }), []);
    assert.deepEqual(reported({ targetType: "alb" }), ["targetType"]);
  });

  it("wants switches as booleans, ids of Elastic IPs, and a name of at most 32 characters", () => {
    assert.deepEqual(
      reported({
        crossZone: "true",
        proxyProtocol: "*",
        preserveClientIp: 1,
        terminateTls: null,
        eipAllocationIds: ["203.0.113.7"],
        name: "a".repeat(33),
      }).sort(),
      ["crossZone", "eipAllocationIds[0]", "name", "preserveClientIp", "proxyProtocol", "terminateTls"],
    );
    const valid = { crossZone: false, proxyProtocol: true, preserveClientIp: true, terminateTls: true, name: "shop" };
    assert.deepEqual(reported({ ...valid, eipAllocationIds: ["eipalloc-0123456789abcdef0"] }), []);
  });
});
