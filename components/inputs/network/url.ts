import { patternForm, textForm, type Form } from "../form";

/** An address of a server inside or outside the cluster. */
export const httpUrl: Form = textForm("an address such as http://prometheus.monitoring:9090", (given) => {
  if (/^https?:\/\/[^\s/]+(\/\S*)?$/.test(given)) return undefined;
  return /^[\w.-]+(:\d+)?(\/\S*)?$/.test(given) ? `write "http://${given}"` : "begin it with http:// or https://";
});

/** Source: https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-onboard-ingest-metrics.html */
export const managedPrometheusEndpoint: Form = patternForm(
  "the endpoint of a workspace, https://aps-workspaces.<region>.amazonaws.com/workspaces/<id>/",
  /^https:\/\/aps-workspaces[\w.-]*\.amazonaws\.com(\.cn)?\/workspaces\/ws-[\w-]+\/$/,
);

export const managedPrometheusArn: Form = patternForm(
  "the ARN of a workspace, arn:aws:aps:<region>:<account>:workspace/<id>",
  /^arn:aws[a-z-]*:aps:[a-z0-9-]+:\d{12}:workspace\/ws-[\w-]+$/,
);
