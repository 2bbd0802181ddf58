package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"istio.io/istio/pilot/pkg/config/kube/gatewaycommon"
	"istio.io/istio/pilot/pkg/features"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pkg/cluster"
	"istio.io/istio/pkg/config/mesh/meshwatcher"
	"istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/kube/inject"
	"istio.io/istio/pkg/revisions"
	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/version"
	fakediscovery "k8s.io/client-go/discovery/fake"
	dynamicfake "k8s.io/client-go/dynamic/fake"
	"k8s.io/client-go/testing"
	gateway "sigs.k8s.io/gateway-api/apis/v1"
)

// provision runs istiod's own controller for Gateways of the Gateway API, with the given objects as its cluster, and
// returns what it applies: Deployment, Service, autoscaler and so on. Gateways of another revision it leaves alone.
func provision(r request) ([]map[string]any, error) {
	objects, gateways, err := typedObjects(r.Objects)
	if err != nil {
		return nil, err
	}
	own, err := newInjector(r.Istiod)
	if err != nil {
		return nil, err
	}
	turnOn(r.Istiod.Environment)
	client := kube.NewFakeClient(objects...)
	client.Kube().Discovery().(*fakediscovery.FakeDiscovery).FakedServerVersion = &version.Info{Major: "1", Minor: "34"}
	applied := collectPatches(client)

	environment := model.NewEnvironment()
	environment.Watcher = meshwatcher.NewTestWatcher(own.mesh)
	environment.PushContext().InitDone.Store(true)
	tags := revisions.NewTagWatcher(client, r.Istiod.Revision, r.Istiod.Namespace)
	webhook := func() inject.WebhookConfig {
		return inject.WebhookConfig{Templates: own.config.Templates, Values: own.values, MeshConfig: own.mesh}
	}
	controller := gatewaycommon.NewDeploymentController(client, cluster.ID(features.ClusterName), environment, webhook,
		func(func()) {}, tags, r.Istiod.Revision, r.Istiod.Namespace)
	stop := make(chan struct{})
	defer close(stop)
	client.RunAndWait(stop)
	for _, name := range gateways {
		if err := controller.Reconcile(name); err != nil {
			return nil, err
		}
	}
	return *applied, nil
}

// turnOn sets what decides which classes of Gateways this istiod knows. It reads that once, when it starts; here one
// process answers for many.
func turnOn(environment map[string]string) {
	features.EnableAmbientMultiNetwork = environment["AMBIENT_ENABLE_MULTI_NETWORK"] == "true"
	gatewaycommon.ClassInfos = gatewaycommon.GetClassInfos()
	gatewaycommon.BuiltinGatewayClasses = gatewaycommon.GetBuiltinGatewayClasses()
	gatewaycommon.AllClasses = gatewaycommon.GetAllClasses()
}

func collectPatches(client kube.Client) *[]map[string]any {
	applied := &[]map[string]any{}
	dynamic := client.Dynamic().(*dynamicfake.FakeDynamicClient)
	dynamic.PrependReactor("patch", "*", func(action testing.Action) (bool, runtime.Object, error) {
		patch := action.(testing.PatchAction).GetPatch()
		object := map[string]any{}
		if err := json.Unmarshal(patch, &object); err != nil {
			return true, nil, err
		}
		if object["kind"] != "Gateway" {
			*applied = append(*applied, object)
		}
		return true, &unstructured.Unstructured{Object: object}, nil
	})
	return applied
}

// typedObjects are the objects that the controller looks at, in the types that it reads.
func typedObjects(given []map[string]any) ([]runtime.Object, []types.NamespacedName, error) {
	objects, gateways := []runtime.Object{}, []types.NamespacedName{}
	for _, one := range given {
		of := unstructured.Unstructured{Object: one}
		typed := emptyOf(of)
		if typed == nil {
			continue
		}
		if err := runtime.DefaultUnstructuredConverter.FromUnstructured(one, typed); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", titleOf(of), err)
		}
		objects = append(objects, typed)
		if made, is := typed.(*gateway.Gateway); is {
			// The API server gives it one, and what istiod makes names it as its owner.
			made.UID = types.UID(of.GetNamespace() + "/" + of.GetName())
			gateways = append(gateways, types.NamespacedName{Namespace: of.GetNamespace(), Name: of.GetName()})
		}
	}
	if len(gateways) == 0 {
		return nil, nil, errors.New("no Gateway among the objects")
	}
	return objects, gateways, nil
}

func emptyOf(of unstructured.Unstructured) runtime.Object {
	switch of.GroupVersionKind().GroupKind().String() {
	case "Gateway.gateway.networking.k8s.io":
		return &gateway.Gateway{}
	case "ConfigMap":
		return &corev1.ConfigMap{}
	case "Namespace":
		return &corev1.Namespace{}
	case "MutatingWebhookConfiguration.admissionregistration.k8s.io":
		return &admissionv1.MutatingWebhookConfiguration{}
	case "ValidatingWebhookConfiguration.admissionregistration.k8s.io":
		return &admissionv1.ValidatingWebhookConfiguration{}
	}
	return nil
}
