/**
 * What Pulumi runs on destroy before anything else, as a POSIX shell script. It travels in the Command's environment, so
 * that the engine, which prints the command on failure, prints one line and not all of this.
 *
 * It never strips finalizers: a load balancer whose finalizer is gone is an orphan that nobody removes. And whatever it
 * cannot see (no permission, no connection) it does not take for gone.
 */
export const cleanupScript = String.raw`set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
config=$folder/kubeconfig errors=$folder/errors lines=$folder/lines
cat >"$config"
deadline=$(($(date +%s) + TIMEOUT))

say() { echo "istio-eks: $*" >&2; }
stop() { say "$*"; exit 1; }
kube() { "$KUBECTL" --kubeconfig="$config" "$@"; }
seconds_left() { left=$((deadline - $(date +%s))); if [ "$left" -gt 1 ]; then echo "$left"; else echo 1; fi; }

command -v "$KUBECTL" >/dev/null 2>&1 ||
  stop "$KUBECTL was not found, so nothing was removed yet. Put it on the PATH and run pulumi destroy again."

if ! answer=$(kube get --raw=/readyz --request-timeout=20s 2>&1); then
  case "$answer" in
  *nauthorized* | *orbidden* | *redential* | *xpired*)
    stop "the cluster refuses the credentials, so nothing was removed yet. Renew them and run pulumi destroy again. It said: $answer" ;;
  esac
  [ "$IGNORE_UNREACHABLE" = true ] ||
    stop "the cluster cannot be reached, so nothing was removed yet. Make it reachable and run pulumi destroy again; if it is gone for good, see 'When destroy cannot finish' in the README. It said: $answer"
  say "the cluster cannot be reached and counts as gone (cleanup.ignoreUnreachableCluster). Load balancers it made may still be in AWS. It said: $answer"
  exit 0
fi

# kubectl get, for which a kind that the cluster does not have is no error, and everything else is.
get() {
  kube get "$@" 2>"$errors" && return
  grep -q "doesn't have a resource type" "$errors" && return
  say "$(cat "$errors")"
  return 1
}

# One line "kind/name namespace" for each object that stands for a load balancer. A Gateway stands for one unless it
# says that its Service stays inside the cluster.
load_balancers() {
  for namespace in $NAMESPACES; do
    get gateways.gateway.networking.k8s.io -n "$namespace" -o 'jsonpath={range .items[*]}gateway.gateway.networking.k8s.io/{.metadata.name} {.spec.gatewayClassName} {.metadata.annotations.networking\.istio\.io/service-type}{"\n"}{end}' >"$lines" || return 1
    grep -v -e ' istio-waypoint ' -e ' ClusterIP$' -e ' NodePort$' "$lines" | while read -r object _; do echo "$object $namespace"; done
    get ingresses.networking.k8s.io -n "$namespace" -o name >"$lines" || return 1
    while read -r object; do echo "$object $namespace"; done <"$lines"
    get services -n "$namespace" -o 'jsonpath={range .items[?(@.spec.type=="LoadBalancer")]}service/{.metadata.name}{"\n"}{end}' >"$lines" || return 1
    while read -r object; do echo "$object $namespace"; done <"$lines"
  done
  for entry in $OBJECTS; do
    object=$(echo "$entry" | cut -d@ -f1) namespace=$(echo "$entry" | cut -d@ -f2)
    get "$object" -n "$namespace" --ignore-not-found -o name >"$lines" || return 1
    [ ! -s "$lines" ] || echo "$object $namespace"
  done
}

# The same for bindings to target groups that someone made by hand; the controller's own go with their load balancer.
bindings() {
  for namespace in $NAMESPACES; do
    for group in elbv2.k8s.aws eks.amazonaws.com; do
      get "targetgroupbindings.$group" -n "$namespace" -o name >"$lines" || return 1
      while read -r object; do echo "$object $namespace"; done <"$lines"
    done
  done
}

# Why an object is still there: its finalizers, the last events, and whether anybody is there to remove it.
explain() {
  finalizers=$(kube get "$1" -n "$2" -o 'jsonpath={.metadata.finalizers}' 2>/dev/null)
  say "still there: $1 in namespace $2, finalizers $finalizers"
  name=$(echo "$1" | cut -d/ -f2)
  kube get events -n "$2" --field-selector "involvedObject.name=$name" --sort-by=.lastTimestamp \
    -o 'jsonpath={range .items[*]}{.reason}: {.message}{"\n"}{end}' 2>/dev/null | tail -3 |
    while read -r event; do say "  event $event"; done
}

advise() {
  ready=$(kube get deployments -A -l app.kubernetes.io/name=aws-load-balancer-controller \
    -o 'jsonpath={.items[*].status.readyReplicas}' 2>/dev/null)
  if [ "$CONTROLLER" = aws-load-balancer-controller ] && [ -z "$(echo "$ready" | tr -d ' 0')" ]; then
    stop "gave up after $TIMEOUT seconds. No AWS Load Balancer Controller is ready, and only it can remove them: start it and run pulumi destroy again."
  fi
  stop "gave up after $TIMEOUT seconds. The mesh itself is untouched: mend what the events say (deletion protection, permissions) and run pulumi destroy again."
}

# Deletes everything that a list names, waits until all of it is gone, and tells why if it is not.
remove_all() {
  found=$($1) || stop "what is there could not be read. The mesh itself is untouched: mend that and run pulumi destroy again."
  while read -r object namespace; do
    [ -n "$object" ] || continue
    say "removing $object in namespace $namespace"
    kube delete "$object" -n "$namespace" --ignore-not-found --wait=false >/dev/null || exit 1
  done <<END
$found
END
  while read -r object namespace; do
    [ -n "$object" ] || continue
    kube wait --for=delete "$object" -n "$namespace" --timeout="$(seconds_left)s" >/dev/null 2>&1
  done <<END
$found
END
  rest=$($1) || stop "whether all is gone could not be read. The mesh itself is untouched: run pulumi destroy again."
  [ -n "$rest" ] || return 0
  while read -r object namespace; do explain "$object" "$namespace"; done <<END
$rest
END
  advise
}

remove_all load_balancers
remove_all bindings

for group in $SECURITY_GROUPS; do
  while true; do
    interfaces=$(aws ec2 describe-network-interfaces --region "$REGION" --filters "Name=group-id,Values=$group" \
      --query 'NetworkInterfaces[].NetworkInterfaceId' --output text) || exit 1
    [ -n "$interfaces" ] || break
    [ "$(seconds_left)" -gt 1 ] || stop "gave up after $TIMEOUT seconds: AWS still holds network interfaces with $group: $interfaces. Run pulumi destroy again."
    sleep 2
  done
done
`;
