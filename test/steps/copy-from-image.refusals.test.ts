import { Size } from 'cdk8s';
import { CopyFromImage, SharedDirectory, type CopyFromImageProps } from '../../src';
import { testAcceptance, testRefusals } from '../refusals';
import { deployment } from '../workload';

function copy(props: Partial<CopyFromImageProps>, web = deployment()) {
  return () => new CopyFromImage(web, 'copy', { image: 'agent:2', files: { a: '/a' }, ...props });
}

function twice(): unknown {
  const web = deployment();
  const directory = new SharedDirectory(web, 'files', { sizeLimit: Size.gibibytes(1) });
  new CopyFromImage(web, 'first', { image: 'agent:2', files: { a: '/a' }, directory, folder: 'plugins' });
  return copy({ directory, folder: 'plugins' }, web)();
}

testRefusals('CopyFromImage', [
  ['no files', copy({ files: {} }), "CopyFromImage: 'files' must name at least one, got none [shop/web/copy]"],
  ['a name in a folder', copy({ files: { 'a/b': '/a' } }),
    "CopyFromImage: 'files' must have names without \"/\", got \"a/b\"; "
      + 'folder says where in the directory they are [shop/web/copy]'],
  ['a name that leads outside', copy({ files: { '..': '/a' } }),
    "CopyFromImage: 'files' must be a file name, with folders before it or not, without \"..\" and control characters, "
      + 'got ".." [shop/web/copy]'],
  ['a pattern', copy({ files: { jars: '/opt/agent/*.jar' } }),
    "CopyFromImage: 'files' must name files and folders, not patterns, got \"/opt/agent/*.jar\"; "
      + "name each, or all that is in their folder: { '.': '/opt/agent' } [shop/web/copy]"],
  ['a name that is a pattern', copy({ files: { '*.jar': '/opt/agent' } }),
    "CopyFromImage: 'files' must name files and folders, not patterns, got \"*.jar\"; "
      + "name each, or all that is in their folder: { '.': '/opt/app' } [shop/web/copy]"],
  ['a path before its name', copy({ files: { '/opt/agent/agent.jar': 'agent.jar' } }),
    "CopyFromImage: 'files' must have the name in the folder first, and then the path in the image, "
      + "got { '/opt/agent/agent.jar': 'agent.jar' }; "
      + "did you mean { 'agent.jar': '/opt/agent/agent.jar' }? [shop/web/copy]"],
  ['a path that is not absolute', copy({ files: { a: 'opt/a' } }),
    "CopyFromImage: 'files' must be an absolute path, got \"opt/a\" [shop/web/copy]"],
  ['the whole image', copy({ files: { '.': '/' } }),
    "CopyFromImage: 'files' must name one file or folder, without \".\" or empty parts, got \"/\" [shop/web/copy]"],
  ['an absolute folder', copy({ folder: '/plugins' }),
    "CopyFromImage: 'folder' must be relative to the directory, got \"/plugins\" [shop/web/copy]"],
  ['a workload without containers', copy({ image: undefined }, deployment({})),
    'CopyFromImage: has no image to copy from; name one, or add the containers of the app first [shop/web/copy]'],
  ['containers that see nothing', copy({ containers: ['main'] }),
    "CopyFromImage: 'containers' must come with a path, got main; path is where they see the folder [shop/web/copy]"],
  ['a folder that nobody sees and may write', copy({ readOnly: false }),
    "CopyFromImage: 'readOnly' must come with a path, got false; path is where they see the folder [shop/web/copy]"],
  ['a folder that another step fills', twice,
    "CopyFromImage: fills folder plugins of directory 'files', as step 'first' does; "
      + 'give one of the steps another folder [shop/web/copy]'],
]);

testAcceptance('CopyFromImage', [
  ['names with blanks and dots', copy({ files: { '.hidden': '/a', 'a b': '/c', '...': '/d' } })],
]);
