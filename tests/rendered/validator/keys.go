package main

import (
	"os"
	"path/filepath"
	"sort"
	"strings"

	"sigs.k8s.io/yaml"
)

// chartKeys is what a chart's templates read of its values.
type chartKeys struct {
	// Reads are paths below the values: "env.*" for each member of a block, "resources.**" for all that is below it.
	Reads []string `json:"reads"`
	// Flattened are blocks whose members count as if they stood at the top: "pilot" in istiod, "global" in ztunnel.
	Flattened []string `json:"flattened"`
	// Closed are the only keys that the chart's schema admits at the top; none: it admits every key.
	Closed []string `json:"closed"`
	// Moved are old keys that the chart only warns about, and what has taken their place.
	Moved map[string]string `json:"moved"`
}

// readKeys finds out what a chart reads by running its templates in the abstract: every branch, with places in the
// values in place of values.
func readKeys(folder string) (*chartKeys, error) {
	loadedChart, err := loadChart(folder)
	if err != nil {
		return nil, err
	}
	reader := newReader()
	names := []string{}
	for _, template := range loadedChart.Templates {
		names = append(names, template.Name)
		if err := reader.parse(template.Name, string(template.Data)); err != nil {
			return nil, err
		}
	}
	sort.Strings(names)
	for _, name := range names {
		if !strings.HasPrefix(filepath.Base(name), "_") {
			reader.run(name, &value{root: true})
		}
	}
	if err := reader.runDumped(filepath.Join(folder, "files")); err != nil {
		return nil, err
	}
	closed, err := schemaKeys(loadedChart.Schema)
	if err != nil {
		return nil, err
	}
	return &chartKeys{Reads: reader.paths(), Flattened: keysOf(reader.flattened), Closed: closed, Moved: reader.moved}, nil
}

// readByIstiod are values that a chart ships to istiod and istiod's own code reads, where no template does.
// Source: istio/istio pkg/kube/inject/webhook.go, the uses of valuesConfig.asStruct
var readByIstiod = []string{"sidecarInjectorWebhook.rewriteAppHTTPProbe"}

// runDumped runs the templates that the chart ships to istiod, against the values that it ships with them: a value
// that is only shipped, and that no shipped template reads, is read by nobody.
func (r *reader) runDumped(folder string) error {
	if len(r.dumps) == 0 {
		return nil
	}
	for _, place := range readByIstiod {
		r.reads[place] = true
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return err
	}
	for _, file := range files {
		name := filepath.Base(file)
		if strings.HasPrefix(name, "profile-") || strings.HasPrefix(name, "crd-") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := r.parse(name, string(text)); err != nil {
			return err
		}
		for _, shipped := range r.dumps {
			r.run(name, &value{members: map[string]*value{"Values": shipped}})
		}
	}
	return nil
}

// paths lists what was read, without the keys by which charts keep their own defaults.
func (r *reader) paths() []string {
	result := []string{}
	for _, path := range keysOf(r.reads) {
		top, _, _ := strings.Cut(path, ".")
		if top != "" && !strings.HasPrefix(top, "_") && top != "defaults" {
			result = append(result, path)
		}
	}
	return result
}

func keysOf[V any](set map[string]V) []string {
	keys := make([]string, 0, len(set))
	for key := range set {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// schemaKeys reads the keys at the top of a schema that admits no others.
func schemaKeys(text []byte) ([]string, error) {
	if len(text) == 0 {
		return []string{}, nil
	}
	var schema struct {
		Definitions map[string]struct {
			AdditionalProperties *bool          `json:"additionalProperties"`
			Properties           map[string]any `json:"properties"`
		} `json:"$defs"`
	}
	if err := yaml.Unmarshal(text, &schema); err != nil {
		return nil, err
	}
	values := schema.Definitions["values"]
	if values.AdditionalProperties == nil || *values.AdditionalProperties {
		return []string{}, nil
	}
	return keysOf(values.Properties), nil
}
