package main

import (
	"encoding/json"
	"fmt"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/kube/inject"
	"k8s.io/apimachinery/pkg/runtime"
)

// injector is an istiod's injector as it reads itself from its ConfigMaps.
type injector struct {
	config inject.Config
	values inject.ValuesConfig
	mesh   *meshconfig.MeshConfig
}

func newInjector(facts istiodFacts) (*injector, error) {
	config, err := inject.UnmarshalConfig([]byte(facts.Injector["config"]))
	if err != nil {
		return nil, fmt.Errorf("injector configuration: %w", err)
	}
	values, err := inject.NewValuesConfig(facts.Injector["values"])
	if err != nil {
		return nil, err
	}
	applied, err := mesh.ApplyMeshConfigDefaults(facts.Mesh)
	if err != nil {
		return nil, err
	}
	return &injector{config, values, applied}, nil
}

// injectAll makes of workloads what istiod's webhook makes of their pods.
func injectAll(r request) ([]any, error) {
	own, err := newInjector(r.Istiod)
	if err != nil {
		return nil, err
	}
	results := []any{}
	for _, object := range r.Objects {
		injected, err := own.into(object, r.Istiod.Revision)
		if err != nil {
			return nil, err
		}
		results = append(results, injected)
	}
	return results, nil
}

func (i *injector) into(object map[string]any, revision string) (any, error) {
	text, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	typed, err := inject.FromRawToObject(text)
	if err != nil {
		return nil, err
	}
	injected, err := inject.IntoObject(nil, i.config.Templates, i.values, revision, i.mesh, typed, func(string) {})
	if err != nil {
		return nil, err
	}
	if asObject, is := injected.(runtime.Object); is {
		return runtime.DefaultUnstructuredConverter.ToUnstructured(asObject)
	}
	return injected, nil
}
