// The package brings the provider and its schema; nothing is compiled or analysed here when a program runs.
require("istio-eks/provider");
