import type { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Output } from './output';
import type { OutputFile } from './output-file';
import type { OutputFolder } from './output-folder';
import { keyContainers } from './output-keys';
import { checkMemory } from './output-memory';
import { appContainers, type AppMount } from './private/pod/app-mounts';
import { requireSamePod } from './private/pod/directory-use';
import { areInTheWay, isAtOrBelow } from './private/pod/mount';
import { containerInWords } from './private/pod/pod';
import type { Site } from './private/pod/site';
import {
  directoryOf, recordOf, type Directory, type ExportedVariable,
} from './private/pod/workload-record';
import { checkVariableName } from './private/values/checks';
import { octal } from './private/values/file-mode';
import { checkFileName, checkPath, checkRelativePath } from './private/values/paths';
import { bytes } from './private/values/quantity';
import { inWords, refuse, refuseAll, refuseWith } from './private/values/refuse';

/** Checks a file. */
export function fileOutput(site: Site, written: string, options: OutputFile): Output {
  const {
    path, maxSize, mode, directory, exportAs, exportKeys, medium,
    fileName = written.split('/').pop()!,
  } = options;
  const mountPath = written.slice(0, Math.max(0, written.length - fileName.length - 1));
  if (mountPath === '' || fileName === '' || !written.startsWith('/')) {
    refuse(site, 'outputFiles', 'be absolute paths of files in a folder', written);
  }
  checkPath(site, 'outputFiles', mountPath);
  checkFileName(site, 'outputFiles', fileName);
  requireEnd(site, written, 'fileName', fileName);
  if (mode !== undefined) octal(site, 'mode', mode);
  if (!exportKeys) checkShown(site, options, 'they see the file');
  if (path !== undefined) checkPath(site, 'path', path);
  checkExported(site, options);
  checkMediumOf(site, options);
  const appMount = path === undefined ? undefined : fileMount(site, path, fileName, options);
  const getting = exportKeys ? keyContainers(site, options, exportKeys) : [];
  return {
    prop: 'outputFiles',
    written,
    mountPath,
    name: fileName,
    entries: [fileName],
    largest: maxSize === undefined ? 0 : bytes(site, 'maxSize', maxSize),
    mode,
    directory,
    inMemory: medium === kplus.EmptyDirMedium.MEMORY || isInMemory(directory),
    appMount,
    exportAs,
    exportKeys,
    path,
    seenBy: appMount ? appContainers(site, site.pod, appMount) : getting,
  };
}

/** Checks a folder. */
export function folderOutput(
  site: Site,
  written: string,
  options: OutputFolder,
): Output {
  const {
    path, containers, readOnly = true, maxSize, directory, folder, medium, mode, entries,
  } = options;
  checkPath(site, 'outputFolders', written);
  if (folder !== undefined) {
    checkRelativePath(site, 'folder', folder);
    requireEnd(site, written, 'folder', folder);
  }
  if (mode !== undefined) octal(site, 'mode', mode);
  for (const entry of entries ?? []) checkRelativePath(site, 'entries', entry);
  checkShown(site, options, 'they see the folder');
  checkMediumOf(site, options);
  const appMount = path === undefined ? undefined : { path, subPath: folder, readOnly, containers };
  return {
    prop: 'outputFolders',
    written,
    mountPath: folder === undefined ? written : written.slice(0, -folder.length - 1),
    name: folder ?? '',
    entries: entries?.map(entry => (folder === undefined ? entry : `${folder}/${entry}`)),
    largest: maxSize === undefined ? 0 : bytes(site, 'maxSize', maxSize),
    mode,
    directory,
    inMemory: medium === kplus.EmptyDirMedium.MEMORY || isInMemory(directory),
    appMount,
    seenBy: appMount ? appContainers(site, site.pod, appMount) : [],
  };
}

function checkMediumOf(site: Site, { directory, medium }: Pick<OutputFolder, 'directory' | 'medium'>): void {
  if (!directory || medium === undefined) return;
  refuseWith(site, 'medium', {
    must: 'be left out beside a directory',
    got: medium,
    remedy: 'the directory says where it is',
  });
}

function isInMemory(directory?: kplus.IStorage): boolean {
  return (directory && directoryOf(directory)?.inMemory) ?? false;
}

/** A file that the app may replace is shown with the folder that it is in. */
function fileMount(
  site: Site,
  path: string,
  fileName: string,
  { readOnly = true, containers }: OutputFile,
): AppMount {
  if (readOnly) return { path, subPath: fileName, readOnly, containers };
  const [shown, kept] = [path, fileName].map(each => each.split('/').pop()!);
  if (shown !== kept) {
    refuseWith(site, 'path', {
      must: `end in ${kept}, because the app sees the folder that the file is in`,
      got: path,
      remedy: 'give it that name, or let the app only read',
    });
  }
  const folder = path.slice(0, -shown.length - 1);
  if (folder === '') refuse(site, 'path', 'lie in a folder, because the app sees the folder that the file is in', path);
  return { path: folder, subPath: fileName.slice(0, -kept.length - 1) || undefined, readOnly, containers };
}

function checkShown(
  site: Site,
  { path, containers, readOnly }: Pick<OutputFile, 'path' | 'containers' | 'readOnly'>,
  what: string,
): void {
  if (path !== undefined) return checkPath(site, 'path', path);
  if (containers) {
    refuseWith(site, 'containers', {
      must: 'come with a path',
      got: inWords(containers.join(', ')),
      remedy: `path is where ${what}`,
    });
  }
  if (readOnly === false) {
    refuseWith(site, 'readOnly', { must: 'come with a path', got: false, remedy: `path is where ${what}` });
  }
}

function checkExported(site: Site, { path, exportAs = [] }: OutputFile): void {
  for (const name of exportAs) checkVariableName(site, 'exportAs', name);
  if (exportAs.length === 0 || path !== undefined) return;
  refuseWith(site, 'exportAs', {
    must: 'come with a path',
    got: inWords(exportAs.join(', ')),
    remedy: 'path is where they see the file',
  });
}

function requireEnd(site: Site, written: string, prop: string, end: string): void {
  if (written.endsWith(`/${end}`) && written.length > end.length + 1) return;
  refuse(site, prop, `be the end of ${written}, and not all of it`, end);
}

/** Two outputs of one step must not take each other's place. */
export function checkAgainstEachOther(site: Site, outputs: readonly Output[]): void {
  outputs.forEach((output, index) => {
    const others = outputs.slice(0, index);
    const { prop, written, mountPath, name, directory, appMount } = output;
    const rivals = others.filter(other => other.seenBy.some(each => output.seenBy.includes(each)));
    if (appMount && rivals.some(rival => rival.appMount && areInTheWay(appMount.path, rival.appMount.path))) {
      refuse(site, 'path', `be another one, and not below it, for each of the ${prop}`, appMount.path);
    }
    if (others.some(other => other.directory === directory && other.name === name)) {
      refuse(site, prop, 'have names of their own, because those without a directory share one', written);
    }
    if (outputs.some(other => other !== output && isAtOrBelow(other.mountPath, written))) {
      refuse(site, prop, 'not lie above each other', written);
    }
    if (others.some(other => other.mountPath === mountPath && other.directory !== directory)) {
      refuse(site, prop, 'have one directory for each folder', mountPath);
    }
  });
}

/** A variable has one path in a container, so a second file would be exported without effect. */
export function checkExports(site: Site, outputs: readonly Output[]): void {
  const own: ExportedVariable[] = [];
  const { exported } = recordOf(site.pod.workload);
  for (const { exportAs = [], exportKeys = [], seenBy } of outputs) {
    const wanted = [...exportAs, ...exportKeys].flatMap(variable =>
      seenBy.map(container => ({ step: site.id, variable, container })));
    for (const { variable, container } of wanted) {
      const other = [...own, ...exported].find(each => each.variable === variable && each.container === container);
      if (other) refuseExported(site, exportAs.includes(variable) ? 'exportAs' : 'exportKeys', other);
    }
    own.push(...wanted);
  }
}

function refuseExported(
  site: Site,
  prop: string,
  { step, variable, container }: ExportedVariable,
): never {
  return refuseWith(site, prop, {
    must: `name variables that ${containerInWords(container)} gets for no other file`,
    got: variable,
    remedy: step === site.id ? 'this step exports it twice' : `step '${step}' exports it, too`,
  });
}

/** Checks an output against what is known of its directory. */
export function checkDirectory(
  site: Site,
  output: Output,
  directory: Directory,
  memory?: Size,
): void {
  const { prop, name, largest, entries = [] } = output;
  const { volume, sizeLimit, files, inMemory } = directory;
  requireSamePod(site, 'directory', directory);
  if (files.has(name)) {
    const isFolder = prop === 'outputFolders';
    refuseAll(
      site,
      `${isFolder ? 'fills folder' : 'writes'} ${name} ${isFolder ? 'of' : 'to'} directory '${volume}', `
        + `as step '${files.get(name)!.step}' does`,
      isFolder ? 'give one of the steps another folder' : 'give one of the files another name',
    );
  }
  const taken = entries.find(each => directory.entries.has(each));
  if (taken !== undefined) {
    refuseAll(
      site,
      `writes ${taken} to directory '${volume}', as step '${directory.entries.get(taken)}' does`,
      'leave it out of one of the steps, or give it another name or folder',
    );
  }
  if (largest > sizeLimit) {
    refuseWith(site, 'maxSize', {
      must: `be at most the ${sizeLimit / 1024} KiB that directory '${volume}' may hold`,
      got: inWords(`${largest / 1024} KiB`),
      remedy: 'set maxSize, or give the directory a larger sizeLimit',
    });
  }
  if (inMemory) checkMemory(site, largest, `directory '${volume}'`, memory);
}
