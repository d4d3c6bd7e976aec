import { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { destinationOf, type Destination, type FileStepProps } from './file-step';
import { textInput } from './text-input';
import { toolStep } from './tool-step';
import { requireUsed, variableEnv } from './variables';
import type { FileSource } from '../file-source';
import { InitStep, type InitStepProps } from '../init-step';
import { placeOf, type NewPlace } from '../private/values/refuse';
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
    const place = placeOf('GenerateConfig', scope, id);
    const destination = destinationOf(place, props);
    super(scope, id, generation(place, props, destination));
    this.file = this.outputFiles[destination.path];
  }
}

function generation(
  place: NewPlace,
  props: GenerateConfigProps,
  { env, outputFiles }: Destination,
): InitStepProps {
  const { template, variables = {} } = props;
  const { text, description } = template;
  const names = Object.keys(variables);
  const values = variableEnv(place, variables);
  if (text !== undefined) requireUsed(place, [text], names, `the template (${description})`);
  const input = textInput('template', template);
  return toolStep(place, {
    program: generateConfig(text === undefined ? 'file' : 'text', names.length > 0),
    tools: 'shellImage',
    env: { ...env, ...input.env, ...values },
    files: input.files,
    outputFiles,
    endsWithin: Duration.seconds(0),
  }, props);
}
