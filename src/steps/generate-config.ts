import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { destinationOf, publish, type FileStepProps } from './file-step';
import { toolStep } from './tool-step';
import { requireUsed, variableEnv } from './variables';
import type { FileSource } from '../file-source';
import { InitStep, type InitStepProps } from '../init-step';
import { stepSiteOf, type Site } from '../private/pod/site';
import { setBudget } from '../private/step/step-record';
import { bindText, textSource } from '../private/step/text-source';
import { checkReservedNames } from '../private/values/checks';
import { generateConfig } from '../programs';
import type { SharedFile } from '../shared-directory';

/** Options of `GenerateConfig`. */
export interface GenerateConfigProps extends FileStepProps {
  /**
   * The text. `${NAME}` and `${NAME:-default}` of a declared variable are replaced verbatim; `$${NAME}` is a literal
   * `${NAME}`; anything else, such as `$host`, stays. A default applies when the variable is missing or empty, and
   * ends at the first `}` of its line.
   */
  readonly template: FileSource;

  /**
   * The variables, declared by name. A name may be any identifier, also PATH.
   *
   * At run time a variable without a value (an optional key of a Secret) fails the step (exit 2), unless a
   * default is given.
   *
   * @default - none
   * @throws when a name is no identifier, a template that is known at synth does not use one, or a resource
   * field names no container
   */
  readonly variables?: { [name: string]: kplus.EnvValue };
}

/**
 * Writes one file from a template.
 *
 * The file appears whole or not at all; running the step again writes it anew. Runs in the shell image.
 *
 * @example
 * new GenerateConfig(web, 'app-conf', {
 *   template: FileSource.inline('pod = ${POD}\nworkers = ${WORKERS:-4}\n'),
 *   variables: {
 *     POD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME),
 *     WORKERS: kplus.EnvValue.fromValue('8'),
 *   },
 *   path: '/app/app.conf',
 * });
 */
export class GenerateConfig extends InitStep {
  /** The file that it writes. */
  public readonly file: SharedFile;

  public constructor(scope: Construct, id: string, props: GenerateConfigProps) {
    const site = stepSiteOf('GenerateConfig', scope, id);
    const { step, file } = generation(site, props);
    super(scope, id, step);
    this.file = file;
    setBudget(this, 'at once');
    publish(site, file, props);
  }
}

function generation(
  site: Site,
  props: GenerateConfigProps,
): { step: InitStepProps; file: SharedFile } {
  const destination = destinationOf(site, props);
  const variables = variableEnv(site, props.variables);
  const source = textSource.required(props.template);
  if (source.text !== undefined) {
    requireUsed(
      site,
      [source.text],
      Object.keys(props.variables ?? {}),
      `the template (${source.description})`,
    );
  }
  const template = bindText(site, source, 'template');
  const program = generateConfig(
    source.text === undefined ? 'file' : 'text',
    variables.step_variables !== '',
  );
  const env = { ...destination.env, ...template.env, ...variables };
  checkReservedNames(site, 'env', props.env);
  const file = destination.create();
  const writes = { '/out': file.directory };
  return {
    file,
    step: toolStep(
      site,
      { program, tools: 'shellImage', env, reads: template.reads, writes },
      props,
    ),
  };
}
