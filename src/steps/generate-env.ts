import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { destinationOf } from './file-step';
import { toolStep } from './tool-step';
import { InitStep } from '../init-step';
import type { InitStepProps } from '../init-step-props';
import {
  checkKinds, checkNames, listOf, mapOf, required, type Kinds,
} from '../private/values/kind';
import { SECRET_VALUE, TEXT } from '../private/values/kinds';
import { checkEnvName } from '../private/values/program-input';
import {
  inWords, placeOf, refuse, refuseWith, type NewPlace,
} from '../private/values/refuse';
import { generateEnv } from '../programs';
import { STEP_OPTIONS, type InitStepOptions } from '../step-options';
import {
  misspeltPlaceholders, nearlyDeclared, requireUsed, undeclaredVariables, usesEncodings, variableEnv,
} from '../variables';

/** Options of `GenerateEnv`. */
export interface GenerateEnvProps extends InitStepOptions {
  /**
   * Name in the app -> template: `{ DATABASE_URL: 'postgres://${USER|url}:${PASSWORD|url}@db/shop' }`.
   *
   * `${NAME}`, `${NAME|url}`, `${NAME:-default}` are those of `GenerateConfig`, and `$${NAME}` is a literal `${NAME}`.
   * At run time a result that is empty, or holds a single quote or a line break of Windows, fails the step (exit 2),
   * because Kubernetes would hand over another one; so do more than 64 KiB of all together. Whatever else stands in a
   * result arrives byte for byte.
   *
   * @throws when there is none, a name is none of a variable, a container has one already, or a template is empty,
   * holds a single quote or a line break of Windows, or uses a variable that is not declared
   */
  readonly templates: { [name: string]: string };

  /**
   * Variables of the templates, declared by name. They stay in the step: the app gets the results only.
   *
   * At run time a variable without a value (an optional key of a Secret) fails the step (exit 2), unless a default is
   * given.
   *
   * @throws when a name is no identifier, no template uses one, or a resource field names no container
   */
  readonly variables: { [name: string]: kplus.EnvValue };

  /**
   * Names of the containers that get them.
   *
   * @default - the first container that the workload has now
   * @throws when one is not there or named twice
   */
  readonly containers?: string[];
}

const PROPS: Kinds<GenerateEnvProps> = {
  ...STEP_OPTIONS,
  templates: required(mapOf(TEXT)),
  variables: required(mapOf(SECRET_VALUE)),
  containers: listOf(TEXT),
};

/**
 * Variables of the app that are put together in the pod, e.g. a URL of a user, a password and a host.
 *
 * The step writes them into a file in a directory that only it sees, in memory if a Secret is among the variables, and
 * the kubelet reads them there whenever it starts a container of the app (`fileKeyRef`, Kubernetes 1.35 and later).
 * Runs in the shell image.
 *
 * @throws when `InitDefaults` does not promise `kubernetesVersion` 1.35 (an older one may drop the variable without a
 * word), or the workload has no container yet
 * @example
 * InitDefaults.set(chart, { kubernetesVersion: '1.35' });
 * new GenerateEnv(web, 'database-url', {
 *   templates: { DATABASE_URL: 'postgres://shop:${PASSWORD|url}@db:5432/shop' },
 *   variables: { PASSWORD: kplus.EnvValue.fromSecretValue({ secret: keys, key: 'password' }) },
 * });
 */
export class GenerateEnv extends InitStep {
  public constructor(scope: Construct, id: string, props: GenerateEnvProps) {
    const place = placeOf('GenerateEnv', scope, id);
    props = checkKinds(place, props, PROPS);
    if (new.target === GenerateEnv) checkNames(place, props, PROPS);
    super(scope, id, generation(place, props));
  }
}

function generation(place: NewPlace, props: GenerateEnvProps): InitStepProps {
  const { templates, variables, containers } = props;
  const exportKeys = Object.keys(templates).sort();
  if (exportKeys.length === 0) refuse(place, 'templates', 'name at least one', inWords('none'));
  const names = Object.keys(variables);
  const values = variableEnv(place, variables);
  const texts = exportKeys.map(key => templates[key]);
  for (const key of exportKeys) checkTemplate(place, key, templates[key], names);
  requireUsed(place, texts, names, 'the templates');
  const encodings = texts.filter(text => usesEncodings(place, 'templates', text, names)).length > 0;
  const isSecret = Object.values(variables).some(({ valueFrom }) => valueFrom?.secretKeyRef);
  const file = { fileName: 'app.env', mode: 0o600 };
  const { path, env, outputFiles = {} } = destinationOf(place, file, Size.kibibytes(64));
  const medium = isSecret ? kplus.EmptyDirMedium.MEMORY : undefined;
  return toolStep(place, {
    program: generateEnv({ encodings }),
    tools: 'shellImage',
    args: exportKeys.flatMap(key => [key, templates[key]]),
    env: { ...env, ...values },
    names: { args: 'templates', exportKeys: 'templates' },
    outputFiles: { [path]: { ...outputFiles[path], containers, exportKeys, medium } },
    endsWithin: Duration.seconds(0),
  }, props);
}

/** What can be known now of what a template becomes. */
function checkTemplate(
  place: NewPlace,
  key: string,
  template: string,
  names: string[],
): void {
  checkEnvName(place, 'templates', key);
  const prop = `templates.${key}`;
  if (template === '') refuse(place, prop, 'not be empty, which Kubernetes takes for missing', template);
  if (template.includes('\r\n')) {
    refuse(place, prop, 'not hold line breaks of Windows, which Kubernetes changes', inWords('one'));
  }
  if (template.includes("'")) {
    refuse(place, prop, 'not hold a single quote, with which it ends for Kubernetes', inWords('one'));
  }
  const [unknown] = [
    ...misspeltPlaceholders(template, names), ...undeclaredVariables(template, names).map(name => `\${${name}}`),
  ];
  if (unknown !== undefined) refuseUndeclared(place, prop, unknown, names);
}

function refuseUndeclared(
  place: NewPlace,
  prop: string,
  unknown: string,
  names: string[],
): never {
  const meant = nearlyDeclared(unknown.replace(/\W/g, ''), names);
  return refuseWith(place, prop, {
    must: 'use declared variables only, as ${NAME}',
    got: unknown,
    remedy: meant === undefined
      ? `declare it in variables, or write $${unknown} for the text itself`
      : `did you mean \${${meant}}?`,
  });
}
