package main

import (
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// validationResult is what the validators say of one object. Without complaints it is valid.
type validationResult struct {
	Object     string   `json:"object"`
	Complaints []string `json:"complaints"`
	// By names the validators that know the kind; none: nobody here does.
	By []string `json:"by"`
}

// validateAll asks, for each object, the API server's own code for its kind, or the schema and rules of its
// CustomResourceDefinition, and for Istio's kinds istiod's validation besides.
func validateAll(r request) ([]validationResult, error) {
	definitions, err := loadDefinitions(r.Crds)
	if err != nil {
		return nil, err
	}
	results := []validationResult{}
	for _, object := range r.Objects {
		of := unstructured.Unstructured{Object: object}
		result := validationResult{Object: titleOf(of), Complaints: []string{}, By: []string{}}
		if complaints, known := validateBuiltIn(object); known {
			result.add("Kubernetes", complaints)
		}
		if definition, known := definitions[of.GroupVersionKind()]; known {
			result.add("CustomResourceDefinition", definition.validate(object))
			if err := validateIstio(object); err != nil {
				result.add("istiod", []string{err.Error()})
			}
		}
		results = append(results, result)
	}
	return results, nil
}

func (v *validationResult) add(by string, complaints []string) {
	v.By = append(v.By, by)
	for _, complaint := range complaints {
		v.Complaints = append(v.Complaints, fmt.Sprintf("%s: %s", by, strings.TrimSpace(complaint)))
	}
}

func titleOf(of unstructured.Unstructured) string {
	if of.GetNamespace() == "" {
		return fmt.Sprintf("%s %s", of.GetKind(), of.GetName())
	}
	return fmt.Sprintf("%s %s/%s", of.GetKind(), of.GetNamespace(), of.GetName())
}
