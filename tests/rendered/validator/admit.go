package main

import (
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// admitAll tells what Pod Security admission would say to the pods of workloads at the level in the values.
func admitAll(r request) ([]validationResult, error) {
	level, err := api.ParseLevel(fmt.Sprint(r.Values["level"]))
	if err != nil {
		return nil, err
	}
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		return nil, err
	}
	results := []validationResult{}
	for _, object := range r.Objects {
		// A DaemonSet's pods stand at the same place.
		var workload appsv1.Deployment
		if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object, &workload); err != nil {
			return nil, err
		}
		result := validationResult{Object: titleOf(unstructured.Unstructured{Object: object}), Complaints: []string{}, By: []string{}}
		template := workload.Spec.Template
		lv := api.LevelVersion{Level: level, Version: api.LatestVersion()}
		answers := policy.AggregateCheckResults(evaluator.EvaluatePod(lv, &template.ObjectMeta, &template.Spec))
		if !answers.Allowed {
			result.add("Pod Security "+string(level), []string{answers.ForbiddenDetail()})
		}
		results = append(results, result)
	}
	return results, nil
}
