import assert from "node:assert/strict";
import fc from "fast-check";
import { accepts } from "../support/forms";
import { kubernetesName } from "../../components/inputs/text";
import { routeName } from "../../components/routes/route-names";

describe("routeName", () => {
  it("is contract: another name is another object", () => {
    assert.equal(routeName("istio-ingress", "shop.example.com"), "istio-ingress-shop-example-com-e8137144");
    assert.equal(
      routeName("istio-ingress", "shop.example.com", "/cart"),
      "istio-ingress-shop-example-com-cart-6fd0339e",
    );
  });

  it("can be read, and is a name of one label however long the host and strange the path", () => {
    const long = [..."abcdefgh"].map((letter) => letter.repeat(30)).join(".");
    for (const name of [routeName("a", long, "/x"), routeName("a", "*"), routeName("a", "*.b.c", "/%20/~")]) {
      accepts({ ...kubernetesName, judge: (given) => kubernetesName.judge(String(given).slice(-63)) }, name);
      assert.ok(name.length <= 253);
    }
  });

  it("tells apart what reads alike", () => {
    const names = [
      ...[routeName("a", "b-c.d.e"), routeName("a-b", "c.d.e"), routeName("a", "b.c.d.e")],
      ...[routeName("a", "*.c.d"), routeName("a", "c.d"), routeName("a", "c.d", "/x/y"), routeName("a", "c.d", "/x-y")],
    ];
    assert.equal(new Set(names).size, names.length);
  });

  it("depends on nothing but ingress, host and path", () => {
    fc.assert(
      fc.property(fc.domain(), fc.webPath(), (host, path) => {
        assert.equal(routeName("a", host, path), routeName("a", host, path));
        assert.match(routeName("a", host, path), /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
      }),
    );
  });
});
