// Command validator answers what only Istio's, Helm's and Kubernetes' own code can answer about charts and objects.
//
// It reads one request per line from standard input and writes one answer per line, so that charts and schemas are
// loaded once for a whole run. A request names what to do and carries what that needs.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	istiolog "istio.io/istio/pkg/log"
	kubejson "k8s.io/apimachinery/pkg/util/json"
)

// request is one line of input. Only the members of its task are set.
type request struct {
	Do        string           `json:"do"`
	Chart     string           `json:"chart"`
	Release   string           `json:"release"`
	Namespace string           `json:"namespace"`
	Values    map[string]any   `json:"values"`
	Crds      []string         `json:"crds"`
	Objects   []map[string]any `json:"objects"`
	Istiod    istiodFacts      `json:"istiod"`
}

// istiodFacts is what one istiod knows from its own ConfigMaps and environment.
type istiodFacts struct {
	Namespace string `json:"namespace"`
	Revision  string `json:"revision"`
	// Injector is the data of the ConfigMap istio-sidecar-injector: config and values.
	Injector map[string]string `json:"injector"`
	// Mesh is the mesh configuration.
	Mesh string `json:"mesh"`
	// Environment is that of its container, which turns features on and off.
	Environment map[string]string `json:"environment"`
}

type answer struct {
	Result any    `json:"result,omitempty"`
	Error  string `json:"error,omitempty"`
}

var tasks = map[string]func(request) (any, error){
	"render":    func(r request) (any, error) { return render(r) },
	"keys":      func(r request) (any, error) { return readKeys(r.Chart) },
	"validate":  func(r request) (any, error) { return validateAll(r) },
	"mesh":      func(r request) (any, error) { return nil, validateMesh(r.Istiod.Mesh) },
	"inject":    func(r request) (any, error) { return injectAll(r) },
	"provision": func(r request) (any, error) { return provision(r) },
	"admit":     func(r request) (any, error) { return admitAll(r) },
	"analyze":   func(r request) (any, error) { return analyze(r) },
}

func main() {
	quiet()
	lines := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		if err := out.Encode(answerTo(line)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func answerTo(line []byte) (given answer) {
	defer func() {
		if fault := recover(); fault != nil {
			given = answer{Error: fmt.Sprintf("the validator itself failed: %v", fault)}
		}
	}()
	var r request
	// Kubernetes' own way to read JSON: whole numbers stay whole, as its rules want them.
	if err := kubejson.Unmarshal(line, &r); err != nil {
		return answer{Error: err.Error()}
	}
	task, known := tasks[r.Do]
	if !known {
		return answer{Error: fmt.Sprintf("unknown task %q", r.Do)}
	}
	result, err := task(r)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Result: result}
}

// quiet keeps the log of Istio's packages off the standard streams.
func quiet() {
	options := istiolog.DefaultOptions()
	options.OutputPaths = []string{os.DevNull}
	options.ErrorOutputPaths = []string{os.DevNull}
	options.SetDefaultOutputLevel(istiolog.OverrideScopeName, istiolog.NoneLevel)
	if err := istiolog.Configure(options); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}
