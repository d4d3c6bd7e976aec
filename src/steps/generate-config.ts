import { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import {
  destinationOf, FILE_STEP_PROPS, isInMemory, type Destination,
  type FileStepProps,
} from './file-step';
import { doubtsInTemplate, shownSecrets } from './template-doubts';
import { textInput } from './text-input';
import { toolStep } from './tool-step';
import { FILE_SOURCE, type FileSource } from '../file-source';
import { InitStep } from '../init-step';
import type { InitStepProps } from '../init-step-props';
import {
  checkKinds, checkNames, mapOf, required, type Kinds,
} from '../private/values/kind';
import { FLAG, SECRET_VALUE } from '../private/values/kinds';
import { placeOf, type NewPlace } from '../private/values/refuse';
import { generateConfig } from '../programs';
import type { SharedFile } from '../shared-directory';
import { requireUsed, usesEncodings, variableEnv } from '../variables';

/** Options of `GenerateConfig`. */
export interface GenerateConfigProps extends FileStepProps {
  /**
   * The text. `${NAME}` and `${NAME:-default}` of a declared variable are replaced verbatim; `$${NAME}` is a literal
   * `${NAME}`; anything else, such as `$host`, stays. A default applies when the variable is missing or empty, and
   * ends at the first `}` of its line. `${NAME}` of a variable that is not declared stays, too, with a warning,
   * which asks for the declared one where it is a slip away.
   *
   * `${NAME|json}` is the value as a text of JSON with its quotes, `${NAME|url}` as a part of a URL, in which all but
   * letters, digits and `-._~` is percent-encoded, `${NAME|base64}` without line breaks, `${NAME|xml}` with the five
   * entities, which no other control character than tab and line breaks can have (exit 2). A default stands behind
   * it and is encoded, too: `${NAME|json:-none}`.
   *
   * @throws when an encoding is another one
   */
  readonly template: FileSource;

  /**
   * The variables, declared by name. A name may be any identifier, also PATH.
   *
   * At run time a variable without a value (an optional key of a Secret) fails the step (exit 2), unless a
   * default is given.
   *
   * @default - none
   * @throws when a name is no identifier, a template that is known at synth does not use one (perhaps because
   * it is mistyped there), or a resource field names no container
   */
  readonly variables?: { [name: string]: kplus.EnvValue };

  /**
   * Whether `${NAME}` of variables that are not declared is meant to stay, for a program that replaces it itself.
   *
   * @default false: a warning where the template is known at synth
   */
  readonly keepUndeclared?: boolean;
}

const PROPS: Kinds<GenerateConfigProps> = {
  ...FILE_STEP_PROPS,
  template: required(FILE_SOURCE),
  variables: mapOf(SECRET_VALUE),
  keepUndeclared: FLAG,
};

/**
 * Writes one file from a template.
 *
 * The file appears whole or not at all; running the step again writes it anew, and where there is no room for two,
 * the old one goes first. Runs in the shell image.
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
    props = checkKinds(place, props, PROPS);
    if (new.target === GenerateConfig) checkNames(place, props, PROPS);
    const destination = destinationOf(place, props);
    super(scope, id, generation(place, props, destination));
    this.file = this.outputFiles[destination.path];
  }
}

function generation(
  place: NewPlace,
  props: GenerateConfigProps,
  { env, needs, outputFiles }: Destination,
): InitStepProps {
  const { template, variables = {} } = props;
  const { text, description } = template;
  const names = Object.keys(variables);
  const values = variableEnv(place, variables);
  if (text !== undefined) requireUsed(place, [text], names, `the template (${description})`);
  const input = textInput('template', template);
  return toolStep(place, {
    program: generateConfig({
      file: needs,
      template: input.form,
      variables: names.length > 0,
      encodings: names.length > 0 && (text === undefined || usesEncodings(place, 'template', text, names)),
      keepUndeclared: props.keepUndeclared ?? false,
    }),
    tools: 'shellImage',
    env: { ...env, ...input.env, ...values },
    files: input.files,
    names: { files: 'template' },
    outputFiles,
    endsWithin: Duration.seconds(0),
    warnings: [
      ...doubtsInTemplate(props, env.step_destination),
      ...isInMemory(props.directory) ? [] : shownSecrets([template], variables, {
        mode: env.step_mode, files: 'a file',
      }),
    ],
  }, props);
}
