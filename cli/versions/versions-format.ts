/** How versions can be shown. */
export const versionsFormats = ["text", "json"] as const;
export type VersionsFormat = (typeof versionsFormats)[number];

/** Where Istio publishes its charts; the default of `istio.chartRepository`. */
export const chartRepository = "https://blob.istio.io/istio-release/charts";
