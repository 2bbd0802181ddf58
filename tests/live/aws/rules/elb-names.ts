import type { AwsFault } from "../answer";
import { refuse } from "./rule";

const most = 32;

/** Names of load balancers and of target groups. */
export function nameRefusal(what: "load balancer" | "target group", name: string): AwsFault | undefined {
  const shown = `The ${what} name '${name}'`;
  if (name.length > most) return refuse("ValidationError", `${shown} cannot be longer than '${most}' characters`);
  if (!/^[a-zA-Z0-9-]+$/.test(name)) {
    return refuse(
      "ValidationError",
      `${shown} can only contain characters that are alphanumeric characters and hyphens(-)`,
    );
  }
  if (/^-|-$/.test(name)) return refuse("ValidationError", `${shown} cannot begin or end with a hyphen(-)`);
  if (what === "load balancer" && /^internal-/i.test(name)) {
    return refuse("ValidationError", `${shown} cannot begin with 'internal-'`);
  }
  return undefined;
}
