import * as kplus from 'cdk8s-plus-28';
import type { InitDefaultsProps } from '../init-defaults';
import type { InitStepOptions, InitStepProps } from '../init-step';
import { checkReservedNames } from '../private/values/checks';
import type { Place } from '../private/values/refuse';

/** One of the library's own programs, and what it is told. */
export interface ToolStep extends Pick<InitStepProps, 'reads' | 'writes'> {
  readonly id: string;
  readonly program: string;
  /** The tool image that it needs. */
  readonly image: string;
  /** Its variables; those that are `undefined` are left out. */
  readonly env: { readonly [name: string]: kplus.EnvValue | string | undefined };
}

/** What a step that runs one of the library's own programs passes up. */
export function toolStep(place: Place, tool: ToolStep, props: InitStepOptions, defaults: Required<InitDefaultsProps>): InitStepProps {
  checkReservedNames(place, 'env', props.env);
  return {
    image: props.image ?? tool.image,
    resources: props.resources,
    runAs: props.runAs ?? defaults.runAs,
    command: ['sh', '-c', tool.program],
    args: [tool.id],
    env: { ...props.env, ...variables(tool.env) },
    reads: tool.reads,
    writes: tool.writes,
  };
}

function variables(env: ToolStep['env']): { [name: string]: kplus.EnvValue } {
  const given = Object.entries(env).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, value instanceof Object ? value : kplus.EnvValue.fromValue(value!)]));
}
