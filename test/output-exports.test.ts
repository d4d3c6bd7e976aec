import { testAcceptance, testRefusals } from './refusals';
import { deployment } from './workload';
import { FileSource, InitStep, TrustCertificates, type InitStepProps } from '../src';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const certificates = [FileSource.inline(PEM)];
const containers = ['main', 'sidecar'].map(name => ({ name, image: 'my-app:1.0' }));

/** Steps of one workload, each of which writes these files. */
function render(...steps: InitStepProps['outputFiles'][]): () => unknown {
  return () => {
    const web = deployment({ containers });
    steps.forEach((outputFiles, index) => new InitStep(web, `step-${index + 1}`, { image: 'tool:1', outputFiles }));
  };
}

const exported = (path: string, ...seenBy: string[]) =>
  ({ path, exportAs: ['F'], containers: seenBy.length > 0 ? seenBy : undefined });

/** Two steps that each write a bundle of their own. */
function trustTwice(exportVariables: boolean): () => unknown {
  return () => {
    const web = deployment({ containers: [containers[0]] });
    new TrustCertificates(web, 'one', { certificates });
    new TrustCertificates(web, 'two', { certificates, path: '/certs/all.pem', exportVariables });
  };
}

testRefusals('A step', [
  ['a variable for two of its files', render({ '/a/x': exported('/x'), '/a/y': exported('/y') }),
    "InitStep: 'exportAs' must name variables that container 'main' gets for no other file, got \"F\"; "
      + 'this step exports it twice [shop/web/step-1]'],
  ['a variable that another step exports',
    render({ '/a/x': exported('/x', 'main', 'sidecar') }, { '/a/y': exported('/y', 'sidecar') }),
    "InitStep: 'exportAs' must name variables that container 'sidecar' gets for no other file, got \"F\"; "
      + "step 'step-1' exports it, too [shop/web/step-2]"],
  ['variables of the certificates of another step', trustTwice(true),
    "TrustCertificates: 'exportVariables' must name variables that container 'main' gets for no other file, "
      + "got \"SSL_CERT_FILE\"; step 'one' exports it, too [shop/web/two]"],
]);

testAcceptance('A step', [
  ['a variable of two containers, in each for another file',
    render({ '/a/x': exported('/x', 'main'), '/a/y': exported('/y', 'sidecar') })],
  ['a variable that two steps export to two containers',
    render({ '/a/x': exported('/x', 'main') }, { '/a/y': exported('/y', 'sidecar') })],
  ['certificates without variables beside those of another step', trustTwice(false)],
]);
