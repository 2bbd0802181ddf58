import assert from "node:assert/strict";
import { servicesOf } from "../../../components/ingress/routes/route-services";
import { plainPolicy, route } from "../../support/settings";

describe("servicesOf", () => {
  it("are the destinations, and who gets copies", () => {
    const mirror = { service: "lab", namespace: "lab", port: 80, percent: 100 };
    const names = (...services: ReturnType<typeof servicesOf>) => services.map(({ service }) => service);
    assert.deepEqual(names(...servicesOf(route())), ["web"]);
    assert.deepEqual(names(...servicesOf(route({ policy: { ...plainPolicy, mirror } }))), ["web", "lab"]);
  });
});
