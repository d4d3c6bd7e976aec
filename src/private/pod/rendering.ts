import type { ApiObject } from 'cdk8s';
import { patchesOf } from './cdk8s-internals';
import { contentsOf } from './manifest';
import type { PodContents } from './pod';
import { templateOf, type ManifestTemplate } from './pod-specs';
import { refuseAll } from '../values/refuse';

/** What an object is written as, after so many patches. */
export interface Rendering {
  readonly patches: number;
  readonly template?: ManifestTemplate;
  readonly contents: PodContents;
}

/**
 * Renders an object with all patches that it has now.
 *
 * @param specPath where its pod spec is, if that is an unusual place
 */
export function render(object: ApiObject, specPath?: string): Rendering {
  const manifest = manifestOf(object);
  return {
    patches: patchesOf(object).length,
    template: templateOf(manifest, specPath),
    contents: contentsOf(manifest, specPath),
  };
}

function manifestOf(object: ApiObject): any {
  try {
    return object.toJson();
  } catch (error) {
    const { message } = error as Error;
    const place = { of: object.kind, path: object.node.path };
    const late =
      /TEST_OPERATION_FAILED[^]*"path": "[^"]*\/(initContainers|volumes|volumeMounts)"/.exec(
        message,
      );
    return late
      ? refuseAll(
        place,
        `has got ${late[1]} of its own after the first step, which would replace them`,
        'add them before the first step',
      )
      : refuseAll(
        place,
        `cannot be read yet (${message.split('Error: ').pop()})`,
        'complete it before its first step',
      );
  }
}
