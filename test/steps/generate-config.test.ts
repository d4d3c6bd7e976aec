import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FileSource, GenerateConfig, type GenerateConfigProps } from '../../src';
import { generateConfig } from '../../src/programs';
import { deployment, podSpec } from '../workload';

const plain = generateConfig({ template: 'text', variables: true, encodings: false, keepUndeclared: false });

test('a generated file has its template and its variables in the environment', () => {
  const web = deployment();
  new GenerateConfig(web, 'nginx-conf', {
    template: FileSource.inline('listen ${PORT:-80}; # $host $(date) ${PATH}'),
    variables: {
      PORT: kplus.EnvValue.fromValue('$(PORT)'),
      PATH: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_IP),
    },
    path: '/etc/nginx/nginx.conf',
    containers: ['main'],
  });

  const { initContainers: [container], containers: [app] } = podSpec(web);
  expect(container.image).toContain('library/busybox:');
  expect(container.command).toEqual(['sh', '-c', plain.text]);
  expect(container.args).toEqual(['nginx-conf']);
  expect(container.env).toEqual([
    { name: 'step_destination', value: '/out/nginx.conf' },
    { name: 'step_mode', value: '0644' },
    { name: 'step_template', value: 'listen ${PORT:-80}; # $host $$(date) ${PATH}' },
    { name: 'step_variables', value: 'PATH PORT' },
    { name: 'var_PATH', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    { name: 'var_PORT', value: '$$(PORT)' },
  ]);
  expect(app.volumeMounts).toEqual([
    { mountPath: '/etc/nginx/nginx.conf', name: 'nginx-conf-files', readOnly: true, subPath: 'nginx.conf' },
  ]);
});

const chart = new Chart(Testing.app(), 'shop');
const configMap = kplus.ConfigMap.fromConfigMapName(chart, 'c', 'templates');
const secret = kplus.Secret.fromSecretName(chart, 's', 'templates');
const items = [{ key: 'web.tmpl', path: 'web.tmpl' }];

test.each<[string, FileSource, object]>([
  ['ConfigMap', FileSource.fromConfigMap(configMap, 'web.tmpl'), { configMap: { name: 'templates', items } }],
  ['Secret', FileSource.fromSecret(secret, 'web.tmpl'), { secret: { secretName: 'templates', items } }],
])('a template from a %s is mounted, and its variables cannot be checked', (kind, template, volume) => {
  const web = deployment();
  new GenerateConfig(web, 'conf', {
    template,
    variables: { ANY: kplus.EnvValue.fromValue('x') },
  });

  const { initContainers: [container], volumes } = podSpec(web);
  expect(template.description).toBe(`key web.tmpl of ${kind} templates`);
  expect(container.env).toContainEqual({
    name: 'step_template_file',
    value: '/in/template',
  });
  expect(container.volumeMounts).toEqual([
    { mountPath: '/out', name: 'conf-files' },
    { mountPath: '/in/template', name: 'conf-template', subPath: 'web.tmpl', readOnly: true },
  ]);
  expect(volumes).toContainEqual({ name: 'conf-template', ...volume });
});

test('a template can be a file that an earlier step writes', () => {
  const web = deployment();
  const first = new GenerateConfig(web, 'first', { template: FileSource.inline('listen ${PORT};') });
  const template = FileSource.fromShared(first.file);
  new GenerateConfig(web, 'second', { template });

  expect(template.description).toBe('first in first-files');
  expect(podSpec(web).initContainers[1].env).toContainEqual({
    name: 'step_template_file',
    value: '/in/template',
  });
  expect(podSpec(web).initContainers[1].volumeMounts).toEqual([
    { mountPath: '/out', name: 'second-files' },
    { mountPath: '/in/template', name: 'first-files', subPath: 'first', readOnly: true },
  ]);
});

test('a variable inside another expression of a template counts as used', () => {
  const template = FileSource.inline('${other:-${A}}');
  const variables = { A: kplus.EnvValue.fromValue('x') };

  expect(() => new GenerateConfig(deployment(), 'conf', { template, variables })).not.toThrow();
});

test('resources of an app container can be variables of a template', () => {
  const web = deployment();
  const container = web.containers[0];
  new GenerateConfig(web, 'conf', {
    template: FileSource.inline('${CPUS}'),
    variables: { CPUS: kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT, { container }) },
  });

  expect(podSpec(web).initContainers[0].env).toContainEqual({
    name: 'var_CPUS', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', containerName: 'main' } },
  });
});

/** The programs of a template, of whose variables A is declared. */
function programFor(text: string, props: Partial<GenerateConfigProps> = {}): string {
  const web = deployment();
  const variables = { A: kplus.EnvValue.fromValue('x') };
  new GenerateConfig(web, 'conf', { template: FileSource.inline(text), variables, ...props });
  return podSpec(web).initContainers[0].command[2];
}

test('a program encodes values only where the template asks for it', () => {
  const needs = { template: 'text', variables: true, keepUndeclared: false } as const;

  expect(programFor('${A}')).toBe(generateConfig({ ...needs, encodings: false }).text);
  expect(programFor('${A|json} $${A|xml} ${B|no}')).toBe(generateConfig({ ...needs, encodings: true }).text);
});

test('a program says nothing of what is left where it is meant to be left', () => {
  expect(programFor('${A} ${B}', { keepUndeclared: true }))
    .toBe(generateConfig({ template: 'text', variables: true, encodings: false, keepUndeclared: true }).text);
});
