import { answered } from "../../../cli/check/facts";
import { gateways, checkGateways } from "../../../cli/check/checks/gateways";
import { describeCheck, no, object } from "../../support/situation";

const args = { mode: "ambient", namespaces: { shop: { waypoint: true } } };
const metadata = { name: "istio-ingress", namespace: "istio-ingress" };
const programmed = (status: string, message = "") => [
  { type: "Accepted", status: "True" },
  { type: "Programmed", status, message },
];
const addressObject = (conditions: readonly object[]) => object("Gateway", metadata, { status: { conditions } });
const waypoint = {
  "shop/waypoint": object(
    "Gateway",
    { name: "waypoint", namespace: "shop" },
    { status: { conditions: programmed("True") } },
  ),
};
const there = (conditions: readonly object[]) => ({
  gateways: answered({ ...waypoint, "istio-ingress/istio-ingress": addressObject(conditions) }),
});
const installed = true;

describeCheck({ subject: gateways, check: checkGateways }, [
  { title: "has nothing to do before the install", args, finds: [] },
  { title: "has nothing to do where the chart makes the gateway", installed, finds: [] },
  {
    title: "is content with gateways and waypoints that are served",
    args,
    installed,
    kubernetes: there(programmed("True")),
    finds: ["programmed", "programmed"],
    says: [/^Gateway istio-ingress in istio-ingress/, /^Gateway waypoint in shop/],
  },
  {
    title: "reports why one is not",
    args,
    installed,
    kubernetes: there(programmed("False", "no address")),
    finds: ["not-programmed", "programmed"],
    says: [/does not serve it: no address/],
  },
  {
    title: "sees that nobody has looked at one",
    args,
    installed,
    kubernetes: there([]),
    finds: ["not-programmed", "programmed"],
    says: [/no istiod has looked at it/],
  },
  {
    title: "misses one",
    args,
    installed,
    kubernetes: { gateways: answered(waypoint) },
    finds: ["missing", "programmed"],
  },
  {
    title: "says that it could not look",
    args,
    installed,
    kubernetes: { gateways: no("cluster", "late") },
    finds: ["unknown", "unknown"],
  },
]);
