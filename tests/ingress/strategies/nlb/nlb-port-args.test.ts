import assert from "node:assert/strict";
import {
  checkNlbPorts,
  type NlbPortArgs,
  nlbPortShape,
  resolveNlbPorts,
} from "../../../../components/ingress/strategies/nlb/nlb-port-args";
import { checkShape } from "../../../../components/inputs/shape";
import { noTls, onlyProblem, placesOf, tlsAtBalancer } from "../../../support/settings";

type Ports = Readonly<Record<string, Partial<NlbPortArgs>>>;
const check = (ports: Ports, tls = tlsAtBalancer) => ({
  problems: checkNlbPorts(resolveNlbPorts(ports), { path: "ingress", tls }),
});
const kafka: NlbPortArgs = { port: 9094, protocol: "TLS" };

describe("resolveNlbPorts", () => {
  it("leads to the same port of the pods unless another is named", () => {
    assert.deepEqual(resolveNlbPorts({ kafka, postgres: { port: 5432, targetPort: 15432, protocol: "TCP" } }), [
      { name: "kafka", port: 9094, targetPort: 9094, protocol: "TLS" },
      { name: "postgres", port: 5432, targetPort: 15432, protocol: "TCP" },
    ]);
  });

  it("goes on with what is valid where a member is wrong", () => {
    assert.deepEqual(resolveNlbPorts({ a: {}, b: { port: 9000 } }), [
      { name: "b", port: 9000, targetPort: 9000, protocol: "TCP" },
    ]);
  });
});

describe("checkNlbPorts", () => {
  it("takes ports of their own", () => {
    const postgres: NlbPortArgs = { port: 5432, targetPort: 15432, protocol: "TCP" };
    assert.deepEqual(check({ "tls-kafka": kafka, postgres, mqtt5: { port: 1883, protocol: "TCP" } }).problems, []);
  });

  it("refuses the ports that every NLB has", () => {
    for (const port of [80, 443, 15021])
      assert.equal(
        onlyProblem(check({ kafka: { port, targetPort: 9094, protocol: "TCP" } })).path,
        "ingress.nlb.ports.kafka.port",
      );
    // The target port follows from the port, and is not reported besides.
    assert.deepEqual(placesOf(check({ kafka: { port: 80, protocol: "TCP" } })), ["ingress.nlb.ports.kafka.port"]);
  });

  it("refuses a port that is there twice, for clients or in the pods", () => {
    const { path, allowed } = onlyProblem(check({ a: kafka, b: { ...kafka, targetPort: 9095 } }));
    assert.deepEqual([path, allowed], ["ingress.nlb.ports.b.port", 'a port of its own: "a" has this one']);
    const target = onlyProblem(check({ a: kafka, b: { port: 9095, targetPort: 9094, protocol: "TCP" } }));
    assert.deepEqual(
      [target.path, target.allowed],
      ["ingress.nlb.ports.b.targetPort", 'a port of its own: "a" leads to this one'],
    );
  });

  it("refuses ports of the pods that are taken: HTTP behind another listener would lie about its scheme", () => {
    for (const targetPort of [80, 443, 15000, 15021, 15090, 15099])
      assert.equal(onlyProblem(check({ a: { ...kafka, targetPort } })).path, "ingress.nlb.ports.a.targetPort");
    for (const targetPort of [14999, 15100]) assert.deepEqual(check({ a: { ...kafka, targetPort } }).problems, []);
  });

  it("ends TLS only with a certificate", () => {
    assert.equal(onlyProblem(check({ kafka }, noTls)).path, "ingress.nlb.ports.kafka.protocol");
    assert.deepEqual(check({ kafka: { ...kafka, protocol: "TCP" } }, noTls).problems, []);
  });
});

describe("nlbPortShape", () => {
  it("wants numbers of ports, and one of two protocols", () => {
    const { problems } = checkShape(nlbPortShape, { port: 0, targetPort: 65536, protocol: "UDP" });
    assert.deepEqual(problems.map(({ path }) => path).sort(), ["port", "protocol", "targetPort"]);
    assert.deepEqual(checkShape(nlbPortShape, { port: 1, protocol: "TCP" }).problems, []);
    assert.match(String(checkShape(nlbPortShape, { port: 1, protocol: "tls" }).problems[0]?.suggestion), /"TLS"/);
  });
});
