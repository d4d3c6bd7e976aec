import { containerInWords, type PodContainer } from './pod';
import type { ExportedVariable } from './workload-record';

/** Variables that steps gave to containers of the app, and that the program has taken away or written anew since. */
export function lostVariables(
  containers: readonly PodContainer[],
  exported: readonly ExportedVariable[],
): string[] {
  return exported.flatMap(({ step, variable, container, isInFile }) => {
    const left = containers.find(each => each.name === container)?.variable(variable);
    const isRight = isInFile ? left instanceof Object : left !== undefined;
    return isRight ? [] : [
      `has lost variable ${variable} of step '${step}' in ${containerInWords(container)}; `
        + 'leave the name to the step, and add to the list, do not replace it',
    ];
  });
}
