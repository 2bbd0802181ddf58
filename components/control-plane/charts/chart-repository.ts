/** Where Istio publishes its charts. */
export const istioChartRepository = "https://blob.istio.io/istio-release/charts";
