package main

import (
	"encoding/json"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/admissionregistration"
	_ "k8s.io/kubernetes/pkg/apis/admissionregistration/install"
	admissionvalidation "k8s.io/kubernetes/pkg/apis/admissionregistration/validation"
	"k8s.io/kubernetes/pkg/apis/apps"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	appsvalidation "k8s.io/kubernetes/pkg/apis/apps/validation"
	"k8s.io/kubernetes/pkg/apis/autoscaling"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	autoscalingvalidation "k8s.io/kubernetes/pkg/apis/autoscaling/validation"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	_ "k8s.io/kubernetes/pkg/apis/discovery/install"
	"k8s.io/kubernetes/pkg/apis/networking"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	networkingvalidation "k8s.io/kubernetes/pkg/apis/networking/validation"
	"k8s.io/kubernetes/pkg/apis/policy"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	policyvalidation "k8s.io/kubernetes/pkg/apis/policy/validation"
	"k8s.io/kubernetes/pkg/apis/rbac"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	rbacvalidation "k8s.io/kubernetes/pkg/apis/rbac/validation"
)

var codecs = serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict)

// validateBuiltIn decodes an object as strictly as `kubectl --validate=strict`, fills in the API server's defaults and
// asks the API server's own validation. `known` is false for kinds that Kubernetes does not bring itself.
func validateBuiltIn(object map[string]any) (complaints []string, known bool) {
	of := unstructured.Unstructured{Object: object}
	if !legacyscheme.Scheme.Recognizes(of.GroupVersionKind()) {
		return nil, false
	}
	text, err := json.Marshal(object)
	if err != nil {
		return []string{err.Error()}, true
	}
	internal, err := runtime.Decode(codecs.UniversalDecoder(), text)
	if err != nil {
		return []string{err.Error()}, true
	}
	return textsOf(validateObject(internal)), true
}

var podOptions = corevalidation.PodValidationOptions{}

func validateObject(object runtime.Object) field.ErrorList {
	switch object := object.(type) {
	case *core.Service:
		return corevalidation.ValidateServiceCreate(withClusterIP(object))
	case *core.ConfigMap:
		return corevalidation.ValidateConfigMap(object)
	case *core.Secret:
		return corevalidation.ValidateSecret(object)
	case *core.Namespace:
		return corevalidation.ValidateNamespace(object)
	case *core.ServiceAccount:
		return corevalidation.ValidateServiceAccount(object)
	case *core.ResourceQuota:
		return corevalidation.ValidateResourceQuota(object)
	case *apps.Deployment:
		return appsvalidation.ValidateDeployment(object, podOptions)
	case *apps.DaemonSet:
		return appsvalidation.ValidateDaemonSet(object, podOptions)
	case *autoscaling.HorizontalPodAutoscaler:
		return autoscalingvalidation.ValidateHorizontalPodAutoscaler(object, autoscalingvalidation.HorizontalPodAutoscalerSpecValidationOptions{MinReplicasLowerBound: 1})
	case *policy.PodDisruptionBudget:
		return policyvalidation.ValidatePodDisruptionBudget(object, policyvalidation.PodDisruptionBudgetValidationOptions{})
	}
	return validateRules(object)
}

// validateRules validates the kinds that say who may do what, and who may talk to whom.
func validateRules(object runtime.Object) field.ErrorList {
	switch object := object.(type) {
	case *networking.Ingress:
		return networkingvalidation.ValidateIngressCreate(object)
	case *networking.IngressClass:
		return networkingvalidation.ValidateIngressClass(object)
	case *networking.NetworkPolicy:
		return networkingvalidation.ValidateNetworkPolicy(object, networkingvalidation.NetworkPolicyValidationOptions{})
	case *rbac.Role:
		return rbacvalidation.ValidateRole(object)
	case *rbac.ClusterRole:
		return rbacvalidation.ValidateClusterRole(object, rbacvalidation.ClusterRoleValidationOptions{})
	case *rbac.RoleBinding:
		return rbacvalidation.ValidateRoleBinding(object)
	case *rbac.ClusterRoleBinding:
		return rbacvalidation.ValidateClusterRoleBinding(object)
	case *admissionregistration.MutatingWebhookConfiguration:
		return admissionvalidation.ValidateMutatingWebhookConfiguration(object)
	case *admissionregistration.ValidatingWebhookConfiguration:
		return admissionvalidation.ValidateValidatingWebhookConfiguration(object)
	case *admissionregistration.ValidatingAdmissionPolicy:
		return admissionvalidation.ValidateValidatingAdmissionPolicy(object)
	case *admissionregistration.ValidatingAdmissionPolicyBinding:
		return admissionvalidation.ValidateValidatingAdmissionPolicyBinding(object)
	}
	return nil
}

// withClusterIP gives a Service the address that the API server's allocator would give it before it validates.
func withClusterIP(service *core.Service) *core.Service {
	if service.Spec.Type == core.ServiceTypeExternalName || len(service.Spec.ClusterIPs) > 0 || service.Spec.ClusterIP != "" {
		return service
	}
	service.Spec.ClusterIP = "10.100.0.1"
	service.Spec.ClusterIPs = []string{"10.100.0.1"}
	single := core.IPFamilyPolicySingleStack
	if service.Spec.IPFamilyPolicy == nil {
		service.Spec.IPFamilyPolicy = &single
	}
	if len(service.Spec.IPFamilies) == 0 {
		service.Spec.IPFamilies = []core.IPFamily{core.IPv4Protocol}
	}
	return service
}
