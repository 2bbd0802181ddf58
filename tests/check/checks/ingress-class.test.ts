import { answered } from "../../../cli/check/facts";
import { ingressClass, checkIngressClass } from "../../../cli/check/checks/ingress-class";
import { describeCheck, no, object } from "../../support/situation";

const alb = { ingress: { strategy: "alb" } };

describeCheck({ subject: ingressClass, check: checkIngressClass }, [
  { title: "is content with the controller's own", args: alb, finds: ["right"] },
  { title: "is not needed for an NLB", kubernetes: { ingressClasses: answered([]) }, finds: [] },
  {
    title: "comes with the mesh on Auto Mode",
    args: { ...alb, loadBalancerController: "eks-auto-mode" },
    kubernetes: { ingressClasses: answered([]) },
    finds: [],
  },
  { title: "misses it", args: alb, kubernetes: { ingressClasses: answered([]) }, finds: ["missing"] },
  {
    title: "sees that it leads to another controller",
    args: alb,
    kubernetes: {
      ingressClasses: answered([
        object("IngressClass", { name: "alb" }, { spec: { controller: "eks.amazonaws.com/alb" } }),
      ]),
    },
    finds: ["other-controller"],
    says: [/leads to the controller eks\.amazonaws\.com\/alb/],
  },
  {
    title: "says that it could not look",
    args: alb,
    kubernetes: { ingressClasses: no("cluster", "late") },
    finds: ["unknown"],
  },
]);
