import assert from "node:assert/strict";
import { checkGatewayNames, checkSelectors } from "../../../components/ingress/gateways/gateway-names-check";
import { gateway } from "../../support/settings";

const byIstiod = gateway({ name: "shop", namespace: "edge", routing: "gateway-api", createdBy: "istiod" });
const byChart = gateway({ name: "shop", namespace: "edge" });
const other = gateway({ name: "shop-istio", namespace: "other" });
const ingress = (name: string) => ({ name, path: `additionalIngresses.${name}`, args: { strategy: "nlb" } as const });
const both = [ingress("shop"), ingress("shop-istio")];

describe("checkGatewayNames", () => {
  it("refuses the name that istiod gives to the Service of a Gateway in the same namespace", () => {
    const beside = { ...other, namespace: "edge" };
    for (const gatewayOf of [({ name }: { readonly name: string }) => name, () => "shop"]) {
      const [problem, ...others] = checkGatewayNames(both, [byIstiod, beside], gatewayOf);
      assert.deepEqual(others, []);
      assert.equal(problem?.path, "additionalIngresses.shop-istio");
      assert.match(problem.allowed, /the Service of the Gateway "shop"/);
    }
  });

  it("takes it in another namespace, and beside a gateway of the chart", () => {
    assert.deepEqual(
      checkGatewayNames(both, [byIstiod, other], ({ name }) => name),
      [],
    );
    assert.deepEqual(
      checkGatewayNames(both, [byChart, { ...other, namespace: "edge" }], ({ name }) => name),
      [],
    );
  });
});

describe("checkSelectors", () => {
  it("refuses a value of the label istio that another gateway's pods have", () => {
    const [problem, ...others] = checkSelectors(both, [byChart, { ...other, selector: byChart.selector }]);
    assert.deepEqual(others, []);
    assert.equal(problem?.path, "additionalIngresses.shop-istio.gateway.labels.istio");
  });

  it("takes gateways with values of their own, or without the label", () => {
    assert.deepEqual(checkSelectors(both, [byChart, { ...other, selector: { istio: "other" } }]), []);
    assert.deepEqual(
      checkSelectors(both, [
        { ...byIstiod, selector: {} },
        { ...other, selector: {} },
      ]),
      [],
    );
  });
});
