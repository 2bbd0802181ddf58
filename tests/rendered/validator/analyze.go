package main

import (
	"fmt"
	"strings"

	"istio.io/istio/pkg/config/analysis/analyzers"
	"istio.io/istio/pkg/config/analysis/local"
	"istio.io/istio/pkg/config/resource"
	"sigs.k8s.io/yaml"
)

// message is one line of `istioctl analyze`.
type message struct {
	Code  string `json:"code"`
	Level string `json:"level"`
	Text  string `json:"text"`
}

// analyze runs all analyzers of `istioctl analyze` on objects as if they were in a cluster.
func analyze(r request) ([]message, error) {
	texts := []string{}
	for _, object := range r.Objects {
		text, err := yaml.Marshal(object)
		if err != nil {
			return nil, err
		}
		texts = append(texts, string(text))
	}
	analyzer := local.NewSourceAnalyzer(analyzers.AllCombined(), "", resource.Namespace(r.Istiod.Namespace), nil)
	source := local.ReaderSource{Name: "plan", Reader: strings.NewReader(strings.Join(texts, "\n---\n"))}
	if err := analyzer.AddTestReaderKubeSource([]local.ReaderSource{source}); err != nil {
		return nil, err
	}
	stop := make(chan struct{})
	defer close(stop)
	result, err := analyzer.Analyze(stop)
	if err != nil {
		return nil, err
	}
	messages := []message{}
	for _, one := range result.Messages {
		messages = append(messages, message{one.Type.Code(), one.Type.Level().String(), fmt.Sprint(one.String())})
	}
	return messages, nil
}
