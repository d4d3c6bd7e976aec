/** helm, and a chart whose values take what charts mostly take. */
import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { find, made } from './images';

/** The program itself, if it is installed or `.ci/lab` has made it. */
export const helm = made('helm') ?? find('helm');

const CHART = 'apiVersion: v2\nname: shop\nversion: 1.0.0\n';

const VALUES = `podLabels: {}
initContainers: []
extraVolumes: []
extraVolumeMounts: []
extraEnvVars: []
image: shop:1.0
command: []
podSecurityContext: {}
containerSecurityContext: {}
`;

/** Values that hold braces are templates themselves, as in many charts. */
const HELPERS = `{{- define "shop.rendered" -}}
{{- $value := toYaml .value -}}
{{- if contains "{{" $value }}{{ tpl $value .context }}{{ else }}{{ $value }}{{ end -}}
{{- end -}}
`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  selector:
    matchLabels: { app: {{ .Release.Name }} }
  template:
    metadata:
      labels:
        app: {{ .Release.Name }}
    spec:
      {{- with .Values.podSecurityContext }}
      securityContext: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- if .Values.initContainers }}
      initContainers:
        {{- include "shop.rendered" (dict "value" .Values.initContainers "context" $) | nindent 8 }}
      {{- end }}
      containers:
        - name: shop
          image: {{ .Values.image }}
          {{- with .Values.command }}
          command: {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- with .Values.containerSecurityContext }}
          securityContext: {{- toYaml . | nindent 12 }}
          {{- end }}
          env:
            - name: RELEASE
              value: {{ .Release.Name }}
            {{- if .Values.extraEnvVars }}
            {{- include "shop.rendered" (dict "value" .Values.extraEnvVars "context" $) | nindent 12 }}
            {{- end }}
          volumeMounts:
            - name: data
              mountPath: /data
            {{- if .Values.extraVolumeMounts }}
            {{- include "shop.rendered" (dict "value" .Values.extraVolumeMounts "context" $) | nindent 12 }}
            {{- end }}
      volumes:
        - name: data
          emptyDir: {}
        {{- if .Values.extraVolumes }}
        {{- include "shop.rendered" (dict "value" .Values.extraVolumes "context" $) | nindent 8 }}
        {{- end }}
`;

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  selector: { app: {{ .Release.Name }} }
  ports: [{ port: 80 }]
`;

/** Writes the chart into a folder, and tells where it is. */
export function writeChart(folder: string): string {
  const chart = join(folder, 'shop');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  const files = {
    'Chart.yaml': CHART,
    'values.yaml': VALUES,
    'templates/_helpers.tpl': HELPERS,
    'templates/deployment.yaml': DEPLOYMENT,
    'templates/service.yaml': SERVICE,
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(chart, file), text);
  return chart;
}
