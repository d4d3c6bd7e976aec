import * as kplus from 'cdk8s-plus-28';
import { GenerateEnv, InitDefaults, InitStep, type GenerateEnvProps, type OutputFile } from '../../src';
import { testAcceptance, testRefusals } from '../refusals';
import { deployment } from '../workload';

const secret = { name: 'credentials' } as kplus.ISecret;
const PASSWORD = kplus.EnvValue.fromSecretValue({ secret, key: 'password' });

function promised(props?: kplus.DeploymentProps): kplus.Deployment {
  const web = deployment(props);
  InitDefaults.set(web, { kubernetesVersion: '1.35' });
  return web;
}

const generate = (props: Partial<GenerateEnvProps>, web = promised) => () =>
  new GenerateEnv(web(), 'urls', { templates: { URL: 'a:${PASSWORD}' }, variables: { PASSWORD }, ...props });
const write = (file: OutputFile, web = promised) => () =>
  new InitStep(web(), 'own', { image: 'tool:1', outputFiles: { '/out/all.env': file } });

const withUrl = () => promised({
  containers: [{ image: 'my-app:1.0', envVariables: { URL: kplus.EnvValue.fromValue('a') } }],
});

testRefusals('GenerateEnv', [
  ['a Kubernetes that may be too old',
    generate({}, () => deployment()),
    'GenerateEnv: needs Kubernetes 1.35, but the YAML is for 1.29 and later, which may drop the variables; '
      + "say InitDefaults.set(scope, { kubernetesVersion: '1.35' }), or write a file by GenerateConfig "
      + '[shop/web/urls]'],
  ['no templates', generate({ templates: {} }),
    "GenerateEnv: 'templates' must name at least one, got none [shop/web/urls]"],
  ['a name that is none', generate({ templates: { 'a b': '${PASSWORD}' } }),
    "GenerateEnv: 'templates' must have names that Kubernetes takes for environment variables, got \"a b\" "
      + '[shop/web/urls]'],
  ['an empty template', generate({ templates: { URL: '' } }),
    "GenerateEnv: 'templates.URL' must not be empty, which Kubernetes takes for missing, got \"\" [shop/web/urls]"],
  ['a template with a single quote', generate({ templates: { URL: "'${PASSWORD}'" } }),
    "GenerateEnv: 'templates.URL' must not hold a single quote, with which it ends for Kubernetes, got one "
      + '[shop/web/urls]'],
  ['a template with line breaks of Windows', generate({ templates: { URL: 'a\r\n${PASSWORD}' } }),
    "GenerateEnv: 'templates.URL' must not hold line breaks of Windows, which Kubernetes changes, got one "
      + '[shop/web/urls]'],
  ['a variable that is mistyped in a template', generate({ templates: { URL: '${PASSWROD} ${PASSWORD}' } }),
    "GenerateEnv: 'templates.URL' must use declared variables only, as ${NAME}, got \"${PASSWROD}\"; "
      + 'did you mean ${PASSWORD}? [shop/web/urls]'],
  ['a variable that nobody declared', generate({ templates: { URL: '${HOST:-db} ${PASSWORD}' } }),
    "GenerateEnv: 'templates.URL' must use declared variables only, as ${NAME}, got \"${HOST}\"; "
      + 'declare it in variables, or write $${HOST} for the text itself [shop/web/urls]'],
  ['a placeholder that is none', generate({ templates: { URL: '${PASSWORD|URL} ${PASSWORD}' } }),
    "GenerateEnv: 'templates.URL' must use declared variables only, as ${NAME}, got \"${PASSWORD|URL}\"; "
      + 'declare it in variables, or write $${PASSWORD|URL} for the text itself [shop/web/urls]'],
  ['an encoding that there is not', generate({ templates: { URL: '${PASSWORD|hex}' } }),
    "GenerateEnv: 'templates' must encode variables in json, url, base64 or xml, got \"${PASSWORD|hex}\"; "
      + 'leave it out for the value as it is [shop/web/urls]'],
  ['a variable that no template uses', generate({ variables: { PASSWORD, USER: PASSWORD } }),
    "GenerateEnv: 'variables' must be used in the templates as ${USER}, got \"USER\"; "
      + 'in a TypeScript template literal write \\${USER}, in a Python f-string ${{USER}} [shop/web/urls]'],
  ['a variable that the container has', generate({}, withUrl),
    "GenerateEnv: 'templates' must name variables that container 'main' does not have, got URL; "
      + 'remove it there [shop/web/urls]'],
  ['a variable that another step gives', () => {
    const web = promised();
    generate({}, () => web)();
    new GenerateEnv(web, 'again', { templates: { URL: 'a' }, variables: {} });
  }, "GenerateEnv: 'templates' must name variables that container 'main' does not have, got URL; "
    + "step 'urls' gives it, too [shop/web/again]"],
  ['a workload without containers', generate({}, () => promised({ containers: [] })),
    'GenerateEnv: nothing can get URL, because shop/web has no container yet; add its containers first '
      + '[shop/web/urls]'],
  ['a container that is not there', generate({ containers: ['app'] }),
    "GenerateEnv: 'containers' must name containers of shop/web, got \"app\"; it has: main [shop/web/urls]"],
]);

testRefusals('A step', [
  ['variables of a file that old clusters do not read', write({ exportKeys: ['A'] }, () => deployment()),
    'InitStep: needs Kubernetes 1.35, but the YAML is for 1.29 and later, which may drop the variables; '
      + "say InitDefaults.set(scope, { kubernetesVersion: '1.35' }), or write a file by GenerateConfig [shop/web/own]"],
  ['variables of a file in a volume of others', () => {
    const web = promised();
    const directory = kplus.Volume.fromEmptyDir(web, 'volume', 'volume');
    write({ exportKeys: ['A'], directory }, () => web)();
  }, "InitStep: 'directory' must be an emptyDir of the library, got an object of class Volume; "
    + 'Kubernetes reads variables from no other volume; use a SharedDirectory [shop/web/own]'],
  ['two variables of one name', () => {
    const file = { exportKeys: ['A'] };
    new InitStep(promised(), 'own', { image: 'tool:1', outputFiles: { '/out/a': file, '/out/b': file } });
  }, "InitStep: 'exportKeys' must name variables that container 'main' gets for no other file, got \"A\"; "
    + 'this step exports it twice [shop/web/own]'],
  ['a name of a variable that is none', write({ exportKeys: ['a b'] }),
    "InitStep: 'exportKeys' must have names that Kubernetes takes for environment variables, got \"a b\" "
      + '[shop/web/own]'],
]);

testRefusals('InitDefaults', ['1.35.1', 'v1.35', '1', '2.1', ''].map(kubernetesVersion => [
  `the version '${kubernetesVersion}'`,
  () => InitDefaults.set(deployment(), { kubernetesVersion }),
  `InitDefaults: 'kubernetesVersion' must be a version such as '1.35', got "${kubernetesVersion}" [shop/web]`,
]));

testAcceptance('GenerateEnv', [
  ['a newer Kubernetes', generate({}, () => {
    const web = deployment();
    InitDefaults.set(web, { kubernetesVersion: '1.100' });
    return web;
  })],
  ['templates without variables', generate({ templates: { A: 'a' }, variables: {} })],
  ['a name as programs in Java have it', generate({ templates: { 'spring.datasource.url': '${PASSWORD}' } })],
]);
