package main

import (
	"encoding/json"
	"fmt"

	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/config/schema/collections"
	_ "istio.io/istio/pkg/config/validation"
	"istio.io/istio/pkg/util/protomarshal"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	meshconfig "istio.io/api/mesh/v1alpha1"
)

// validateIstio asks the code that istiod's own validating webhook runs. Kinds that are not Istio's have no complaint.
func validateIstio(object map[string]any) error {
	of := unstructured.Unstructured{Object: object}
	gvk := of.GroupVersionKind()
	schema, found := collections.Pilot.FindByGroupVersionAliasesKind(config.FromKubernetesGVK(gvk))
	if !found {
		return nil
	}
	text, err := json.Marshal(object)
	if err != nil {
		return err
	}
	var typed crd.IstioKind
	if err := json.Unmarshal(text, &typed); err != nil {
		return err
	}
	converted, err := crd.ConvertObject(schema, &typed, "cluster.local")
	if err != nil {
		return err
	}
	_, err = schema.ValidateConfig(*converted)
	return err
}

// validateMesh refuses what istiod would silently ignore (unknown members) and what it would not start with.
func validateMesh(text string) error {
	if err := protomarshal.ApplyYAMLStrict(text, &meshconfig.MeshConfig{}); err != nil {
		return fmt.Errorf("mesh configuration: %w", err)
	}
	_, err := mesh.ApplyMeshConfigDefaults(text)
	return err
}
