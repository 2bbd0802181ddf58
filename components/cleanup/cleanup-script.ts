/**
 * What Pulumi runs on destroy before anything else, as a POSIX shell script. It travels in the Command's environment, so
 * that the engine, which prints the command on failure, prints one line and not all of this.
 *
 * It never strips finalizers: a load balancer whose finalizer is gone is an orphan that nobody removes. And whatever it
 * cannot see (no permission, no connection) it does not take for gone.
 */
export const cleanupScript = String.raw`set -u
# Ranges of letters in patterns are those of ASCII, whatever language the user reads.
LC_ALL=C
export LC_ALL
folder=$(mktemp -d) || exit 1
progress=
trap '[ -z "$progress" ] || kill "$progress" 2>/dev/null; rm -rf "$folder"' EXIT
config=$folder/kubeconfig errors=$folder/errors found=$folder/found chosen=$folder/chosen manifest=$folder/manifest
cat >"$config"
deadline=$(($(date +%s) + TIMEOUT))

# A signal may come while the output of a call is caught.
exec 3>&2
say() { echo "istio-eks: $*" >&3; }
stop() { say "$*"; exit 1; }
# A shell that is ended by a signal would leave the kubeconfig behind, and whoever tells of the progress.
trap 'stop "interrupted. Run pulumi destroy again to go on; to keep the mesh, pulumi up --refresh makes its load balancers anew."' INT TERM HUP
# Each call may start a credential helper that takes a second or two: there are few calls, for everything at once.
kube() { PATH="$folder/helpers:$PATH" "$KUBECTL" --kubeconfig="$config" "$@"; }
seconds_left() { left=$((deadline - $(date +%s))); if [ "$left" -gt 1 ]; then echo "$left"; else echo 1; fi; }

# The helper of EKS takes a second each time, and its token is good for fourteen minutes: kubectl finds this in its place,
# which asks again after ten.
if mkdir "$folder/helpers" && helper=$(command -v aws); then
  cat >"$folder/helpers/aws" <<END
#!/bin/sh
case "\$*" in *token*) ;; *) exec "$helper" "\$@" ;; esac
[ -n "\$(find "$folder/token" -mmin -10 2>/dev/null)" ] ||
  { "$helper" "\$@" >"$folder/token.\$\$" && mv "$folder/token.\$\$" "$folder/token"; } || exit 1
cat "$folder/token"
END
  chmod +x "$folder/helpers/aws"
fi

command -v "$KUBECTL" >/dev/null 2>&1 ||
  stop "$KUBECTL was not found, so nothing was removed yet. Put it on the PATH and run pulumi destroy again."

# One lost answer must not end a destroy, nor count a cluster as gone.
attempts=1
until groups=$(kube get --raw=/apis --request-timeout=20s 2>"$errors"); do
  answer=$(cat "$errors")
  case "$answer" in
  *nauthorized* | *orbidden* | *redential* | *xpired*)
    stop "the cluster refuses the credentials, so nothing was removed yet. Renew them and run pulumi destroy again. It said: $answer" ;;
  esac
  if [ "$attempts" -lt 3 ]; then
    attempts=$((attempts + 1))
    say "the cluster does not answer; attempt $attempts of 3 follows. It said: $answer"
    sleep 5
    continue
  fi
  [ "$IGNORE_UNREACHABLE" = true ] ||
    stop "the cluster cannot be reached, so nothing was removed yet. Make it reachable and run pulumi destroy again; if it is gone for good, see 'When destroy cannot finish' in docs/destroy.md. It said: $answer"
  say "the cluster cannot be reached and counts as gone (cleanup.ignoreUnreachableCluster). Load balancers it made may still be in AWS. It said: $answer"
  exit 0
done

# Kinds that the cluster does not have cannot be asked for.
kinds=services,ingresses.networking.k8s.io
offer() { if echo "$groups" | grep -q "\"name\": *\"$1\""; then kinds=$kinds,$2.$1; fi; }
offer gateway.networking.k8s.io gateways
offer elbv2.k8s.aws targetgroupbindings
# Without Auto Mode this group may be there for other kinds.
if [ "$CONTROLLER" = eks-auto-mode ]; then offer eks.amazonaws.com targetgroupbindings; fi

# The namespaces to look into: the mesh's own, and those of the objects that were named.
places=$(echo "$OBJECTS $NAMESPACES" | tr ' ' '\n' | sed 's/.*@//' | sort -u)

# One line of these fields for each object that could stand for a load balancer. Whoever may write a Service decides what
# its annotations are, line breaks included: a line counts only if it begins with a mark that nobody can know before, and
# the annotation is its last field.
mark=$(basename "$folder")-$$
fields='{.apiVersion}|{.kind}|{.metadata.namespace}|{.metadata.name}|{.spec.type}|{.spec.gatewayClassName}|{.metadata.finalizers}|{.metadata.annotations.networking\.istio\.io/service-type}'
look() {
  : >"$found"
  for place in $places; do
    kube get "$kinds" --namespace="$place" -o "jsonpath={range .items[*]}$mark|$fields{\"\n\"}{end}" >>"$found" 2>"$errors" && continue
    say "$(cat "$errors")"
    return 1
  done
}

# Whether Kubernetes takes these for an API version, a namespace and a name.
is_named() {
  case "$1" in "" | *[!a-z0-9./-]*) return 1 ;; esac
  case "$2" in "" | *[!a-z0-9-]*) return 1 ;; esac
  case "$3" in "" | *[!a-z0-9.-]*) return 1 ;; esac
}

# Objects go that were named, and in the mesh's own namespaces every load balancer. A Gateway stands for one unless it
# says that its Service stays inside the cluster, or that it is one of another cluster. Bindings to target groups that someone made by hand come later: the
# controller's own go with their load balancer.
goes() {
  case "$kind" in Service | Ingress | Gateway | TargetGroupBinding) ;; *) return 1 ;; esac
  case " $OBJECTS " in *" $kind/$name@$namespace "*) [ "$1" = balancers ]; return ;; esac
  case " $NAMESPACES " in *" $namespace "*) ;; *) return 1 ;; esac
  case "$1 $kind" in
  "balancers Service") [ "$type" = LoadBalancer ] ;;
  "balancers Gateway") [ "$class" != istio-waypoint ] && [ "$class" != istio-remote ] && [ "$reach" != ClusterIP ] && [ "$reach" != NodePort ] ;;
  "balancers Ingress" | "bindings TargetGroupBinding") true ;;
  *) false ;;
  esac
}

# Of what was found, what goes now. Fails if nothing does.
choose() {
  while IFS='|' read -r row version kind namespace name type class finalizers reach; do
    [ "$row" = "$mark" ] && is_named "$version" "$namespace" "$name" || continue
    if goes "$1"; then printf '%s\n' "$version|$kind|$namespace|$name|$finalizers"; fi
  done <"$found" >"$chosen"
  [ -s "$chosen" ]
}

# Why objects are still there: their finalizers, the last events, and whether anybody is there to remove them.
explain() {
  while IFS='|' read -r version kind namespace name finalizers; do
    say "still there: $kind/$name in namespace $namespace, finalizers $finalizers"
    kube get events -n "$namespace" --field-selector "involvedObject.kind=$kind,involvedObject.name=$name" --sort-by=.lastTimestamp \
      -o 'jsonpath={range .items[*]}{.reason}: {.message}{"\n"}{end}' 2>/dev/null </dev/null | tail -3 |
      while read -r event; do say "  event $event"; done
  done <"$chosen"
  ready=$(kube get deployments -A -l app.kubernetes.io/name=aws-load-balancer-controller \
    -o 'jsonpath={.items[*].status.readyReplicas}' 2>/dev/null)
  if [ "$CONTROLLER" = aws-load-balancer-controller ] && [ -z "$(echo "$ready" | tr -d ' 0')" ]; then
    stop "gave up after $TIMEOUT seconds. No AWS Load Balancer Controller is ready, and only it can remove them: start it and run pulumi destroy again."
  fi
  stop "gave up after $TIMEOUT seconds. The mesh itself is untouched: fix what the events report (deletion protection, permissions) and run pulumi destroy again."
}

# AWS takes a minute or more for a load balancer: a reader wants to know what it waits for. Nothing that outlives its
# end may hold the output open.
tell_progress() {
  while sleep 30 >/dev/null 2>&1 3>&- && kill -0 $$ 2>/dev/null; do
    waiting=$(kube get -f "$manifest" --ignore-not-found -o name 2>/dev/null | tr '\n' ' ' 2>/dev/null)
    [ -z "$waiting" ] || say "still waiting for $waiting- $(seconds_left) of $TIMEOUT seconds left"
  done
}

# Deletes all that goes now side by side, waits until it is gone, and tells why if it is not.
remove() {
  choose "$1" || return 0
  while IFS='|' read -r version kind namespace name finalizers; do
    say "removing $kind/$name in namespace $namespace"
    printf -- '---\napiVersion: %s\nkind: %s\nmetadata: {name: "%s", namespace: "%s"}\n' "$version" "$kind" "$name" "$namespace"
  done <"$chosen" >"$manifest"
  tell_progress </dev/null &
  progress=$!
  refused=
  kube delete -f "$manifest" --ignore-not-found --wait --timeout="$(seconds_left)s" >/dev/null 2>"$errors" ||
    refused=$(grep -v -i 'timed out' "$errors")
  kill "$progress" 2>/dev/null
  progress=
  [ -z "$refused" ] || stop "not everything could be deleted. The mesh itself is untouched: fix that and run pulumi destroy again. The cluster said: $refused"
  look || stop "whether all is gone could not be read. The mesh itself is untouched: run pulumi destroy again."
  if choose "$1"; then explain; fi
}

look || stop "what is there could not be read. The mesh itself is untouched: fix that and run pulumi destroy again."
remove balancers
remove bindings

# EC2 is asked with the identity of the mesh's AWS provider: another account has no interfaces, and is no answer. As an
# option, a profile wins over credentials in the environment, as it does in that provider.
call_aws() {
  if [ -n "$PROFILE" ]; then set -- "$@" --profile "$PROFILE"; fi
  aws "$@" --region "$REGION" --output text
}
assume_role() {
  session=$(call_aws sts assume-role --role-arn "$ROLE_ARN" --role-session-name istio-eks-cleanup \
    --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]') ||
    stop "the role $ROLE_ARN cannot be assumed, so whether AWS has released its network interfaces is not known. Allow sts:AssumeRole, or write another cluster.roleArn, and run pulumi destroy again."
  IFS="$tab" read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN <<END
$session
END
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
  # Their option would win over these credentials.
  PROFILE=
}
tab=$(printf '\t')
if [ -n "$SECURITY_GROUPS" ] && [ -n "$ROLE_ARN" ]; then assume_role; fi

for group in $SECURITY_GROUPS; do
  # Another account has no interfaces with this group, which is there until the mesh is gone.
  call_aws ec2 describe-security-groups --group-ids "$group" >/dev/null ||
    stop "the security group $group cannot be seen with the credentials of the aws command, so whether AWS has released its network interfaces is not known. Write cluster.profile or cluster.roleArn, or set AWS_PROFILE to the account of the mesh, and run pulumi destroy again."
  while true; do
    interfaces=$(call_aws ec2 describe-network-interfaces --filters "Name=group-id,Values=$group" \
      --query 'NetworkInterfaces[].NetworkInterfaceId') || exit 1
    [ -n "$interfaces" ] || break
    [ "$(seconds_left)" -gt 1 ] || stop "gave up after $TIMEOUT seconds: AWS still holds network interfaces with $group: $interfaces. Run pulumi destroy again."
    sleep 2
  done
done
`;
