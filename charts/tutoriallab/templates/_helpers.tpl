{{/* The rights name this namespace and this account: policies of the cluster decide by them. */}}
{{- define "tutoriallab.namespace" -}}
{{- if ne .Release.Namespace "tutoriallab-system" -}}
{{- fail "tutoriallab is installed in the namespace tutoriallab-system: add --namespace tutoriallab-system --create-namespace" -}}
{{- end -}}
tutoriallab-system
{{- end }}

{{- define "tutoriallab.selector" -}}
app.kubernetes.io/name: tutoriallab
app.kubernetes.io/component: operator
{{- end }}

{{- define "tutoriallab.labels" -}}
{{ include "tutoriallab.selector" . }}
{{ include "tutoriallab.release" . }}
{{- end }}

{{- define "tutoriallab.pageSelector" -}}
app.kubernetes.io/name: tutoriallab
app.kubernetes.io/component: page
{{- end }}

{{- define "tutoriallab.pageLabels" -}}
{{ include "tutoriallab.pageSelector" . }}
{{ include "tutoriallab.release" . }}
{{- end }}

{{- define "tutoriallab.release" -}}
app.kubernetes.io/part-of: tutoriallab
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "tutoriallab.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{- define "tutoriallab.security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "tutoriallab.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* group/version/Kind, separated by commas, as TUTORIALLAB_EXTRA_KINDS takes them. */}}
{{- define "tutoriallab.extraKinds" -}}
{{- range $number, $one := .Values.extraKinds -}}
{{- if $number }},{{ end }}{{ $one.apiVersion }}/{{ $one.kind }}
{{- end -}}
{{- end }}

{{/* Rather not on nodes that labs may lease. */}}
{{- define "tutoriallab.notLeasable" -}}
preferredDuringSchedulingIgnoredDuringExecution:
- weight: 50
  preference:
    matchExpressions:
    - {key: tutoriallab.dev/leasable, operator: NotIn, values: ["true"]}
{{- end }}

{{/* To DNS and the API server. */}}
{{- define "tutoriallab.egress" -}}
- ports:
  {{- range .Values.networkPolicy.apiServerPorts }}
  - {protocol: TCP, port: {{ . }}}
  {{- end }}
  - {protocol: UDP, port: 53}
  - {protocol: TCP, port: 53}
{{- end }}

{{/* What all pods of ours have from the values, but for their affinity. */}}
{{- define "tutoriallab.podSettings" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
securityContext:
  {{- include "tutoriallab.podSecurity" . | nindent 2 }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
tolerations:
  {{- toYaml .Values.tolerations | nindent 2 }}
{{- end }}

{{- define "tutoriallab.probes" -}}
# Answered by the event loop on which everything runs: one that is stuck does not answer.
livenessProbe:
  httpGet: {path: /healthz, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
# Ready is one that watches all labs, or that stands by and could take over.
readinessProbe:
  httpGet: {path: /readyz, port: http}
  periodSeconds: 5
  timeoutSeconds: 2
startupProbe:
  httpGet: {path: /healthz, port: http}
  periodSeconds: 1
  failureThreshold: 60
{{- end }}
