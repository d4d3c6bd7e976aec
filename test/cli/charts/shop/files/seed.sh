#!/bin/sh
{{- range $name, $port := .Values.servers }}
echo "{{ $name }}={{ $port }}" >> /seed/servers
{{- end }}
curl -fsSo /seed/catalog.json http://catalog/export
