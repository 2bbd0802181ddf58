import semver from "semver";
import { publicForm, textForm, type Form, type ValidationResult } from "../../inputs/form";
import { defaultIstioVersion, istioMinors, minorOf } from "../charts/versions";

const known = istioMinors.map(({ minor }) => minor);
const text = textForm(`a full version of Istio ${known.join(", ")} or newer, such as ${defaultIstioVersion}`, check);

/** A full version of Istio: of a minor in the versions table, or of a newer one, which the plan warns of. */
export const istioVersion: Form = publicForm({
  allowed: text.allowed,
  check: (given) => (typeof given === "number" ? checkNumber(given) : text.check(given)),
});

/** YAML reads an unquoted 1.30 as the number 1.3, which is another version. */
function checkNumber(given: number): ValidationResult {
  const row = istioMinors.find(({ minor }) => Number(minor) === given);
  if (row === undefined) return text.check(given);
  return `write "${row.newestPatch}": the patch too, and in quotes, since YAML reads ${row.minor} as a number`;
}

function check(given: string): ValidationResult {
  const row = istioMinors.find(({ minor }) => minor === given.replace(/^v/, ""));
  if (row !== undefined) return `name the patch too: "${row.newestPatch}"`;
  const version = semver.valid(given);
  if (version === null || given.replace(/^v/, "") !== version)
    return `write major, minor and patch: "${defaultIstioVersion}"`;
  if (minorOf(version) !== undefined) return given === version ? undefined : `write "${version}"`;
  return semver.major(version) > 1
    ? `there is no such Istio; write "${defaultIstioVersion}"`
    : `Istio no longer supports it; move to ${defaultIstioVersion}`;
}
