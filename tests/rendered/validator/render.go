package main

import (
	"encoding/json"
	"fmt"
	"path"
	"sort"
	"strings"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/releaseutil"
	"sigs.k8s.io/yaml"
)

// rendered is what a release would put into the cluster, and what Helm would tell the user.
type rendered struct {
	Objects []map[string]any `json:"objects"`
	Notes   string           `json:"notes"`
}

var loaded = map[string]*chart.Chart{}

// loadChart reads a chart once. Templates may change the defaults they are given, so each caller gets defaults of its own;
// one with charts in it is read each time, since switching them off changes it.
func loadChart(folder string) (*chart.Chart, error) {
	known, found := loaded[folder]
	if !found || len(known.Dependencies()) > 0 {
		var err error
		if known, err = loader.Load(folder); err != nil {
			return nil, err
		}
		loaded[folder] = known
	}
	own := *known
	own.Values = copyOf(known.Values)
	return &own, nil
}

func copyOf(values map[string]any) map[string]any {
	text, err := json.Marshal(values)
	if err != nil {
		panic(err)
	}
	result := map[string]any{}
	if err := json.Unmarshal(text, &result); err != nil {
		panic(err)
	}
	return result
}

// render does what `helm install` does before it talks to the cluster: merge, check the schema, run the templates.
func render(r request) (*rendered, error) {
	loadedChart, err := loadChart(r.Chart)
	if err != nil {
		return nil, err
	}
	options := chartutil.ReleaseOptions{Name: r.Release, Namespace: r.Namespace, Revision: 1, IsInstall: true}
	// Helm gets its values as JSON has them: every number a float.
	given := copyOf(r.Values)
	// Charts that are switched off are not rendered.
	if err := chartutil.ProcessDependencies(loadedChart, given); err != nil {
		return nil, err
	}
	values, err := chartutil.ToRenderValues(loadedChart, given, options, chartutil.DefaultCapabilities)
	if err != nil {
		return nil, err
	}
	files, err := engine.Render(loadedChart, values)
	if err != nil {
		return nil, err
	}
	return sortOut(files)
}

func sortOut(files map[string]string) (*rendered, error) {
	result := &rendered{Objects: []map[string]any{}}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if path.Base(name) == "NOTES.txt" {
			result.Notes = files[name]
			continue
		}
		if strings.HasPrefix(path.Base(name), "_") {
			continue
		}
		objects, err := objectsOf(files[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		result.Objects = append(result.Objects, objects...)
	}
	return result, nil
}

func objectsOf(text string) ([]map[string]any, error) {
	documents := releaseutil.SplitManifests(text)
	keys := make([]string, 0, len(documents))
	for key := range documents {
		keys = append(keys, key)
	}
	sort.Sort(releaseutil.BySplitManifestsOrder(keys))
	var objects []map[string]any
	for _, key := range keys {
		object := map[string]any{}
		if err := yaml.Unmarshal([]byte(documents[key]), &object); err != nil {
			return nil, err
		}
		if len(object) > 0 {
			objects = append(objects, object)
		}
	}
	return objects, nil
}
