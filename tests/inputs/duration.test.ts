import { goDuration, prometheusDuration } from "../../components/inputs/duration";
import { accepts, refuses } from "../support/forms";

describe("prometheusDuration", () => {
  it("takes units from years to seconds, the larger first", () =>
    accepts(prometheusDuration, "15d", "1y2w", "12h30m", "90s"));
  it("refuses numbers without unit, fractions and another order", () =>
    refuses(prometheusDuration, "15", "1.5d", "30m12h", "", 15));
});

describe("goDuration", () => {
  it("takes hours and minutes", () => accepts(goDuration, "72h", "30m", "1h30m"));
  it("refuses days, which Go does not know", () => refuses(goDuration, "3d", "", "72"));
});
