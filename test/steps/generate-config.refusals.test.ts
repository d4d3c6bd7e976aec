import * as kplus from 'cdk8s-plus-28';
import { DownloadConfig, FileSource, GenerateConfig, SharedDirectory, type GenerateConfigProps } from '../../src';
import { testRefusals } from '../refusals';
import { deployment } from '../workload';

const url = 'http://config/app.json';
const text = kplus.EnvValue.fromValue('x');
const cpus = kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT);

function generate(template: string, props: Partial<GenerateConfigProps> = {}): () => unknown {
  const source = FileSource.inline(template);
  return () => new GenerateConfig(deployment(), 'generate', { template: source, ...props });
}

testRefusals('GenerateConfig', [
  ['an id that is no container name, in a step with a directory of its own',
    () => new GenerateConfig(deployment(), 'Nginx_Conf', { template: FileSource.inline('x') }),
    'GenerateConfig: \'id\' must be a DNS label (lower-case letters, digits and "-", '
      + 'at most 63 characters), got "Nginx_Conf"; did you mean nginx-conf? [shop/web/Nginx_Conf]'],
  ['a file of another workload',
    () => {
      const { file } = new DownloadConfig(deployment(), 'download', { url });
      new GenerateConfig(deployment(), 'generate', { template: FileSource.fromShared(file) });
    },
    "GenerateConfig: 'template' must belong to shop/web, got directory 'download-files' of shop/web; "
      + 'an emptyDir is seen by the containers of its own pod only [shop/web/generate]'],
  ['a variable that the template does not use',
    generate('listen ;', { variables: { PORT: text } }),
    "GenerateConfig: 'variables' must be used in the template (inline text) as ${PORT}, "
      + 'got "PORT"; in a TypeScript template literal write \\${PORT}, '
      + 'in a Python f-string ${{PORT}} [shop/web/generate]'],
  ['an encoding that there is not',
    generate('a = ${PORT|upper}', { variables: { PORT: text } }),
    "GenerateConfig: 'template' must encode variables in json, url, base64 or xml, "
      + 'got "${PORT|upper}"; leave it out for the value as it is [shop/web/generate]'],
  ['a variable that the template only escapes',
    generate('listen $${PORT};', { variables: { PORT: text } }),
    "GenerateConfig: 'variables' must be used in the template (inline text) as ${PORT}, "
      + 'got "PORT"; write ${PORT} instead of $${PORT} [shop/web/generate]'],
  ...['{{PORT}}', '{{ .PORT }}', '$(PORT)', '${ PORT }', '$PORT', '%PORT%', '@PORT@'].map(
    (form): [string, () => unknown, string] => [`a variable in another form, ${form}`,
      generate(`listen ${form};`, { variables: { PORT: text } }),
      "GenerateConfig: 'variables' must be used in the template (inline text) as ${PORT}, "
        + `got "PORT"; write \${PORT} instead of ${form} [shop/web/generate]`]),
  ['a variable that is mistyped in the template',
    generate('host = ${DB_HOTS:-db}', { variables: { DB_HOST: text } }),
    "GenerateConfig: 'variables' must be used in the template (inline text) as ${DB_HOST}, "
      + 'got "DB_HOST"; did you mean it by ${DB_HOTS}? [shop/web/generate]'],
  ['a variable with a short name that is mistyped in the template, even if what is left there is meant',
    generate('listen ${prt};', { variables: { PORT: text }, keepUndeclared: true }),
    "GenerateConfig: 'variables' must be used in the template (inline text) as ${PORT}, "
      + 'got "PORT"; did you mean it by ${prt}? [shop/web/generate]'],
  ['a variable that is not mistyped, beside one of another name',
    generate('listen ${HOST};', { variables: { PORT: text } }),
    "GenerateConfig: 'variables' must be used in the template (inline text) as ${PORT}, "
      + 'got "PORT"; in a TypeScript template literal write \\${PORT}, '
      + 'in a Python f-string ${{PORT}} [shop/web/generate]'],
  ['a variable that has no name',
    generate('${MY-PORT}', { variables: { 'MY-PORT': text } }),
    'GenerateConfig: \'variables\' must have names of letters, digits and "_", '
      + 'got "MY-PORT" [shop/web/generate]'],
  ['resources of no container',
    generate('${CPUS}', { variables: { CPUS: cpus } }),
    "GenerateConfig: 'variables' must name the container whose resources they read, "
      + 'got "CPUS"; pass { container } to EnvValue.fromResource, '
      + 'or it would be the step itself [shop/web/generate]'],
  ['a file that no earlier step writes',
    () => {
      const web = deployment();
      const template = FileSource.fromShared(new SharedDirectory(web, 'files').file('web.tmpl'));
      new GenerateConfig(web, 'generate', { template });
    },
    "GenerateConfig: reads web.tmpl of directory 'files', but no earlier step writes it; "
      + 'create the step that writes it first [shop/web/generate]'],
  ['a file that no earlier step writes, in a directory that one writes to',
    () => {
      const web = deployment();
      const { file } = new DownloadConfig(web, 'download', { url });
      const template = FileSource.fromShared(file.directory.file('other'));
      new GenerateConfig(web, 'generate', { template });
    },
    "GenerateConfig: reads other of directory 'download-files', but no earlier step writes it; "
      + 'create the step that writes it first [shop/web/generate]'],
]);
