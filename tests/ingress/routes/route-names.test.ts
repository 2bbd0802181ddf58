import assert from "node:assert/strict";
import { routeName } from "../../../components/ingress/routes/route-names";

describe("routeName", () => {
  it("says ingress, host and path, and tells apart what reads alike", () => {
    assert.match(routeName("istio-ingress", "shop.example.com"), /^istio-ingress-shop-example-com-[0-9a-f]{8}$/);
    assert.match(routeName("inner", "shop.example.com", "/cart"), /^inner-shop-example-com-cart-[0-9a-f]{8}$/);
    const names = [
      ...[routeName("a", "b-c.d.e"), routeName("a-b", "c.d.e"), routeName("a", "b.c.d.e"), routeName("a", "c.d")],
      ...[routeName("a", "*.c.d"), routeName("a", "c.d", "/x/y"), routeName("a", "c.d", "/x-y")],
    ];
    assert.equal(new Set(names).size, names.length);
  });

  it("calls the whole of a host the same, with its path or without", () => {
    assert.equal(routeName("a", "b.c", "/"), routeName("a", "b.c"));
  });
});
