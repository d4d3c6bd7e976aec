import type * as kplus from 'cdk8s-plus-28';
import type { FileSource } from './file-source';
import type { StepWarning } from './init-step-props';
import { textSource } from './private/step/text-source';
import { leavesCluster } from './private/values/plain-http';

/** A secret that a ConfigMap has. */
export function doubtsInValue(what: string, value?: kplus.EnvValue): StepWarning[] {
  return value?.valueFrom?.configMapKeyRef ? [inConfigMap(what, 'EnvValue.fromSecretValue')] : [];
}

/** The same in a file. */
export function doubtsInFile(what: string, source: FileSource): StepWarning[] {
  const { stored } = textSource.required(source).file ?? {};
  return stored?.kind === 'ConfigMap' ? [inConfigMap(what, 'FileSource.fromSecret')] : [];
}

function inConfigMap(what: string, remedy: string): StepWarning {
  return {
    message: `takes its ${what} from a ConfigMap, which more people may read than a Secret`,
    remedy: `put it into a Secret, and use ${remedy}`,
  };
}

/** A secret that is sent as it is. */
export function doubtsOnItsWay(what: string, url: string): StepWarning[] {
  if (!leavesCluster(url)) return [];
  return [{
    message: `sends its ${what} over plain http, where it can be read on its way`,
    remedy: 'write https://',
  }];
}
