import * as kplus from 'cdk8s-plus-28';
import { defaultsAt } from '../init-defaults';
import type { InitStepProps } from '../init-step-props';
import { checkReservedNames } from '../private/values/checks';
import { propNames, type PropNames } from '../private/values/prop-names';
import type { NewPlace } from '../private/values/refuse';
import { programStart } from '../program-start';
import type { Program } from '../programs';
import type { InitStepOptions } from '../step-options';

/** One of the library's own programs, what it is told, and what else its step asks for. */
export interface ToolStep
  extends Omit<InitStepProps, keyof InitStepOptions | 'command' | 'timeout'> {
  readonly program: Program;
  /** The tool image that it needs. */
  readonly tools: 'shellImage' | 'curlImage' | 'gitImage';
  /** Its variables; those that are `undefined` are left out. */
  readonly env: { readonly [name: string]: kplus.EnvValue | string | undefined };
  /** What the user calls the properties that are passed up under other names. */
  readonly names?: PropNames;
}

/** What a step that runs one of the library's own programs passes up. */
export function toolStep(
  place: NewPlace,
  tool: ToolStep,
  props: InitStepOptions,
): InitStepProps {
  checkReservedNames(place, 'env', props.env);
  const defaults = defaultsAt(place.scope);
  const start = programStart(tool.program, defaults.programs);
  const passed: InitStepProps = {
    image: props.image ?? defaults[tool.tools],
    resources: props.resources,
    runAs: props.runAs ?? defaults.runAs,
    command: start.command,
    args: [place.id, ...tool.args ?? []],
    env: envOf(tool, props),
    files: { ...tool.files, ...start.files },
    reads: tool.reads,
    writes: tool.writes,
    capabilities: tool.capabilities,
    outputFiles: tool.outputFiles,
    outputFolders: tool.outputFolders,
    waitsFor: tool.waitsFor,
    conditions: tool.conditions,
    apiAccess: tool.apiAccess,
    endsWithin: tool.endsWithin,
    warnings: tool.warnings,
  };
  if (tool.names) propNames.set(passed, tool.names);
  return passed;
}

/** The variables of the user, and those of the program, which win. */
function envOf(
  tool: ToolStep,
  props: InitStepOptions,
): { [name: string]: kplus.EnvValue } {
  const env = { ...props.env };
  for (const [name, value] of Object.entries(tool.env)) {
    if (value === undefined) continue;
    env[name] = typeof value === 'string' ? kplus.EnvValue.fromValue(value) : value;
  }
  return env;
}
