import { retryCondition } from "../../../components/inputs/network/retry-condition";
import { accepts, refuses } from "../../support/forms";

describe("retryCondition", () => {
  it("takes Envoy's conditions that Istio takes, and status codes of errors", () => {
    accepts(retryCondition, "5xx", "reset-before-request", "unavailable", "retriable-status-codes", "503", "429");
  });

  it("refuses other words, several in one text, and status codes that are no errors or no text", () => {
    refuses(retryCondition, "5XX", "gateway-errors", "5xx,reset", "200", "999", "", 503);
  });
});
