{{- define "common.wait" -}}
- name: wait-for-{{ .server }}
  image: busybox:1.37.0
  command:
    - sh
    - -c
    - |
      {{- if .attempts }}
      for i in $(seq {{ .attempts }}); do
        nc -z -w 2 {{ .server }} 5432 && exit 0
        sleep 2
      done
      echo "{{ .server }} does not answer" >&2
      exit 1
      {{- else }}
      until nc -z -w 2 {{ .server }} 5432; do
        sleep 2
      done
      {{- end }}
{{- end -}}
