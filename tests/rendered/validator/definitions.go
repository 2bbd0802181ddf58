package main

import (
	"context"
	"os"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structural "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"
)

// definition is one version of a CustomResourceDefinition, ready to validate objects as the API server does.
type definition struct {
	schema  *structural.Structural
	openAPI validation.SchemaValidator
	rules   *cel.Validator
}

type definitions map[schema.GroupVersionKind]*definition

var loadedDefinitions = map[string]definitions{}

// loadDefinitions reads files of CustomResourceDefinitions; other objects in them are passed over.
func loadDefinitions(files []string) (definitions, error) {
	all := definitions{}
	for _, file := range files {
		known, found := loadedDefinitions[file]
		if !found {
			text, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			if known, err = definitionsIn(string(text)); err != nil {
				return nil, err
			}
			loadedDefinitions[file] = known
		}
		for kind, one := range known {
			all[kind] = one
		}
	}
	return all, nil
}

func definitionsIn(text string) (definitions, error) {
	objects, err := objectsOf(text)
	if err != nil {
		return nil, err
	}
	result := definitions{}
	for _, object := range objects {
		if object["kind"] != "CustomResourceDefinition" {
			continue
		}
		if err := result.addObject(object); err != nil {
			return nil, err
		}
	}
	return result, nil
}

func (d definitions) addObject(object map[string]any) error {
	text, err := yaml.Marshal(object)
	if err != nil {
		return err
	}
	var external v1.CustomResourceDefinition
	if err := yaml.UnmarshalStrict(text, &external); err != nil {
		return err
	}
	for _, version := range external.Spec.Versions {
		made, err := newDefinition(version.Schema)
		if err != nil {
			return err
		}
		kind := external.Spec.Names.Kind
		d[schema.GroupVersionKind{Group: external.Spec.Group, Version: version.Name, Kind: kind}] = made
	}
	return nil
}

func newDefinition(external *v1.CustomResourceValidation) (*definition, error) {
	var internal apiextensions.CustomResourceValidation
	if err := v1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(external, &internal, nil); err != nil {
		return nil, err
	}
	shape, err := structural.NewStructural(internal.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	openAPI, _, err := validation.NewSchemaValidator(internal.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	return &definition{shape, openAPI, cel.NewValidator(shape, true, celconfig.PerCallLimit)}, nil
}

// validate does what the API server does on a create, and refuses unknown fields, which it would drop.
func (d *definition) validate(given map[string]any) []string {
	object := runtime.DeepCopyJSON(given)
	complaints := []string{}
	options := structural.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	for _, path := range pruning.PruneWithOptions(object, d.schema, true, options) {
		complaints = append(complaints, "unknown field "+path)
	}
	defaulting.Default(object, d.schema)
	errors := validation.ValidateCustomResource(nil, object, d.openAPI)
	errors = append(errors, listtype.ValidateListSetsAndMaps(nil, d.schema, object)...)
	if d.rules != nil {
		broken, _ := d.rules.Validate(context.Background(), nil, d.schema, object, nil, celconfig.RuntimeCELCostBudget)
		errors = append(errors, broken...)
	}
	return append(complaints, textsOf(errors)...)
}

func textsOf(errors field.ErrorList) []string {
	texts := []string{}
	for _, one := range errors {
		texts = append(texts, one.Error())
	}
	return texts
}
