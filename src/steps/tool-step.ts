import * as kplus from 'cdk8s-plus-28';
import { defaultsAt } from '../init-defaults';
import type { InitStepOptions, InitStepProps } from '../init-step';
import { checkReservedNames } from '../private/values/checks';
import type { NewPlace } from '../private/values/refuse';
import { programStart } from '../program-start';
import type { Program } from '../programs';

/** One of the library's own programs, what it is told, and what else its step asks for. */
export interface ToolStep
  extends Pick<
    InitStepProps,
    'args' | 'writes' | 'capabilities' | 'files' | 'outputFiles' | 'waitsFor' | 'endsWithin' | 'warnings'
  > {
  readonly program: Program;
  /** The tool image that it needs. */
  readonly tools: 'shellImage' | 'curlImage';
  /** Its variables; those that are `undefined` are left out. */
  readonly env: { readonly [name: string]: kplus.EnvValue | string | undefined };
}

/** What a step that runs one of the library's own programs passes up. */
export function toolStep(
  place: NewPlace,
  { program, tools, env, args = [], files, ...others }: ToolStep,
  props: InitStepOptions,
): InitStepProps {
  checkReservedNames(place, 'env', props.env);
  const defaults = defaultsAt(place.scope);
  const start = programStart(program, defaults.programs);
  return {
    ...others,
    image: props.image ?? defaults[tools],
    resources: props.resources,
    runAs: props.runAs ?? defaults.runAs,
    command: start.command,
    args: [place.id, ...args],
    env: { ...props.env, ...variables(env) },
    files: { ...files, ...start.files },
  };
}

function variables(env: ToolStep['env']): { [name: string]: kplus.EnvValue } {
  const given = Object.entries(env).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [
      name,
      value instanceof Object ? value : kplus.EnvValue.fromValue(value!),
    ]),
  );
}
