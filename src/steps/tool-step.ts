import * as kplus from 'cdk8s-plus-28';
import { defaultsAt } from '../init-defaults';
import type { InitStepOptions, InitStepProps } from '../init-step';
import type { Site } from '../private/pod/site';
import { programStart } from '../private/step/program-storage';
import { checkReservedNames } from '../private/values/checks';
import type { Program } from '../programs';

/** One of the library's own programs, and what it is told. */
export interface ToolStep extends Pick<InitStepProps, 'reads' | 'writes'> {
  readonly program: Program;
  /** The tool image that it needs. */
  readonly tools: 'shellImage' | 'curlImage';
  /** Its variables; those that are `undefined` are left out. */
  readonly env: { readonly [name: string]: kplus.EnvValue | string | undefined };
}

/** What a step that runs one of the library's own programs passes up. */
export function toolStep(site: Site, tool: ToolStep, props: InitStepOptions): InitStepProps {
  checkReservedNames(site, 'env', props.env);
  const defaults = defaultsAt(site.scope);
  const { command, reads } = programStart(site.pod, tool.program, defaults.programs);
  return {
    image: props.image ?? defaults[tool.tools],
    resources: props.resources,
    runAs: props.runAs ?? defaults.runAs,
    command,
    args: [site.id],
    env: { ...props.env, ...variables(tool.env) },
    reads: { ...tool.reads, ...reads },
    writes: tool.writes,
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
