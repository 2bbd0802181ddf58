/** The pack that `pulumi up --policy-pack policy` runs. */
import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";

new PolicyPack("istio-eks", { policies: [...policies] });
