import semver from "semver";
import { textForm, type Form, type Verdict } from "../inputs/form";
import { istioMinors, minorOf } from "./versions";

const range = `${istioMinors.map((row) => row.minor).join(", ")}`;

/** A full version of Istio whose minor is in the versions table. */
export const istioVersion: Form = textForm(`a full version of Istio ${range}, such as 1.31.1`, judge);

function judge(given: string): Verdict {
  const row = istioMinors.find(({ minor }) => minor === given.replace(/^v/, ""));
  if (row !== undefined) return `name the patch too: "${row.newestPatch}"`;
  const version = semver.valid(given);
  if (version === null || given.replace(/^v/, "") !== version) return 'write major, minor and patch: "1.31.1"';
  if (minorOf(version) !== undefined) return given === version ? undefined : `write "${version}"`;
  return semver.lt(version, `${range.split(",")[0]}.0`)
    ? `Istio no longer mends it; move to ${newest()}`
    : `this release of istio-eks does not know it yet; write "${newest()}", or update istio-eks`;
}

function newest(): string {
  return istioMinors
    .slice(-1)
    .map((row) => row.newestPatch)
    .join("");
}
