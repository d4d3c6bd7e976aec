import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { defaultsAt, Programs } from '../init-defaults';
import type { InitStepOptions, InitStepProps } from '../init-step';
import { requirePod } from '../private/pod/find-pod';
import { programStart } from '../private/step/program-storage';
import { checkReservedNames } from '../private/values/checks';
import type { Place } from '../private/values/refuse';
import type { Program } from '../programs';

/** One of the library's own programs, and what it is told. */
export interface ToolStep extends Pick<InitStepProps, 'reads' | 'writes'> {
  readonly id: string;
  readonly program: Program;
  /** The tool image that it needs. */
  readonly tools: 'shellImage' | 'curlImage';
  /** Its variables; those that are `undefined` are left out. */
  readonly env: { readonly [name: string]: kplus.EnvValue | string | undefined };
}

/** What a step that runs one of the library's own programs passes up. */
export function toolStep(place: Place, scope: Construct, tool: ToolStep, props: InitStepOptions): InitStepProps {
  checkReservedNames(place, 'env', props.env);
  const defaults = defaultsAt(scope);
  const { command, reads } = programStart(requirePod(place, scope), tool.program, defaults.programs === Programs.CONFIG_MAP);
  return {
    image: props.image ?? defaults[tool.tools],
    resources: props.resources,
    runAs: props.runAs ?? defaults.runAs,
    command,
    args: [tool.id],
    env: { ...props.env, ...variables(tool.env) },
    reads: { ...tool.reads, ...reads },
    writes: tool.writes,
  };
}

function variables(env: ToolStep['env']): { [name: string]: kplus.EnvValue } {
  const given = Object.entries(env).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, value instanceof Object ? value : kplus.EnvValue.fromValue(value!)]));
}
