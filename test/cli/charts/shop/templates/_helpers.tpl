{{- define "shop.labels" -}}
app: {{ .name }}
release: {{ .root.Release.Name }}
{{- end -}}

{{- define "shop.waits" -}}
{{- range $name, $port := .Values.servers }}
- name: wait-for-{{ $name }}
  image: {{ $.Values.tools }}
  command: ["sh", "-c", "until nc -z {{ $.Release.Name }}-{{ $name }} {{ $port }}; do sleep 2; done"]
{{- end }}
{{- end -}}
