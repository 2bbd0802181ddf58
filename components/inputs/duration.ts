import { patternForm, type Form } from "./form";

/** Source: https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations */
export const prometheusDuration: Form = patternForm(
  'a duration of Prometheus, such as "15d" or "12h"',
  /^(?=\d)(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?$/,
);

/** Go knows no days. Source: https://pkg.go.dev/time#ParseDuration */
export const goDuration: Form = patternForm('a duration in hours or minutes, such as "72h"', /^(?=\d)(\d+h)?(\d+m)?$/);
